"""The parts of a JSON Web Token, read without a key: nothing here shows that it is genuine.

Left out: encrypted tokens (JWE), which have five parts; names registered with IANA beyond the seven
of RFC 7519, except `sid`, which the course uses.
"""

import base64
import json
import re
from collections.abc import Iterator

from classroom.anatomy.parts import Anatomy, Part
from classroom.display.labels import Volatile, split_volatile, volatile
from classroom.display.text import Pieces, duration

PATTERN = re.compile(r"(?P<header>[\w-]+)\.(?P<payload>[\w-]+)\.(?P<signature>[\w-]*=*)", re.ASCII)
UNCHECKED = "read without a key, not verified"
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


def read(token: str) -> tuple[Json, Json]:
    """Return header and payload of a JWT without checking its signature, or raise ValueError."""
    match = PATTERN.fullmatch(token)
    if match is None:
        raise ValueError("A JWT has three parts with dots between them.")
    return _decoded(match["header"], "header"), _decoded(match["payload"], "payload")


def anatomy(text: str) -> Anatomy:
    """Return the parts of `text`, which matches PATTERN, or raise ValueError."""
    header, payload = read(text)
    one, two, three = text.split(".")
    head = Part("header", ["JSON"], "in base64url: another spelling, no secret", source=_real(one))
    body = Part("payload", ["JSON"], "in base64url as well: the claims", source=_real(two))
    fields = [
        _field(name, split_volatile(json.dumps(value, ensure_ascii=False)), value)
        for name, value in header.items()
    ]
    claims = [_field(name, shown, payload[name]) for name, shown in shown_claims(payload)]
    if "exp" not in payload:
        claims.append(Part("exp", ["absent"], _meaning("exp", None), "it never ends"))
    whole = (head, *fields, ".", body, *claims, ".", _signature(three))
    return Anatomy("JWT", [volatile("token", text)], whole, UNCHECKED)


def shown_claims(payload: Json) -> Iterator[tuple[str, Pieces]]:
    """Yield each claim and how to show it; a time later than `iat` as a relation: `iat + 8 h`."""
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


def _field(name: str, shown: Pieces, value: object) -> Part:
    return Part(name, shown, _meaning(name, value), _flag(name, value))


def _meaning(name: str, value: object) -> str:
    """Return one sentence on what the header's field or the claim `name` says."""
    if name == "alg" and isinstance(value, str) and value[:2] in _ALGORITHMS:
        return _ALGORITHMS[value[:2]].format(value[2:5])
    return _MEANINGS.get(name, "the application's own; anyone who holds the token can read it")


def _flag(name: str, value: object) -> str:
    """Return what is wrong with the value of `name`, or ""."""
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


def _signature(text: str) -> Part:
    if not text.rstrip("="):
        return Part("signature", ["empty"], "", "nothing protects this token", [text])
    bits = len(text.rstrip("=")) * 6 // 8 * 8
    meaning = f"{bits} bits over header and payload; takes the key to make"
    flag = "base64url in a JWT has no = at its end (RFC 7515 §2)" if "=" in text else ""
    shown = volatile("signature", text)
    return Part("signature", [shown], meaning, flag, [shown])


def _real(text: str) -> list[str | Volatile]:
    return [Volatile("", text)]  # only the value's own line shows it, where labels are left out


def _decoded(part: str, name: str) -> Json:
    try:
        found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        raise ValueError(f"The {name} of this token is not JSON in base64url.") from None
    if not isinstance(found, dict):
        raise ValueError(f"The {name} of this token is JSON, but not an object.")
    return found
