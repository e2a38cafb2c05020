"""Issue a signed token that says who signed in, and read it back.

Left out: renewing it (refresh_tokens.py), and taking it back; a token that was signed out is
remembered in models.
"""

import re
import time
import uuid
from dataclasses import dataclass
from typing import Any

import jwt

from minisrv.errors import NotSignedIn, TokenExpired

ALGORITHM = "HS256"  # one, fixed here: never taken from the token itself (RFC 8725 §3.1)
TYPE = "at+jwt"  # says what the token is for, so that no other kind passes for it (RFC 8725 §3.11)
NAME = "trax"  # who issues, and for whom: one server is both
# By how much a clock may be set back without signing out all who have just signed in: PyJWT itself
# refuses a token from one second ahead. Milliseconds are still noticed.
CLOCK_STEP = 24 * 60 * 60
ID = re.compile(r"[\w-]{1,64}", re.ASCII)  # what a jti and a sid of ours look like
REQUIRED = ["iss", "aud", "sub", "iat", "exp", "jti"]


@dataclass(frozen=True)
class Claims:
    """What a token says once its signature holds: whose it is, its own id, and its end.

    `family` is the sign-in that can renew it, or None: nothing can.
    """

    user_id: int
    token_id: str
    expires: int
    family: str | None = None


def issue(
    user_id: int, key: str, seconds: int, now: float | None = None, family: str | None = None
) -> str:
    """Return a token for the user that ends `seconds` after `now`, in seconds since 1970."""
    issued = int(time.time() if now is None else now)
    claims = {
        "iss": NAME,
        "aud": NAME,
        "sub": str(user_id),  # a string, RFC 7519 §4.1.2
        "iat": issued,
        "exp": issued + seconds,
        "jti": uuid.uuid4().hex,
    }
    if family:
        claims["sid"] = family  # the registered name (OpenID Connect Front-Channel Logout 1.0 §3)
    return jwt.encode(claims, key, algorithm=ALGORITHM, headers={"typ": TYPE})


def read(token: str, key: str, allow_expired: bool = False) -> Claims:
    """Return the claims of `token`, or raise NotSignedIn, or TokenExpired when its time is over.

    With `allow_expired` the latter does not matter: the token still says whose session it was of.
    """
    try:
        whole = jwt.decode_complete(
            token,
            key,
            algorithms=[ALGORITHM],
            audience=NAME,
            issuer=NAME,
            options={"require": REQUIRED, "verify_iat": False, "verify_exp": not allow_expired},
        )
        claims = whole["payload"]
        if whole["header"].get("typ") != TYPE or int(claims["iat"]) > time.time() + CLOCK_STEP:
            raise NotSignedIn
        return _claims(claims)
    except jwt.ExpiredSignatureError:
        raise TokenExpired from None
    # InvalidKeyError is no InvalidTokenError, hence the root of the family. ValueError: text that
    # is not UTF-8, a sub that is no number; TypeError: an iat that is none at all; OverflowError:
    # one of 1e999; RecursionError: a header of a thousand brackets.
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError):
        raise NotSignedIn from None


def _claims(payload: dict[str, Any]) -> Claims:
    """Return what `payload` says, or raise ValueError: it is nothing to look for in a database."""
    user_id, expires = int(payload["sub"]), int(payload["exp"])
    token_id, family = payload["jti"], payload.get("sid")
    names = [token_id] if family is None else [token_id, family]
    if not (0 < user_id < 2**31 and 0 < expires < 2**63 and all(map(ID.fullmatch, names))):
        raise ValueError("a claim is out of range")
    return Claims(user_id, token_id, expires, family)
