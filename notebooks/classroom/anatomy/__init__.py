"""`anatomy(value)`: the parts of a stored hash, a token or a Set-Cookie line, and what each means.

A token is read without a key, so nothing here shows that it is genuine.
"""

import re

from classroom.anatomy import encrypted_token, hash_labels, set_cookie, token
from classroom.anatomy.parts import Anatomy

__all__ = ["Anatomy", "anatomy"]

_HEADER = re.compile(r"set-cookie:[ \t]*", re.IGNORECASE)
_HASH = re.compile(r"\$[A-Za-z0-9-]{1,20}\$|\{[A-Za-z0-9.@_-]{1,30}\}.")


def anatomy(value: str | bytes) -> Anatomy:
    """Return the parts of a password hash, a bcrypt salt, a token or a Set-Cookie line, to display.

    A line with `Set-Cookie: ` before it is always read as one. Raises ValueError for any other
    text, with a sentence that says why or lists these kinds.
    """
    text = _text(value)
    header = _HEADER.match(text)
    try:
        found = set_cookie.anatomy(text[header.end() :]) if header else _recognised(text)
    except RecursionError:
        raise ValueError("The JSON of this token is nested too deep to be shown.") from None
    if found is None:
        raise ValueError(_unknown(text))
    return found


def _recognised(text: str) -> Anatomy | None:
    if found := hash_labels.anatomy(text):
        return found
    for kind in (token, encrypted_token):
        if kind.PATTERN.fullmatch(text):
            return kind.anatomy(text)
    return set_cookie.anatomy(text) if set_cookie.looks_like_one(text) else None


def _text(value: str | bytes) -> str:
    if not isinstance(value, bytes):
        return str(value).strip(" \t\r\n")
    try:
        return value.decode().strip(" \t\r\n")
    except UnicodeDecodeError:
        raise ValueError("These bytes are not UTF-8, so anatomy cannot read them.") from None


def _unknown(text: str) -> str:
    if _HASH.match(text):
        return (
            "This text begins as password hashes do, but anatomy knows no scheme that writes them "
            "so. It may be cut short, or of a scheme that anatomy does not know."
        )
    return (
        "anatomy takes apart a password hash ($2b$12$…, $argon2id$…, Django's, LDAP's and others), "
        "a bcrypt salt of 29 characters, a token (JWT: three parts with dots between them, or five "
        "if it is encrypted) or a Set-Cookie line (name=value; Path=/; …); this text is none of "
        "them. If it is a Set-Cookie line with an unusual name, write `Set-Cookie: ` before it."
    )
