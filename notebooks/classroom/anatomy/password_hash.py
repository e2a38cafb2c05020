"""The parts of a bcrypt hash or salt string, with or without the name of a prehash before it.

Left out: argon2id and scrypt, whose strings name their parts.
"""

import re

from classroom.anatomy.parts import Anatomy, Part
from classroom.display.labels import Volatile, split_volatile, volatile

PATTERN = re.compile(
    r"(?P<prehash>[a-z0-9-]+\$)?(?P<head>\$(?P<version>2[abxy]?)\$(?P<cost>\d\d)\$)"
    r"(?P<salt>[./A-Za-z0-9]{22})(?P<digest>[./A-Za-z0-9]{31})?"
)
_VERSIONS = {
    "2b": "of bcrypt; 2b is what libraries write today",
    "2a": "of bcrypt; 2a is older, and still read",
    "2y": "of bcrypt; 2y is PHP's name for 2b",
    "2x": "of bcrypt; 2x marks hashes that an old bug in PHP made",
}


def anatomy(text: str) -> Anatomy:
    """Return the parts of `text`, which matches PATTERN."""
    match = PATTERN.fullmatch(text)
    assert match is not None
    version, cost = match["version"], int(match["cost"])
    parts: list[str | Part] = [*_prehash(match["prehash"])]
    meaning = _VERSIONS.get(version, "of bcrypt, the first one")
    parts += ["$", Part("version", [version], meaning, source=[version])]
    rounds = f"2^{cost} = {2**cost:,} rounds; one more doubles the work"
    flag = "" if 4 <= cost <= 31 else "bcrypt takes a cost from 4 to 31 only"
    parts += ["$", Part("cost", [match["cost"]], rounds, flag, [match["cost"]]), "$"]
    # Labelled by the whole salt string, so that it has the same label as the result of gensalt().
    salt = volatile("salt", match["head"] + match["salt"])
    meaning = "22 characters = 128 bits, random, stored in the open"
    parts.append(Part("salt", [salt], meaning, source=[Volatile("", match["salt"])]))
    if match["digest"]:
        digest = volatile("digest", match["digest"])
        meaning = "31 characters = 184 bits, computed from password, salt and cost"
        parts.append(Part("digest", [digest], meaning, source=[digest]))
    kind = "bcrypt hash" if match["digest"] else "bcrypt salt"
    return Anatomy(kind, split_volatile(text), tuple(parts))


def _prehash(name: str | None) -> list[str | Part]:
    if not name:
        return []
    scheme = name.rstrip("$")
    meaning = "ran over the password first, so that all of it counts: bcrypt alone reads 72 bytes"
    return [Part("prehash", [scheme], meaning, source=[scheme]), "$"]
