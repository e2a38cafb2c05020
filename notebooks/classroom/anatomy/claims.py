"""What the header's fields and the claims of a JWT mean, how to show them, what looks wrong.

Left out: names registered with IANA beyond RFC 7519's seven, and the one more that we use.
"""

import json
from collections.abc import Iterator

from classroom.display.labels import Volatile, split_volatile, volatile
from classroom.display.text import Pieces, duration

YEAR_3000 = 32503680000  # seconds since 1970
_ALGORITHMS = {
    "HS": "one secret key signs and checks: HMAC, SHA-{} (RFC 7518 §3.2)",
    "RS": "a private key signs, a public one checks: RSA, SHA-{} (RFC 7518 §3.3)",
    "ES": "a private key signs, a public one checks: ECDSA, SHA-{} (RFC 7518 §3.4)",
}
_MEANINGS = {
    "alg": "how it is signed (RFC 7515 §4.1.1)",
    "typ": "what kind of token it is (RFC 7515 §4.1.9)",
    "kid": "which key signed it (RFC 7515 §4.1.4)",
    "iss": "issuer: who made it (RFC 7519 §4.1.1)",
    "sub": "subject: whom it is about (RFC 7519 §4.1.2)",
    "aud": "audience: for whom it is meant (RFC 7519 §4.1.3)",
    "exp": "expires: from then on it is refused (RFC 7519 §4.1.4)",
    "nbf": "not before: until then it is refused (RFC 7519 §4.1.5)",
    "iat": "issued at: when it was made (RFC 7519 §4.1.6)",
    "jti": "its own id: makes it unique, lets one be revoked (RFC 7519 §4.1.7)",
    "sid": "session: which sign-in it is of (OIDC Front-Channel Logout §3)",
}

Json = dict[str, object]


def shown(payload: Json) -> Iterator[tuple[str, Pieces]]:
    """Yield each claim and how to show it: later times as relations, such as `iat + 8 h`."""
    issued = payload.get("iat")
    for name, value in payload.items():
        if name in ("exp", "nbf") and _is_seconds(value) and _is_seconds(issued):
            distance = int(value) - int(issued)
            relation = f"iat {'-' if distance < 0 else '+'} {duration(abs(distance))}"
            yield name, [Volatile(relation, str(value))]
        elif name in ("jti", "sid") and isinstance(value, str):
            yield name, [volatile("id", value)]
        else:
            yield name, split_volatile(json.dumps(value, ensure_ascii=False))


def meaning(name: str, value: object) -> str:
    """Return one sentence on what the header's field or the claim `name` says."""
    if name == "alg" and isinstance(value, str) and value[:2] in _ALGORITHMS:
        return _ALGORITHMS[value[:2]].format(value[2:5])
    return _MEANINGS.get(name, "the application's own; whoever holds the token can read it")


def flag(name: str, value: object) -> str:
    """Return what is wrong with the value of `name`, "" when nothing is."""
    if name == "alg" and str(value).lower() == "none":
        return "no signature: anyone can write such a token (RFC 7518 §3.6, RFC 8725 §2.1)"
    if name in ("sub", "iss", "jti") and not isinstance(value, str):
        return "not a string, as RFC 7519 §4.1 wants it"
    if name in ("exp", "iat", "nbf"):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return "not a number: NumericDate is seconds since 1970 (RFC 7519 §2)"
        if value > YEAR_3000:
            return "this looks like milliseconds; NumericDate is seconds (RFC 7519 §2)"
    return ""


def _is_seconds(value: object) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and -YEAR_3000 < value < YEAR_3000
