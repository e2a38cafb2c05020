"""Find the parts of a text that differ in every run: hashes, salts, tokens, ids, ports, times.

Left out: dates before 2020. They are examples out of a standard, and the same in every run.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

ERA = range(1577836800, 4102444800)  # seconds since 1970: the years 2020 to 2099

_BCRYPT = r"\$2[abxy]\$\d\d\$[./A-Za-z0-9]"
_KINDS = {
    "token": r"(?<![\w-])eyJ[\w-]*\.[\w-]+\.[\w-]*",
    "hash": rf"{_BCRYPT}{{53}}(?![A-Za-z0-9])|\$argon2[a-z]+\$[^\s\"'<>]+",
    "salt": rf"{_BCRYPT}{{22}}(?![A-Za-z0-9])",
    "port": r"(?:(?<=127\.0\.0\.1:)|(?<=localhost:))\d{2,5}\b",
    "time": r"\b20[2-9]\d-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?"
    r"|\b[MTWFS][a-z]{2}, \d\d [A-Z][a-z]{2} 20[2-9]\d \d\d:\d\d:\d\d GMT"
    r"|(?<![\w.])[1-4]\d{9}(?:\.\d+)?(?!\w|\.\w)",
    "milliseconds": r"(?<![\w.])[1-4]\d{12}(?!\w|\.\w)",
    "digest": r"\b[0-9a-f]{64}\b",  # SHA-256 in hex
    "id": r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|(?<![\w-])[\w-]{20,}(?![\w-])",
}
_PATTERN = re.compile("|".join(f"(?P<{kind}>{regex})" for kind, regex in _KINDS.items()), re.ASCII)
_CAMEL_CASE = re.compile(r"[a-z]*(?:[A-Z][a-z]{2,}|[0-9]+)+[A-Z]{0,4}")
_HEX = re.compile(r"[0-9a-f-]+")


def find_volatile(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield kind, start and end of each part of `text` that differs in every run."""
    for match in _PATTERN.finditer(text):
        kind, value = str(match.lastgroup), match[0]
        if kind in ("time", "milliseconds"):
            moment = epoch_seconds(value)
            recognised = moment is not None and int(moment) in ERA
        else:
            recognised = kind != "id" or looks_random(value)
        if recognised:
            yield kind, match.start(), match.end()


def epoch_seconds(value: str) -> float | None:
    """Return seconds since 1970 for an epoch in (milli)seconds, an ISO or HTTP date, else None."""
    if re.fullmatch(r"\d+(\.\d+)?", value):
        return float(value) / (1000 if float(value) > 1e11 else 1)
    try:
        read = parsedate_to_datetime if value[:1].isalpha() else datetime.fromisoformat
        moment = read(value)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def looks_random(word: str) -> bool:
    """Return True if `word` looks like random bytes in base64url or hex, not like a name.

    It misses 3 of 10,000 random words of 22 characters, and almost none of 32 characters.
    """
    if _HEX.fullmatch(word) and re.search(r"\d", word):
        return True
    if _CAMEL_CASE.fullmatch(word):
        return False
    # In random characters the class (a, A, 7) changes all the time, in words and names rarely.
    classes = re.sub(r"[a-z]", "a", re.sub(r"[A-Z]", "A", re.sub(r"\d", "7", word)))
    pairs = zip(classes, classes[1:], strict=False)
    changes = sum(one != next_ and one in "aA7" and next_ in "aA7" for one, next_ in pairs)
    mixed = 4 * min(classes.count("a"), classes.count("A")) >= len(word)
    return mixed or changes * 5 >= len(word)
