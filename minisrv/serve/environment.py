"""Read Settings from environment variables: MINISRV_ and the field's name, in capitals.

Left out: files. Whatever starts the server can set variables; a file would be one more place.
"""

from collections.abc import Mapping
from dataclasses import Field, fields, replace
from typing import Any

from minisrv.settings import CookieSettings, Settings

PREFIX = "MINISRV_"
COOKIES = {
    one.name: one.default for one in fields(Settings) if isinstance(one.default, CookieSettings)
}
TRUTH = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}


def read(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings that `environ` names, ready for Settings, or raise ValueError."""
    values = _of(Settings, PREFIX, environ)
    for name, cookie in COOKIES.items():
        if own := _of(CookieSettings, _prefix(name), environ):
            values[name] = replace(cookie, **own)
    return values


def unknown(environ: Mapping[str, str]) -> list[str]:
    """Return the variables that begin like ours and are none, misspelt ones most likely."""
    return sorted(name for name in environ if name.startswith(PREFIX) and name not in names())


def names() -> dict[str, Field[Any]]:
    """Return each variable's name with the field that it sets."""
    own = {PREFIX + one.name.upper(): one for one in fields(Settings) if one.name not in COOKIES}
    for name in COOKIES:  # a cookie has a variable for each attribute
        own |= {_prefix(name) + one.name.upper(): one for one in fields(CookieSettings)}
    return own


def _prefix(cookie: str) -> str:
    return f"{PREFIX}{cookie.upper()}_"


def _of(kind: type, prefix: str, environ: Mapping[str, str]) -> dict[str, Any]:
    found = {}
    for field in fields(kind):
        name = prefix + field.name.upper()
        if name in environ and name in names():
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
