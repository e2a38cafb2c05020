"""Write tokens by hand: with another key, with none, or with another payload under a signature.

What a library refuses to make, an attacker makes in ten lines (RFC 7515 §5.1 says how). Left out:
breaking HMAC itself, which nobody can.
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
    """Return what a header or a payload says; no key is needed. ValueError if it is no JSON."""
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def forge(claims: Json, key: bytes, header: Json = HEADER) -> str:
    """Return a token of `claims` under HMAC-SHA-256 with `key`, whatever the header says."""
    text = f"{packed(header)}.{packed(claims)}"
    return f"{text}.{_base64url(hmac.digest(key, text.encode(), 'sha256'))}"


def unsigned(claims: Json) -> str:
    """Return a token that says itself that nobody signed it (RFC 7518 §3.6)."""
    return f"{packed({'alg': 'none', 'typ': 'at+jwt'})}.{packed(claims)}."


def forgeries(token: str, key: bytes, victim: str) -> dict[str, str]:
    """Return `token`, which is genuine, and variants that are wrong in one respect, by name.

    Those without the key name the account `victim`. The others are signed with `key`, for they are
    tokens that the server itself made, for another purpose or another time.
    """
    header, payload, signature = token.split(".")
    said, claims = unpacked(header), unpacked(payload)
    theirs, now = claims | {"sub": victim}, int(time.time())
    endless = {name: value for name, value in claims.items() if name != "exp"}
    return {
        "genuine": token,
        "changed payload": f"{header}.{packed(theirs)}.{signature}",
        "alg none": unsigned(theirs),
        "key hello": forge(theirs, b"hello", said),
        "expired": forge(claims | {"iat": now - 36000, "exp": now - 7200}, key, said),
        "no exp": forge(endless, key, said),
        "for another service": forge(claims | {"aud": "billing"}, key, said),
        "refresh token": forge(
            claims | {"exp": now + 30 * 86400}, key, said | {"typ": "refresh+jwt"}
        ),
    }


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
