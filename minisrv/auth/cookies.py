"""Put the session's cookies into an answer, read them, clear them: no other file names attributes.

Left out: Domain and Expires, which a session cookie is better without."""

from starlette.requests import Request
from starlette.responses import Response

from minisrv.settings import CookieSettings, Settings


def put(response: Response, token: str, settings: Settings) -> None:
    """Set the session cookie to `token` for as long as the token itself lasts."""
    _put(response, token, settings.cookie, settings.session_seconds)


def put_both(
    response: Response, token: str, refresh_token: str, seconds: int, settings: Settings
) -> None:
    """Set both cookies of a visitor who is remembered for `seconds` more.

    The access token is over much sooner than its cookie, which goes on saying whose session it is.
    """
    _put(response, token, settings.cookie, seconds)
    _put(response, refresh_token, settings.refresh_cookie, seconds)


def read(request: Request, settings: Settings) -> str | None:
    """Return the token that came in the session cookie, or None."""
    return _read(request, settings.cookie.name)


def read_refresh(request: Request, settings: Settings) -> str | None:
    """Return the refresh token that came in its cookie, or None."""
    return _read(request, settings.refresh_cookie.name)


def clear(response: Response, settings: Settings) -> None:
    """Make the browser drop the session cookie."""
    _clear(response, settings.cookie)


def clear_refresh(response: Response, settings: Settings) -> None:
    """Make the browser drop the cookie of the refresh token."""
    _clear(response, settings.refresh_cookie)


def _put(response: Response, value: str, cookie: CookieSettings, seconds: int) -> None:
    response.set_cookie(
        cookie.name,
        value,
        max_age=seconds,  # RFC 6265bis draft 22 §4.1.2.2
        path=cookie.path,
        secure=cookie.secure,
        httponly=cookie.http_only,
        samesite=cookie.same_site,
    )


def _read(request: Request, name: str) -> str | None:
    """Return the value of the last cookie of that name, or None.

    Not by request.cookies: it undoes quotes, in a time that grows with the square of their number
    before Python 3.11.10 (CVE-2024-7592), and a browser sends back what we have set, unquoted.
    """
    pairs = (pair.partition("=") for pair in request.headers.get("cookie", "").split(";"))
    values = {key.strip(): value.strip() for key, _, value in pairs}
    return values.get(name)


def _clear(response: Response, cookie: CookieSettings) -> None:
    """Set it to nothing; a browser obeys only when the attributes are those of `_put`."""
    response.delete_cookie(
        cookie.name,
        path=cookie.path,
        secure=cookie.secure,
        httponly=cookie.http_only,
        samesite=cookie.same_site,
    )
