"""What goes in and out of the API, as JSON Schema."""

from typing import Any

from minisrv.auth import passwords

Json = dict[str, Any]

CREDENTIALS: Json = {
    "type": "object",
    "required": ["email", "password"],
    "properties": {
        "email": {"type": "string", "examples": ["ada@trax.test"]},
        "password": {"type": "string", "examples": ["midnight train to georgia"]},
    },
}
SIGN_IN: Json = {
    **CREDENTIALS,
    "properties": {**CREDENTIALS["properties"], "remember": {"type": "boolean", "default": False}},
}
SIGN_UP: Json = {
    **CREDENTIALS,
    "properties": {
        **CREDENTIALS["properties"],
        "password": {
            **CREDENTIALS["properties"]["password"],
            "minLength": passwords.MIN_LENGTH,
            "maxLength": passwords.MAX_LENGTH,
        },
    },
}
USER: Json = {
    "type": "object",
    "required": ["id", "email"],
    "properties": {"id": {"type": "integer"}, "email": {"type": "string"}},
    "additionalProperties": False,
}
PLAYLIST: Json = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
    "additionalProperties": False,
}
PLAYLISTS: Json = {"type": "array", "items": PLAYLIST}
NEW_PLAYLIST: Json = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string", "minLength": 1, "maxLength": 100}},
}
HEALTH: Json = {
    "type": "object",
    "required": ["status"],
    "properties": {"status": {"const": "ok"}},
    "additionalProperties": False,
}


def error(codes: list[str]) -> Json:
    """Return the schema of a refusal that bears one of `codes`."""
    return {
        "type": "object",
        "required": ["error", "code"],
        "properties": {"error": {"type": "string"}, "code": {"enum": codes}},
        "additionalProperties": False,
    }
