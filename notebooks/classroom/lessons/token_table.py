"""Send or read several tokens one after another, and show each result in a table.

Left out: the reason why a token is rejected, except for the name of the error.
"""

from collections.abc import Callable, Mapping

import jwt
import requests

from classroom.display.table import Table
from classroom.server.server import Server
from classroom.weak_routes.me_with_reader import COOKIE, Read, me_with_reader

_STRICT = {"options": {"require": ["exp"]}, "leeway": 30}  # leeway in seconds


def ask_each_reader(
    server: Server, readers: Mapping[str, Read], tokens: Mapping[str, str]
) -> Table:
    """Return the status of GET /api/me for each token, with a column for each reader.

    Each reader in turn replaces the route `me` of `server`. The last one stays there.
    """
    rows: dict[str, dict[str, object]] = {name: {"token": name} for name in tokens}
    for title, read in readers.items():
        server.plug("me", me_with_reader(read))
        for name, token in tokens.items():
            cookie = {"Cookie": f"{COOKIE}={token}"}
            response = requests.get(server.url + "/api/me", headers=cookie, timeout=10)
            rows[name][title] = response.status_code
    return Table(list(rows.values()), plain=("token", *readers))


def sign_and_read(cases: Mapping[str, dict[str, object]], key: str) -> Table:
    """Return what PyJWT does with each set of claims when it signs, reads, and reads strictly.

    "Strictly" means that `exp` is required, and that clocks may differ by 30 seconds.
    """
    rows = []
    for name, claims in cases.items():
        row = {"claims": name, "signing": "", "reading": "", "strictly": ""}
        rows.append(row)
        row["signing"], token = _outcome("signed", lambda c=claims: jwt.encode(c, key, "HS256"))
        if token is not None:
            for column, more in (("reading", {}), ("strictly", _STRICT)):
                row[column], _ = _outcome(
                    "accepted", lambda t=token, m=more: jwt.decode(t, key, ["HS256"], **m)
                )
    return Table(rows, plain=tuple(rows[0]) if rows else ())


def _outcome(success: str, step: Callable[[], object]) -> tuple[str, object]:
    """Return the word for success or the name of the error, and what `step` returned."""
    try:
        return success, step()
    except (jwt.PyJWTError, TypeError) as error:
        return type(error).__name__, None
