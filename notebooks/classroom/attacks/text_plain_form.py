"""JSON that a form of another site sends: no script, no question asked of the server before.

A form with enctype=text/plain is sent as `name=value` and a line's end (HTML, "text/plain encoding
algorithm"). The name is one half of an object, the value the other; the `=` falls into a string.
Left out: the page that the form stands in, and who clicks it.
"""

import json
from collections.abc import Mapping

FROM_ANOTHER_SITE = {"Origin": "http://evil.test", "Sec-Fetch-Site": "cross-site"}


def text_plain_form(fields: Mapping[str, str]) -> tuple[bytes, dict[str, str]]:
    """Return body and headers of a text/plain form that reads as a JSON object with `fields`."""
    name = json.dumps(dict(fields))[:-1] + ', "pad": "'
    value = '"}'
    return f"{name}={value}\r\n".encode(), {"Content-Type": "text/plain", **FROM_ANOTHER_SITE}
