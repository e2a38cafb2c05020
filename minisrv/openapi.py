"""The API described by OpenAPI 3.1, put together from what the server itself knows.

Statuses, codes and sentences come from the errors; a test holds the rest against the live server
(schemathesis). Left out: the page and its files, and answers 404 and 405 of paths that are none.
"""

from typing import Any

from minisrv import errors, limits
from minisrv.errors import Refused
from minisrv.settings import Settings

Json = dict[str, Any]
EVERYWHERE = (errors.MisdirectedRequest, limits.Overloaded)
UNSAFE = (errors.CrossSiteRequest,)
BODY = (errors.MalformedBody, limits.TooSlow, limits.BodyTooLarge, errors.NotJson)
SESSION = (errors.NotSignedIn,)

CREDENTIALS = {
    "type": "object",
    "required": ["email", "password"],
    "properties": {
        "email": {"type": "string", "examples": ["ada@trax.test"]},
        "password": {"type": "string", "examples": ["midnight train to georgia"]},
    },
}
USER = {
    "type": "object",
    "required": ["id", "email"],
    "properties": {"id": {"type": "integer"}, "email": {"type": "string"}},
    "additionalProperties": False,
}
PLAYLIST = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
    "additionalProperties": False,
}
NEW_PLAYLIST = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string", "minLength": 1, "maxLength": 100}},
}
ERROR = {
    "type": "object",
    "required": ["error", "code"],
    "properties": {"error": {"type": "string"}, "code": {"type": "string"}},
    "additionalProperties": False,
}
HEALTH = {"type": "object", "required": ["status"], "properties": {"status": {"const": "ok"}}}


def describe(settings: Settings) -> Json:
    """Return the description of the API as it is served with `settings`."""
    session = {"type": "apiKey", "in": "cookie", "name": settings.cookie.name}
    return {
        "openapi": "3.1.0",
        "info": {"title": "TRAX", "version": "0.1.0", "summary": "Sign up, and keep playlists."},
        "paths": PATHS,
        "components": {"securitySchemes": {"session": session}},
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
        operation["security"] = [{"session": []}]
    return operation


def _refused(refusals: tuple[type[Refused], ...]) -> Json:
    """Return a response for each status, with the codes that it may come with."""
    found: Json = {}
    for one in sorted(refusals, key=lambda refusal: refusal.status):
        text = found.get(str(one.status), {}).get("description", "")
        found[str(one.status)] = _json(f"{text}; {one.code}" if text else one.code, ERROR)
    return found


def _json(description: str, schema: Json) -> Json:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


NOTHING = {"204": {"description": "Done."}}
ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
PATHS: Json = {
    "/api/signup": {
        "post": _operation(
            "Make an account and sign in.",
            {"201": _json("The new account, and a session cookie.", USER)},
            (*UNSAFE, *BODY, errors.EmailTaken, errors.InvalidEmail, errors.WeakPassword),
            CREDENTIALS,
        )
    },
    "/api/signin": {
        "post": _operation(
            "Sign in.",
            {"200": _json("The account, and a session cookie.", USER)},
            (*UNSAFE, *BODY, errors.BadCredentials, limits.TooManyAttempts),
            CREDENTIALS,
        )
    },
    "/api/signout": {"post": _operation("Sign out.", NOTHING, UNSAFE)},
    "/api/me": {"get": _operation("Who is signed in?", {"200": _json("You.", USER)}, SESSION)},
    "/api/playlists": {
        "get": _operation(
            "List your playlists.",
            {"200": _json("All of them.", {"type": "array", "items": PLAYLIST})},
            SESSION,
        ),
        "post": _operation(
            "Add a playlist.",
            {"201": _json("The new one.", PLAYLIST)},
            (*UNSAFE, *BODY, *SESSION, errors.InvalidName),
            NEW_PLAYLIST,
        ),
        "delete": _operation("Remove all your playlists.", NOTHING, (*UNSAFE, *SESSION)),
    },
    "/api/playlists/{id}": {
        "parameters": [ID],
        "delete": _operation(
            "Remove one of your playlists.", NOTHING, (*UNSAFE, *SESSION, errors.NotFound)
        ),
    },
    "/health": {"get": _operation("Can the server work?", {"200": _json("Yes.", HEALTH)}, ())},
}
