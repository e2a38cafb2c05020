"""Tokens to take apart, and the parts that are found, for tests."""

import base64
import json

from classroom.anatomy import Anatomy
from classroom.anatomy.parts import Part

KEY = "a key of more than thirty-two bytes"
NOW = 1795000000
CLAIMS = {"iss": "trax", "sub": "1", "iat": NOW, "exp": NOW + 28800, "jti": "7f" * 16}


def part(found: Anatomy, name: str) -> Part:
    (one,) = [part for part in found.parts if part.name == name]
    return one


def flags(found: Anatomy) -> dict[str, str]:
    return {part.name: part.flag for part in found.parts if part.flag}


def whole(found: Anatomy) -> str:
    """Return the value again, put together from its parts."""
    pieces = [[p] if isinstance(p, str) else p.source or [] for p in found.spelled]
    return "".join(one if isinstance(one, str) else one.real for many in pieces for one in many)


def unsigned(header: dict[str, object], payload: dict[str, object], signature: str = "") -> str:
    parts = [base64.urlsafe_b64encode(json.dumps(x).encode()) for x in (header, payload)]
    return ".".join([*(x.rstrip(b"=").decode() for x in parts), signature])


def token(**claims: object) -> str:
    return unsigned({"alg": "HS256"}, {"exp": NOW, **claims}, "c2ln")
