"""Take a stored hash, a token or a Set-Cookie line apart, part by part, with what each means.

Left out: checking anything; a token is read here without a key.
"""

import re

from classroom.anatomy import hashed, setcookie, token
from classroom.anatomy.parts import Anatomy

_COOKIE = re.compile(r"[^\s=;]+=[^;]*(;.*)?", re.DOTALL)
__all__ = ["Anatomy", "anatomy"]


def anatomy(value: str | bytes) -> Anatomy:
    """Return the parts of a bcrypt hash or salt, a JWT, or a Set-Cookie line, for display.

    ValueError, with a sentence on what can be taken apart, for any other text.
    """
    text = value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)
    text = re.sub(r"^set-cookie:\s*", "", text.strip(), flags=re.IGNORECASE)
    if hashed.PATTERN.fullmatch(text):
        return hashed.anatomy(text)
    if token.PATTERN.fullmatch(text):
        return token.anatomy(text)
    if _COOKIE.fullmatch(text):
        return setcookie.anatomy(text)
    raise ValueError(
        "anatomy takes apart a bcrypt hash ($2b$12$…), a bcrypt salt of 29 characters, a JWT "
        "(three parts with dots between them) or a Set-Cookie line (name=value; Path=/; …); "
        "this text is none of them."
    )
