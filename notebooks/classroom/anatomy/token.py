"""The parts of a JSON Web Token, read without a key: nothing here says that it is genuine.

Left out: encrypted tokens (JWE), which have five parts.
"""

import base64
import json
import re

from classroom.anatomy import claims
from classroom.anatomy.claims import Json
from classroom.anatomy.parts import Anatomy, Part
from classroom.display.labels import Volatile, split_volatile, volatile

PATTERN = re.compile(r"(?P<header>[\w-]+)\.(?P<payload>[\w-]+)\.(?P<signature>[\w-]*=*)", re.ASCII)
UNCHECKED = "read without a key, not verified"


def read(token: str) -> tuple[Json, Json]:
    """Return header and payload of a JWT, or raise ValueError; the signature is not looked at."""
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
    said = [_field(name, shown, payload[name]) for name, shown in claims.shown(payload)]
    if "exp" not in payload:
        said.append(Part("exp", ["absent"], claims.meaning("exp", None), "it never ends"))
    whole = (head, *fields, ".", body, *said, ".", _signature(three))
    return Anatomy("JWT", [volatile("token", text)], whole, UNCHECKED)


def _field(name: str, shown: list[str | Volatile], value: object) -> Part:
    return Part(name, shown, claims.meaning(name, value), claims.flag(name, value))


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
