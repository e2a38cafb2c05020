"""Read the date of an `Expires` attribute as Chromium does (RFC 6265bis draft 22 §5.6.1, nearly).

The date is divided into tokens, and the first token that fits a part of a date is that part. Time
zones are ignored: every date is read as UTC. Firefox has another parser (`firefox_dates.py`).
"""

import re
from datetime import UTC, datetime

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Every ASCII character but letters, digits, the colon and control characters separates tokens.
DELIMITERS = re.compile(r"[\t\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+")
TIME = re.compile(r"(\d+):(\d+):(\d+)", re.ASCII)
DAY = re.compile(r"\d{1,2}", re.ASCII)
YEAR = re.compile(r"\d{1,5}", re.ASCII)
LONG_AGO = float("-inf")  # the earliest time there is: such a cookie has expired
NEVER = float("inf")

Parts = dict[str, tuple[int, ...]]


def chromium_date(text: str) -> float | None:
    """Return the epoch seconds of a cookie date, or None if Chromium cannot read it.

    chromium_date("Fri, 01 Jan 2027 03:00:00 +0300") -> that of 03:00 UTC
    chromium_date("31 Feb 2027 00:00:00"), chromium_date("1 Jan 2027") -> None
    """
    found = _parts(text)
    if len(found) < 4:
        return None
    (year,), (month,), (day,) = found["year"], found["month"], found["day"]
    return epoch_seconds(full_year(year), month, day, found["time"])


def full_year(year: int) -> int:
    """Return the year that is meant: two digits stand for 1970 to 2069."""
    return year + (1900 if 70 <= year <= 99 else 2000 if year <= 69 else 0)


def epoch_seconds(year: int, month: int, day: int, time: tuple[int, ...]) -> float | None:
    """Return a date of UTC as epoch seconds; None if there is no such day or time."""
    shown = year if 0 < year <= datetime.max.year else 2000 + year % 400  # the same calendar
    try:
        seconds = datetime(shown, month, day, *time, tzinfo=UTC).timestamp()
    except ValueError:
        return None
    return seconds if year == shown else NEVER


def _parts(text: str) -> Parts:
    """Find time, day, month and year in any order."""
    found: Parts = {}
    for token in DELIMITERS.split(text):
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
    match = pattern.fullmatch(token)
    digits = match.groups() or (match[0],) if match else ()
    # No part of a date needs more than five digits, and Python's numbers have limits.
    return tuple(int(one.lstrip("0")[:6] or 0) for one in digits)
