"""Make tokens by hand: with another key, without a key, or with another payload.

A library refuses to make such tokens. An attacker makes them in ten lines (RFC 7515 §5.1).
"""

import base64
import hmac
import json
import time

Json = dict[str, object]
HEADER: Json = {"alg": "HS256", "typ": "JWT"}


def packed(part: Json) -> str:
    """Return a header or a payload as base64url without padding (RFC 7515 §2)."""
    return _base64url(json.dumps(part, separators=(",", ":")).encode())


def unpacked(part: str) -> Json:
    """Return the content of a header or a payload, without a key; ValueError if it is not JSON."""
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def forge(claims: Json, key: bytes, header: Json = HEADER) -> str:
    """Return a token with `claims`, signed by HMAC-SHA-256 even if `header` names another alg."""
    text = f"{packed(header)}.{packed(claims)}"
    return f"{text}.{_base64url(hmac.digest(key, text.encode(), 'sha256'))}"


def unsigned(claims: Json) -> str:
    """Return an unsigned token, whose header says alg none (RFC 7518 §3.6)."""
    return f"{packed({'alg': 'none', 'typ': 'trax-access+jwt'})}.{packed(claims)}."


def forgeries(token: str, key: bytes, victim: str) -> dict[str, str]:
    """Return `token`, which is genuine, and variants of it, each with a fault, by name.

    Three are made without the key, and name the account `victim`. The others are signed with `key`:
    the server itself makes such tokens, at another time (the expired one was issued earlier, too)
    or for another purpose (the refresh token lives for 30 days, too).
    """
    header, payload, signature = token.split(".")
    head, claims = unpacked(header), unpacked(payload)
    for_victim, now = claims | {"sub": victim}, int(time.time())
    endless = {name: value for name, value in claims.items() if name != "exp"}
    return {
        "genuine": token,
        "changed payload": f"{header}.{packed(for_victim)}.{signature}",
        "alg none": unsigned(for_victim),
        "key hello": forge(for_victim, b"hello", head),
        "expired": forge(claims | {"iat": now - 36000, "exp": now - 7200}, key, head),
        "no exp": forge(endless, key, head),
        "for another service": forge(claims | {"aud": "billing"}, key, head),
        "refresh token": forge(
            claims | {"exp": now + 30 * 86400}, key, head | {"typ": "refresh+jwt"}
        ),
    }


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
