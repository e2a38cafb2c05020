"""Say why the server does not accept the token that a sign-up has set in a cookie.

The server itself says only "Please sign in.", because an attacker reads that as well. Left out: a
token that was revoked, which a sign-up has no reason to do.
"""

import jwt

from classroom.exchanges.exchange import Exchange
from minisrv.auth.access_tokens import ALGORITHM, NAME, REQUIRED, TYPE
from minisrv.settings import Settings


def why_refused(up: Exchange, settings: Settings) -> str:
    """Return the end of a sentence that begins with "because"; `up` sets one cookie with a token.

    The first reason is named: the cookie's name, the token's typ, a missing claim, the rest.
    """
    name = up.cookies[0].partition("=")[0]
    if name != settings.cookie.name:
        return f"the cookie is called {name}, and the server reads {settings.cookie.name}"
    whole = jwt.decode_complete(up.token, options={"verify_signature": False})
    kind = whole["header"].get("typ")
    if kind != TYPE:
        return f"the token's header says typ {kind}, and the server wants {TYPE}"
    missing = [claim for claim in REQUIRED if claim not in whole["payload"]]
    if missing:
        return f"the token has no claim {', '.join(missing)}"
    return _rejected_by_jwt(up.token, settings.secret) or "its claim sub is no account's id"


def _rejected_by_jwt(token: str, key: str) -> str:
    """Return what PyJWT says of signature, issuer, audience and time, or "" if all is well."""
    options = {"verify_iat": False}
    try:
        jwt.decode(token, key, [ALGORITHM], options, audience=NAME, issuer=NAME)
    except jwt.PyJWTError as error:
        return f"PyJWT says: {error}"
    return ""
