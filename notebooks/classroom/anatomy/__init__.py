"""`anatomy(value)`: the parts of a stored hash, a token or a Set-Cookie line, and what each means.

A token is read without a key, so nothing here shows that it is genuine.
"""

import re

from classroom.anatomy import password_hash, set_cookie, token
from classroom.anatomy.parts import Anatomy

_COOKIE = re.compile(r"[^\s=;]+=[^;]*(;.*)?", re.DOTALL)
__all__ = ["Anatomy", "anatomy"]


def anatomy(value: str | bytes) -> Anatomy:
    """Return the parts of a bcrypt hash or salt, a JWT, or a Set-Cookie line, for display.

    Raises ValueError for any other text, with a sentence that lists these kinds.
    """
    text = value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)
    text = re.sub(r"^set-cookie:\s*", "", text.strip(), flags=re.IGNORECASE)
    if password_hash.PATTERN.fullmatch(text):
        return password_hash.anatomy(text)
    if token.PATTERN.fullmatch(text):
        return token.anatomy(text)
    if _COOKIE.fullmatch(text):
        return set_cookie.anatomy(text)
    raise ValueError(
        "anatomy takes apart a bcrypt hash ($2b$12$…), a bcrypt salt of 29 characters, a JWT "
        "(three parts with dots between them) or a Set-Cookie line (name=value; Path=/; …); "
        "this text is none of them."
    )
