"""The forgiving reading of a cookie date (RFC 6265bis draft 22 §5.1.1).

Left out: time zones, which the algorithm ignores too; every date is read as UTC.
"""

import re
from datetime import UTC, datetime

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Everything that is no letter, digit, colon or non-ASCII byte separates the parts.
BETWEEN = re.compile(r"[\t\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+")
TIME = re.compile(r"(\d{1,2}):(\d{1,2}):(\d{1,2})(?!\d)")
DAY = re.compile(r"(\d{1,2})(?!\d)")
YEAR = re.compile(r"(\d{2,4})(?!\d)")


def read(text: str) -> float | None:
    """Return the epoch seconds of a cookie date, or None when a browser would ignore it."""
    found = _parts(text)
    if len(found) < 4:
        return None
    year, month, day = found["year"][0], found["month"][0], found["day"][0]
    # Two digits mean 1970 to 2069; years before 1601 are refused.
    year += 1900 if 70 <= year <= 99 else 2000 if year <= 69 else 0
    if year < 1601:
        return None
    try:
        return datetime(year, month, day, *found["time"], tzinfo=UTC).timestamp()
    except ValueError:
        return None


def _parts(text: str) -> dict[str, tuple[int, ...]]:
    """Find time, day, month and year in any order; the first fitting token wins each."""
    found: dict[str, tuple[int, ...]] = {}
    for token in BETWEEN.split(text):
        for part, value in _readings(token):
            if value and part not in found:
                found[part] = value
                break
    return found


def _readings(token: str) -> list[tuple[str, tuple[int, ...]]]:
    month = token[:3].lower()
    return [
        ("time", _numbers(TIME, token)),
        ("day", _numbers(DAY, token)),
        ("month", (MONTHS.index(month) + 1,) if month in MONTHS else ()),
        ("year", _numbers(YEAR, token)),
    ]


def _numbers(pattern: re.Pattern[str], token: str) -> tuple[int, ...]:
    match = pattern.match(token)
    return tuple(int(group) for group in match.groups()) if match else ()
