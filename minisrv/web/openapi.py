"""The API described by OpenAPI 3.1, put together from what the server itself knows.

Statuses, codes and headers come from the errors; a test holds the rest against the live server
(schemathesis). Left out: the page and its files, this description itself, HEAD, which is answered
wherever GET is, and what no path is named for: 404 and 405.
"""

from minisrv import errors
from minisrv.errors import Refused
from minisrv.settings import Settings
from minisrv.web import schemas
from minisrv.web.schemas import Json

EVERYWHERE = (errors.MalformedRequest, errors.MisdirectedRequest, errors.Overloaded)
UNSAFE = (errors.CrossSiteRequest,)
BODY = (errors.MalformedBody, errors.TooSlow, errors.BodyTooLarge, errors.NotJson)
SESSION = (errors.NotSignedIn, errors.TokenExpired)
# What an answer of these statuses owes, whatever it is about.
OWED = {401: ("WWW-Authenticate",), 429: ("Retry-After",), 503: ("Retry-After",)}


def describe(settings: Settings) -> Json:
    """Return the description of the API as it is served with `settings`."""
    cookies = {"session": settings.cookie, "refresh": settings.refresh_cookie}
    schemes = {
        name: {"type": "apiKey", "in": "cookie", "name": cookie.name}
        for name, cookie in cookies.items()
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "TRAX", "version": "0.1.0", "summary": "Sign up, and keep playlists."},
        "paths": PATHS,
        "components": {"securitySchemes": schemes},
    }


def _operation(
    summary: str, answer: Json, refusals: tuple[type[Refused], ...], takes: Json | None = None
) -> Json:
    """Return one operation; `answer` is its success, from status to schema."""
    operation: Json = {"summary": summary, "responses": answer | _refused(EVERYWHERE + refusals)}
    if takes:
        content = {"application/json": {"schema": takes}}
        operation["requestBody"] = {"required": True, "content": content}
    if errors.NotSignedIn in refusals:
        both = errors.TokenReused in refusals
        operation["security"] = [{"session": [], "refresh": []} if both else {"session": []}]
    return operation


def _refused(refusals: tuple[type[Refused], ...]) -> Json:
    """Return a response for each status, with the codes that it may come with, and our own 500."""
    codes: dict[int, list[str]] = {500: ["server_error"]}
    for one in refusals:
        codes.setdefault(one.status, []).append(one.code)
    return {
        str(status): _json("; ".join(found), schemas.error(found), *OWED.get(status, ()))
        for status, found in sorted(codes.items())
    }


def _json(description: str, schema: Json, *headers: str) -> Json:
    content = {"application/json": {"schema": schema}}
    return {"description": description, "content": content, "headers": _always(*headers)}


def _always(*headers: str) -> Json:
    return {name: {"required": True, "schema": {"type": "string"}} for name in headers}


NOTHING = {"204": {"description": "Done."}}
SIGNED_OUT = {"204": {"description": "Done.", "headers": _always("Set-Cookie")}}
ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
PATHS: Json = {
    "/api/signup": {
        "post": _operation(
            "Make an account and sign in.",
            {"201": _json("The new account, and a session cookie.", schemas.USER, "Set-Cookie")},
            (*UNSAFE, *BODY, errors.EmailTaken, errors.InvalidEmail, errors.WeakPassword),
            schemas.SIGN_UP,
        )
    },
    "/api/signin": {
        "post": _operation(
            "Sign in.",
            {"200": _json("The account, and its cookies.", schemas.USER, "Set-Cookie")},
            (*UNSAFE, *BODY, errors.BadCredentials, errors.TooManyAttempts),
            schemas.SIGN_IN,
        )
    },
    "/api/refresh": {
        "post": _operation(
            "Renew the session of a visitor who is remembered.",
            {"200": _json("The account, and two new cookies.", schemas.USER, "Set-Cookie")},
            (*UNSAFE, errors.NotSignedIn, errors.TokenReused),
        )
    },
    "/api/signout": {"post": _operation("Sign out.", SIGNED_OUT, UNSAFE)},
    "/api/me": {
        "get": _operation("Who is signed in?", {"200": _json("You.", schemas.USER)}, SESSION)
    },
    "/api/playlists": {
        "get": _operation(
            "List your playlists.", {"200": _json("All of them.", schemas.PLAYLISTS)}, SESSION
        ),
        "post": _operation(
            "Add a playlist.",
            {"201": _json("The new one.", schemas.PLAYLIST, "Location")},
            (*UNSAFE, *BODY, *SESSION, errors.InvalidName, errors.PlaylistsFull),
            schemas.NEW_PLAYLIST,
        ),
        "delete": _operation("Remove all your playlists.", NOTHING, (*UNSAFE, *SESSION)),
    },
    "/api/playlists/{id}": {
        "parameters": [ID],
        "delete": _operation(
            "Remove one of your playlists.", NOTHING, (*UNSAFE, *SESSION, errors.NotFound)
        ),
    },
    "/health": {
        "get": _operation("Can the server work?", {"200": _json("Yes.", schemas.HEALTH)}, ())
    },
}
