"""Set, read and clear the two session cookies; their attributes are named only here.

Each function takes the cookie's settings: `settings.cookie`, which holds the access token, or
`settings.refresh_cookie`. Left out: Domain, which would send the cookie to other hosts too, and
Expires, since Max-Age says it.
"""

from starlette.requests import Request
from starlette.responses import Response

from minisrv.settings import CookieSettings


def set(response: Response, cookie: CookieSettings, value: str, seconds: int) -> None:
    """Make the browser keep `value` in `cookie` for `seconds`."""
    response.set_cookie(
        cookie.name,
        value,
        max_age=seconds,  # RFC 6265bis draft 22 §4.1.2.2
        path=cookie.path,
        secure=cookie.secure,
        httponly=cookie.http_only,
        samesite=cookie.same_site,
    )


def read(request: Request, cookie: CookieSettings) -> str | None:
    """Return the value of the last cookie of that name in the request, or None.

    Starlette's request.cookies removes quotes. Before Python 3.11.10 and 3.12.6 that takes a time
    that grows with the square of their number (CVE-2024-7592). We set no quotes, so there are none.
    """
    pairs = (pair.partition("=") for pair in request.headers.get("cookie", "").split(";"))
    values = {name.strip(): value.strip() for name, _, value in pairs}
    return values.get(cookie.name)


def clear(response: Response, cookie: CookieSettings) -> None:
    """Make the browser drop `cookie`. It needs the same path, and for `__Host-` also Secure."""
    response.delete_cookie(
        cookie.name,
        path=cookie.path,
        secure=cookie.secure,
        httponly=cookie.http_only,
        samesite=cookie.same_site,
    )
