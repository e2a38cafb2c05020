"""Send JSON with an HTML form of another site: no script and no preflight is needed.

A form with enctype=text/plain is sent as `name=value` and a line break (HTML, "text/plain encoding
algorithm"). The field's name is the first half of a JSON object, its value the second half. The `=`
between them becomes part of a string.
"""

import json
from collections.abc import Mapping

FROM_ANOTHER_SITE = {"Origin": "http://evil.test", "Sec-Fetch-Site": "cross-site"}


def text_plain_form(fields: Mapping[str, str]) -> tuple[bytes, dict[str, str]]:
    """Return body and headers of a text/plain form; the body is a JSON object with `fields`."""
    name = json.dumps(dict(fields))[:-1] + ', "pad": "'
    value = '"}'
    return f"{name}={value}\r\n".encode(), {"Content-Type": "text/plain", **FROM_ANOTHER_SITE}
