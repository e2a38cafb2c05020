"""The parts of a bcrypt hash or salt string.

Which library writes which version: golang.org/x/crypto's bcrypt.go and Spring Security's
BCryptPasswordEncoder write 2a, PHP's password_hash writes 2y, Python's and Node's bcrypt write 2b.
"""

import re

from classroom.anatomy.parts import Anatomy, Part
from classroom.display.labels import Volatile, split_volatile, volatile

PATTERN = re.compile(
    r"(?P<head>\$(?P<version>2[abxy]?)\$(?P<cost>[0-9]{2})\$)"
    r"(?P<salt>[./A-Za-z0-9]{22})(?P<digest>[./A-Za-z0-9]{31})?"
)
_VERSIONS = {
    "2": "of bcrypt, the first one",
    "2a": "of bcrypt; Go's x/crypto and Spring Security write 2a",
    "2b": "of bcrypt; the bcrypt libraries of Python and Node write 2b",
    "2x": "of bcrypt; marks hashes that an old fault of crypt_blowfish made",
    "2y": "of bcrypt; PHP writes 2y, which is computed as 2b is",
}


def anatomy(text: str) -> Anatomy | None:
    """Return the parts of a bcrypt hash or salt, None for any other text."""
    match = PATTERN.fullmatch(text)
    if match is None:
        return None
    version, cost = match["version"], int(match["cost"])
    parts: list[str | Part] = ["$", Part("version", [version], _VERSIONS[version], "", [version])]
    rounds = f"2^{cost} = {2**cost:,} rounds; one more doubles the work"
    flag = "" if 4 <= cost <= 31 else "bcrypt takes a cost from 4 to 31 only"
    parts += ["$", Part("cost", [match["cost"]], rounds, flag, [match["cost"]]), "$"]
    # Labelled by the whole salt string, so that it has the same label as the result of gensalt().
    salt = volatile("salt", match["head"] + match["salt"])
    meaning = "22 characters = 128 bits, stored in the open; it should be random"
    parts.append(Part("salt", [salt], meaning, source=[Volatile("", match["salt"])]))
    if match["digest"]:
        digest = volatile("digest", match["digest"])
        meaning = "31 characters = 184 bits, computed from password, salt and cost"
        parts.append(Part("digest", [digest], meaning, source=[digest]))
    kind = "bcrypt hash" if match["digest"] else "bcrypt salt"
    return Anatomy(kind, split_volatile(text), tuple(parts))
