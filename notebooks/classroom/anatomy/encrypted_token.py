"""The parts of an encrypted token (JWE, RFC 7516 §7.1): without a key one reads its header only."""

import re

from classroom.anatomy.json_parts import decoded
from classroom.anatomy.parts import Anatomy, Part, bits_of_base64
from classroom.anatomy.token import header_fields, header_part
from classroom.display.labels import volatile

PATTERN = re.compile(
    r"(?P<header>[\w-]+)\.(?P<key>[\w-]*)\.(?P<vector>[\w-]*)\.(?P<content>[\w-]*)\.(?P<tag>[\w-]*)",
    re.ASCII,
)
_MEANINGS = {
    "key": "encrypted, for the reader: decrypts the content",
    "vector": "initialization vector: makes equal contents look different",
    "content": "encrypted; who lacks the key reads nothing",
    "tag": "shows whether header or content was changed",
}


def anatomy(text: str) -> Anatomy:
    """Return the parts of `text`, which matches PATTERN, or raise ValueError."""
    header, *others = text.split(".")
    members = decoded(header, "header")
    parts: list[str | Part] = [header_part(header), *header_fields(members)]
    if "enc" not in members:
        wanted = "an encrypted token says so (RFC 7516 §4.1.2)"
        parts.append(Part("enc", ["absent"], "how the content is encrypted", wanted))
    for (name, meaning), other in zip(_MEANINGS.items(), others, strict=True):
        parts += [".", _part(name, meaning, other)]
    return Anatomy("JWE", [volatile("token", text)], tuple(parts), "encrypted, read without a key")


def _part(name: str, meaning: str, text: str) -> Part:
    if not text:
        direct = name == "key"
        said = "no key is sent: both sides have it (RFC 7516 §5.1)" if direct else meaning
        return Part(name, ["empty"], said, "" if direct else "empty", [text])
    shown = volatile("encrypted", text)
    return Part(name, [shown], f"{bits_of_base64(text):,} bits, {meaning}", source=[shown])
