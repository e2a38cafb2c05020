"""A way of writing password hashes: a pattern with a named group for each part, and their meanings.

The schemes themselves are in bcrypt_hash.py, crypt_hashes.py, framework_hashes.py and digests.py.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from classroom.anatomy.parts import Anatomy, Part, bits_of_base64
from classroom.display.labels import volatile
from classroom.display.text import Pieces

Meaning = str | Callable[[str], str]
RANDOM = {"salt", "digest"}  # parts that differ from run to run, so that a label stands for them
SALT = "stored in the open; it should be random"
DIGEST = "computed from password, salt and the numbers before"


@dataclass(frozen=True)
class Scheme:
    """`meanings` says what the group of that name means: a sentence, or a function of its text.

    `absent` says what holds if an optional group is not written.
    """

    kind: str
    pattern: re.Pattern[str]
    meanings: Mapping[str, Meaning]
    note: str = ""
    absent: Mapping[str, str] = field(default_factory=dict)

    def take_apart(self, text: str) -> Anatomy | None:
        """Return the parts of `text`, or None if it is not written in this scheme."""
        match = self.pattern.fullmatch(text)
        if match is None:
            return None
        parts = (*spelled(match, self.meanings), *self._absent(match))
        return Anatomy(self.kind, [volatile("hash", text)], parts, self.note)

    def _absent(self, match: re.Match[str]) -> Iterator[Part]:
        for name, meaning in self.absent.items():
            if match[name] is None:
                yield Part(name.replace("_", " "), ["absent"], meaning)


def spelled(match: re.Match[str], meanings: Mapping[str, Meaning]) -> Iterator[str | Part]:
    """Yield a part for each group of `meanings` that was matched, and the text between them."""
    end = 0
    for name, meaning in meanings.items():
        if match[name] is None:
            continue
        if between := match.string[end : match.start(name)]:
            yield between
        yield _part(name, match[name], meaning)
        end = match.end(name)
    if rest := match.string[end : match.end()]:
        yield rest


def _part(name: str, text: str, meaning: Meaning) -> Part:
    shown: Pieces = [volatile(name, text) if name in RANDOM and text else text]
    said = meaning if isinstance(meaning, str) else meaning(text)
    return Part(name.replace("_", " "), shown, said, source=shown)


def number(sentence: str) -> Callable[[str], str]:
    """Return a meaning that puts the part, as a number, into `sentence`."""
    return lambda text: sentence.format(int(text))


def power(sentence: str) -> Callable[[str], str]:
    """Return a meaning that puts the part and two to its power into `sentence`."""
    return lambda text: sentence.format(int(text), 2 ** int(text))


def pbkdf2(text: str) -> str:
    """Return which hash is in the HMAC of PBKDF2: the one that the label names, else SHA-1."""
    return f"PBKDF2 with HMAC-SHA-{text.partition('sha')[2] or '1'} (RFC 8018 §5.2)"


def hmac_rounds(text: str) -> str:
    """Return what the iterations of PBKDF2 count."""
    return f"{int(text):,} rounds of the HMAC"


def base64(sentence: str) -> Callable[[str], str]:
    """Return a meaning that puts the bits of the part, which is in base64, before `sentence`."""
    return lambda text: f"{bits_of_base64(text)} bits, {sentence}"


def hexadecimal(sentence: str) -> Callable[[str], str]:
    """Return a meaning that puts the bits of the part, which is in hex, before `sentence`."""
    return lambda text: f"{len(text) * 4} bits, {sentence}"


def one_of(meanings: Mapping[str, str]) -> Callable[[str], str]:
    """Return a meaning that depends on the part's text."""
    return lambda text: meanings.get(text, "a value that anatomy does not know")
