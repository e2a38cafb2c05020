"""The parts of a JSON Web Token, read without a key: nothing here shows that it is genuine.

Encrypted tokens are in encrypted_token.py.
"""

import re
from collections.abc import Iterator

from classroom.anatomy import claims
from classroom.anatomy.json_parts import Json, Members, decoded, flaw, spelled
from classroom.anatomy.parts import Anatomy, Part, bits_of_base64, labelled
from classroom.display.labels import Volatile, volatile
from classroom.display.text import Pieces, duration

PATTERN = re.compile(r"(?P<header>[\w-]+)\.(?P<payload>[\w-]+)\.(?P<signature>[\w-]*=*)", re.ASCII)
UNCHECKED = "read without a key, not verified"
MOST = 60  # fields, and as many claims, that are explained


def read(token: str) -> tuple[Members, Members]:
    """Return header and payload of a JWT without checking its signature, or raise ValueError."""
    match = PATTERN.fullmatch(token)
    if match is None:
        raise ValueError("A JWT has three parts with dots between them.")
    return decoded(match["header"], "header"), decoded(match["payload"], "payload")


def anatomy(text: str) -> Anatomy:
    """Return the parts of `text`, which matches PATTERN, or raise ValueError."""
    header, payload = read(text)
    one, two, three = text.split(".")
    body = "in base64url as well: the claims"
    whole = (
        header_part(one),
        *header_fields(header),
        ".",
        Part("payload", ["JSON"], body, flaw(two), hidden(two)),
        *_claims(payload),
        ".",
        _signature(three, header.get("alg")),
    )
    return Anatomy("JWT", [volatile("token", text)], whole, UNCHECKED)


def header_part(text: str) -> Part:
    """Return the part for a token's header as a whole."""
    return Part(
        "header", ["JSON"], "in base64url: another spelling, no secret", flaw(text), hidden(text)
    )


def header_fields(header: Members) -> list[Part]:
    """Return a part for each field of a token's header, at most MOST."""
    fields = [
        Part(
            name,
            labelled(spelled(header[name])),
            claims.header_meaning(name, header[name]),
            _joined(claims.header_flag(name, header[name], header), _repeated(name, header)),
        )
        for name in list(header)[:MOST]
    ]
    if "alg" not in header:
        wanted = "each token says how it is signed (RFC 7515 §4.1.1)"
        fields.append(Part("alg", ["absent"], claims.header_meaning("alg", None), wanted))
    return [*fields, *_rest(header)]


def hidden(text: str) -> Pieces:
    """Return a part's text for the value's own line only, where labels are left out."""
    return [Volatile("", text)]


def shown_claims(payload: Json) -> Iterator[tuple[str, Pieces]]:
    """Yield each claim and how to show it; a time later than `iat` as a relation: `iat + 8 h`."""
    issued = payload.get("iat")
    for name, value in list(payload.items())[:MOST]:
        if name in ("exp", "nbf") and claims.is_seconds(value) and claims.is_seconds(issued):
            distance = int(value) - int(issued)
            relation = f"iat {'-' if distance < 0 else '+'} {duration(abs(distance))}"
            yield name, [Volatile(relation, str(value))]
        elif name in ("jti", "sid") and isinstance(value, str):
            yield name, [volatile("id", value)]
        else:
            yield name, labelled(spelled(value))


def _claims(payload: Members) -> list[Part]:
    found = [
        Part(
            name,
            shown,
            claims.claim_meaning(name),
            _joined(claims.claim_flag(name, payload[name]), _repeated(name, payload)),
        )
        for name, shown in shown_claims(payload)
    ]
    if "exp" not in payload:
        found.append(
            Part("exp", ["absent"], claims.claim_meaning("exp"), "it never ends by itself")
        )
    return [*found, *_rest(payload)]


def _rest(members: Json) -> list[Part]:
    more = len(members) - MOST
    return [Part("…", [f"{more:,} more"], "are not explained here")] if more > 0 else []


def _repeated(name: str, members: Members) -> str:
    twice = "written more than once: readers differ in which one they take (RFC 7519 §4)"
    return twice if name in members.repeated else ""


def _joined(*flags: str) -> str:
    return "; ".join(filter(None, flags))


def _signature(text: str, algorithm: object) -> Part:
    if not text.rstrip("="):
        return Part("signature", ["empty"], "", "nothing protects this token", [text])
    bits = bits_of_base64(text)
    meaning = f"{bits:,} bits over header and payload; only the key makes the right ones"
    flag = "base64url in a JWT has no = at its end (RFC 7515 §2)" if "=" in text else ""
    if (wanted := {"HS256": 256, "HS384": 384, "HS512": 512}.get(str(algorithm), bits)) != bits:
        flag = _joined(flag, f"{algorithm} makes {wanted} bits, so this is none of its signatures")
    shown = volatile("signature", text)
    return Part("signature", [shown], meaning, flag, [shown])
