"""Put the session cookie into an answer, read it, clear it: no other file names attributes.

Left out: Domain and Expires, which a session cookie is better without."""

from starlette.requests import Request
from starlette.responses import Response

from minisrv.settings import Settings


def put(response: Response, token: str, settings: Settings) -> None:
    """Set the session cookie to `token` for as long as the token itself lasts."""
    response.set_cookie(
        settings.cookie.name,
        token,
        max_age=settings.session_seconds,  # seconds, RFC 6265bis draft 22 §4.1.2.2
        path=settings.cookie.path,
        secure=settings.cookie.secure,
        httponly=settings.cookie.http_only,
        samesite=settings.cookie.same_site,
    )


def read(request: Request, settings: Settings) -> str | None:
    """Return the token that came in the session cookie, the last one of that name, or None.

    Not by request.cookies: it undoes quotes, in a time that grows with the square of their number
    before Python 3.11.10 (CVE-2024-7592), and a browser sends back what we have set, unquoted.
    """
    pairs = (pair.partition("=") for pair in request.headers.get("cookie", "").split(";"))
    values = {name.strip(): value.strip() for name, _, value in pairs}
    return values.get(settings.cookie.name)


def clear(response: Response, settings: Settings) -> None:
    """Make the browser drop the cookie; it obeys only when the attributes are those of `put`."""
    response.delete_cookie(
        settings.cookie.name,
        path=settings.cookie.path,
        secure=settings.cookie.secure,
        httponly=settings.cookie.http_only,
        samesite=settings.cookie.same_site,
    )
