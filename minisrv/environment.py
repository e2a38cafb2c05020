"""Read Settings from environment variables: MINISRV_ and the field's name, in capitals.

Left out: files. Whatever starts the server can set variables; a file would be one more place.
"""

from collections.abc import Mapping
from dataclasses import Field, fields
from typing import Any

from minisrv.settings import CookieSettings, Settings

PREFIX = "MINISRV_"
TRUTH = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}


def read(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings that `environ` names, ready for Settings, or raise ValueError."""
    values = _of(Settings, PREFIX, environ)
    cookie = _of(CookieSettings, PREFIX + "COOKIE_", environ)
    return values | ({"cookie": CookieSettings(**cookie)} if cookie else {})


def unknown(environ: Mapping[str, str]) -> list[str]:
    """Return the variables that begin like ours and are none, misspelt ones most likely."""
    return sorted(name for name in environ if name.startswith(PREFIX) and name not in names())


def names() -> dict[str, Field[Any]]:
    """Return each variable's name with the field that it sets."""
    own = {PREFIX + field.name.upper(): field for field in fields(Settings)}
    own.pop(PREFIX + "COOKIE")
    return own | {f"{PREFIX}COOKIE_{field.name.upper()}": field for field in fields(CookieSettings)}


def _of(kind: type, prefix: str, environ: Mapping[str, str]) -> dict[str, Any]:
    found = {}
    for field in fields(kind):
        name = prefix + field.name.upper()
        if name in environ and name in names():  # the cookie has a variable for each attribute
            found[field.name] = _parse(name, environ[name], field.default)
    return found


def _parse(name: str, text: str, default: object) -> Any:
    """Return `text` as a value of the same type as `default`, or raise ValueError."""
    if isinstance(default, bool):
        if text.lower() not in TRUTH:
            raise ValueError(f"{name} is 1 or 0, not {text!r}.")
        return TRUTH[text.lower()]
    if isinstance(default, int):
        try:
            return int(text)
        except ValueError:
            raise ValueError(f"{name} is a whole number, not {text!r}.") from None
    if isinstance(default, tuple):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text
