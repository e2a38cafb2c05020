"""Issue a signed token that says who signed in, and read it back.

Left out: renewing a token (refresh_tokens.py), and revoking it (sessions.py).
"""

import re
import time
import uuid
from dataclasses import dataclass
from typing import Any

import jwt

from minisrv.errors import NotSignedIn, TokenExpired
from minisrv.settings import version_of

ALGORITHM = "HS256"  # fixed here, never taken from the token itself (RFC 8725 §3.1)
# What the token is for, so that no other kind is accepted (RFC 8725 §3.11). Not "at+jwt": that is
# OAuth's access token, which names its client in client_id (RFC 9068 §2.1 and §2.2).
TYPE = "trax-access+jwt"
NAME = "trax"  # issuer and audience: one server is both
# A clock may be set back this far without signing out everybody who has just signed in. PyJWT
# itself rejects a token from one second in the future. An iat in milliseconds is still rejected.
CLOCK_STEP = 24 * 60 * 60
ID = re.compile(r"[\w-]{1,64}", re.ASCII)  # the form of our jti and sid
REQUIRED = ["iss", "aud", "sub", "iat", "exp", "jti"]


@dataclass(frozen=True)
class Claims:
    """The claims of a token whose signature is right: user, the token's own id, expiry.

    `family` names the refresh tokens that can renew the session, or is None if none can.
    """

    user_id: int
    token_id: str
    expires: int
    family: str | None = None


def issue(
    user_id: int, key: str, seconds: int, now: float | None = None, family: str | None = None
) -> str:
    """Return a token for the user that expires `seconds` after `now`, in seconds since 1970."""
    token, _ = issue_with_claims(user_id, key, seconds, now, family)
    return token


def issue_with_claims(
    user_id: int, key: str, seconds: int, now: float | None = None, family: str | None = None
) -> tuple[str, Claims]:
    """Do the same as `issue`, and return the token's claims beside it."""
    issued = int(time.time() if now is None else now)
    ours = Claims(user_id, uuid.uuid4().hex, issued + seconds, family)
    payload = {
        "iss": NAME,
        "aud": NAME,
        "sub": str(user_id),  # a string, RFC 7519 §4.1.2
        "iat": issued,
        "exp": ours.expires,
        "jti": ours.token_id,
    }
    if family:
        payload["sid"] = family  # the registered name (OpenID Connect Front-Channel Logout 1.0 §3)
    header = {"typ": TYPE}
    if version := version_of(key):
        header["kid"] = version  # which key signed it (RFC 7515 §4.1.4)
    return jwt.encode(payload, key, algorithm=ALGORITHM, headers=header), ours


def read(token: str, key: str, allow_expired: bool = False, old_key: str | None = None) -> Claims:
    """Return the claims of `token`, or raise NotSignedIn, or TokenExpired if it has expired.

    With `allow_expired` an expired token is accepted: it still identifies the session. A token may
    be signed with `old_key`, too: its `kid` chooses one of the two keys, and can name no other.
    """
    keys = {version_of(one): one for one in (old_key, key) if one}
    try:
        kid = jwt.get_unverified_header(token).get("kid", "")
        whole = jwt.decode_complete(
            token,
            keys[kid],
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
    # PyJWTError, because InvalidKeyError is not an InvalidTokenError. KeyError: a kid of no key.
    # ValueError: not UTF-8, or a sub that is not a number. TypeError: an iat that is not a number.
    # OverflowError: an iat of 1e999. RecursionError: a header of a thousand brackets.
    except (jwt.PyJWTError, KeyError, ValueError, TypeError, OverflowError, RecursionError):
        raise NotSignedIn from None


def _claims(payload: dict[str, Any]) -> Claims:
    """Return the claims of `payload`, or raise ValueError if one is out of range."""
    user_id, expires = int(payload["sub"]), int(payload["exp"])
    token_id, family = payload["jti"], payload.get("sid")
    names = [token_id] if family is None else [token_id, family]
    if not (0 < user_id < 2**31 and 0 < expires < 2**63 and all(map(ID.fullmatch, names))):
        raise ValueError("a claim is out of range")
    return Claims(user_id, token_id, expires, family)
