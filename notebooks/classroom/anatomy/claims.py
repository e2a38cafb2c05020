"""What a header field or a claim of a token says, and what is wrong with it."""

import math

from classroom.anatomy.json_parts import Json, LongInteger
from classroom.anatomy.registered_names import (
    CLAIMS,
    ENCRYPTION,
    HEADERS,
    KEY_ENCRYPTION,
    MORE_CLAIMS,
    MORE_HEADERS,
    REGISTRY,
    SIGNING,
)

YEAR_2000, YEAR_3000 = 946684800, 32503680000  # seconds since 1970
TIMES = ("exp", "nbf", "iat", "auth_time", "updated_at", "toe")
_UNITS = (("milliseconds", 10**3), ("microseconds", 10**6), ("nanoseconds", 10**9))
_UNKNOWN = "not registered: the application's own"
_OTHERS = "anyone can write this: a key from here proves nothing by itself (RFC 8725 §3.10)"


def header_meaning(name: str, value: object) -> str:
    """Return one sentence on what the header's field `name` says."""
    known = SIGNING | KEY_ENCRYPTION if name == "alg" else ENCRYPTION if name == "enc" else {}
    if isinstance(value, str) and value in known:
        return known[value]
    return HEADERS.get(name) or (REGISTRY if name in MORE_HEADERS else _UNKNOWN)


def header_flag(name: str, value: object, header: Json) -> str:
    """Return what is wrong with the value of the header's field `name`, or ""."""
    if name == "alg":
        return _algorithm_flag(value, encrypted="enc" in header)
    if name == "enc" and not (isinstance(value, str) and value in ENCRYPTION):
        return "no way of encryption that IANA has registered"
    if name in ("jku", "jwk", "x5u", "x5c"):
        return _OTHERS
    if name == "crit":
        return _critical_flag(value, header)
    if name == "b64" and value is not True:
        return "a JWT must not have it (RFC 7797 §7)"
    return ""


def claim_meaning(name: str) -> str:
    """Return one sentence on what the claim `name` says."""
    if name in CLAIMS:
        return CLAIMS[name]
    return (
        REGISTRY if name in MORE_CLAIMS else f"{_UNKNOWN}; anyone who holds the token can read it"
    )


def claim_flag(name: str, value: object) -> str:
    """Return what is wrong with the value of the claim `name`, or ""."""
    if name in ("sub", "iss", "jti") and not isinstance(value, str):
        return "not a string, as RFC 7519 §4.1 wants it"
    if name == "aud" and not _is_audience(value):
        return "neither a string nor an array of strings, as RFC 7519 §4.1.3 wants it"
    return _time_flag(value) if name in TIMES else ""


def is_seconds(value: object) -> bool:
    """Return True if `value` is a time that a token can mean: seconds up to the year 3000."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and -YEAR_3000 < value < YEAR_3000


def _algorithm_flag(value: object, encrypted: bool) -> str:
    if str(value).lower() == "none":
        return "no signature: anyone can write such a token (RFC 7518 §3.6, RFC 8725 §2.1)"
    if not isinstance(value, str) or value not in SIGNING | KEY_ENCRYPTION:
        return "no algorithm that IANA has registered for use"
    if value in (SIGNING if encrypted else KEY_ENCRYPTION):
        return (
            "an algorithm for signed tokens" if encrypted else "an algorithm for encrypted tokens"
        )
    return ""


def _critical_flag(value: object, header: Json) -> str:
    names = value if isinstance(value, list) else []
    if not names or not all(isinstance(name, str) for name in names):
        return "not a list of names: the token must be refused (RFC 7515 §4.1.11)"
    missing = [name for name in names if name not in header]
    if missing or len(set(names)) < len(names):
        return "each name once, and of this header: else it must be refused (RFC 7515 §4.1.11)"
    return ""


def _is_audience(value: object) -> bool:
    return isinstance(value, str) or (
        isinstance(value, list) and all(isinstance(one, str) for one in value)
    )


def _time_flag(value: object) -> str:
    if isinstance(value, LongInteger):
        digits = len(value.text.lstrip("-"))
        return f"no time: a number of {digits:,} digits"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "not a number: NumericDate is seconds since 1970 (RFC 7519 §2)"
    if not math.isfinite(value):
        return "no time, and no number of JSON (RFC 8259 §6)"
    if value < 0:
        return "before 1970"
    for unit, factor in _UNITS:
        if value >= YEAR_3000 and YEAR_2000 <= value / factor < YEAR_3000:
            return f"this looks like {unit}; NumericDate is seconds (RFC 7519 §2)"
    return "no time that anyone means: after the year 3000" if value >= YEAR_3000 else ""
