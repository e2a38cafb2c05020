"""Read the date of an `Expires` attribute as Firefox does: any date that a person might write.

It is no parser of the cookie standard. It converts time zones, needs no time, and lets a day or a
time overflow: 31 February is 3 March, 24:00 is the next day. Left out: a time without seconds is
up to 80 seconds off in Firefox, because it reads the next character as a digit.
"""

import re
from datetime import UTC, datetime, timedelta

from classroom.browser_model.dates import LONG_AGO, MONTHS, NEVER, full_year

# Time zones by their names, in hours
ZONES = {"gmt": 0, "wet": 0, "bst": 1, "met": 1, "eet": 2, "jst": 9, "nst": -3.5, "ast": -4}
ZONES |= {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}
LAST_YEAR = 32767

TOKEN_END = re.compile(r"(?=[ \t,;/()\[\]+-])|$")
BETWEEN = re.compile(r"[ \t,;/()\[\]]*")
WORD = re.compile(r"[a-z]+", re.IGNORECASE)
OFFSET = re.compile(r"([+-])(\d{4}|\d{1,2})(?!\d)", re.ASCII)
TIME_LIKE = re.compile(r"\d+:", re.ASCII)
TIME = re.compile(
    r"(\d{1,2}):(\d{1,2})(?!\d|:\d{3})(?::(\d{0,2}))?(?:[ \t]*([ap])m)?", re.ASCII | re.IGNORECASE
)
DATE_LIKE = re.compile(r"\d+[/-]\d", re.ASCII)
DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4,5}|\d{1,2})(?![0-9a-z])", re.ASCII | re.I)
NUMBER = re.compile(r"\d{1,5}(?![\da-z])", re.ASCII | re.IGNORECASE)


def firefox_date(text: str) -> float | None:
    """Return the epoch seconds of a cookie date, or None if Firefox cannot read it.

    firefox_date("Fri, 01 Jan 2027 03:00:00 +0300") -> that of 00:00 UTC
    firefox_date("31 Feb 2027") -> that of 3 March 2027, 00:00 UTC
    """
    date, place = _Date(), BETWEEN.match(text).end()
    while place < len(text):
        place = TOKEN_END.search(text, date.take(text, place)).start()
        place = _next_token(text, place, date)
    return date.epoch_seconds()


def _next_token(text: str, place: int, date: "_Date") -> int:
    """Return where the next token begins; a dash begins one only as the sign of a number."""
    while True:
        place = BETWEEN.match(text, place).end()
        if text[place : place + 1] != "-":
            return place
        after_word = place and text[place - 1].isalpha() and date.year is None
        if not after_word and text[place + 1 : place + 2].isdigit():
            return place
        place += 1


class _Date:
    """The parts of a date that were found so far; the first find of each part counts."""

    def __init__(self) -> None:
        self.day = self.month = self.year = self.zone = self.offset = self.time = None

    def take(self, text: str, place: int) -> int:
        """Read the token at `place` if it is a part of a date; return where to look on."""
        if match := WORD.match(text, place):
            self._word(match[0].lower())
        elif match := OFFSET.match(text, place):
            self._offset(match)
        elif TIME_LIKE.match(text, place):
            if (match := TIME.match(text, place)) and not self.time:
                self._time(match)
        elif DATE_LIKE.match(text, place):
            match = DATE.match(text, place)
            if match and self.month is None and self._date(*map(int, match.groups())):
                return match.end()
        elif match := NUMBER.match(text, place):
            self._number(match[0])
        return place + 1

    def _word(self, word: str) -> None:
        if word[:3] in MONTHS and self.month is None:
            self.month = MONTHS.index(word[:3]) + 1
        elif self.zone is None:
            self.zone = 0 if word == "ut" else ZONES.get(word[:3])

    def _offset(self, match: re.Match[str]) -> None:
        # GMT+0300 is a time zone, PST+0300 is not.
        if self.offset is None and not self.zone:
            hours, minutes = match[2][:2], match[2][2:] or 0
            self.offset = int(match[1] + "1") * (int(hours) + int(minutes) / 60)

    def _time(self, match: re.Match[str]) -> None:
        hour, half = int(match[1]), (match[4] or "").lower()
        if half and hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        self.time = hour, int(match[2]), int(match[3] or 0)

    def _date(self, first: int, second: int, third: int) -> bool:
        """Take month/day/year, or day/month/year or year/month/day where only that is possible.

        Return False if the three numbers may still be something else.
        """
        if first > 31 or first == 0:
            if second > 12 or third > 31:
                return False
            self.year, self.month, self.day = full_year(first), second, third
        elif first <= 12:
            self.month, self.day, self.year = first, second, full_year(third)
        elif second <= 12:
            self.day, self.month, self.year = first, second, full_year(third)
        return True

    def _number(self, digits: str) -> None:
        number, length = int(digits), len(digits)
        if length <= 2 and self.day is None and number < 32:
            self.day = number
        elif length in (4, 5) and self.year is None:
            self.year = number
        elif length == 2 and self.year is None:
            self.year = full_year(number)

    def epoch_seconds(self) -> float | None:
        """Return the date as epoch seconds; None if day, month or year is missing."""
        if None in (self.day, self.month, self.year) or self.year > LAST_YEAR:
            return None
        if not 1 < self.year < datetime.max.year:
            return NEVER if self.year > 1 else LONG_AGO
        year, month = (self.year, self.month) if self.month else (self.year - 1, 12)
        hours, minutes, seconds = self.time or (0, 0, 0)
        hours -= self.offset if self.offset is not None else self.zone or 0
        more = timedelta(days=self.day - 1, hours=hours, minutes=minutes, seconds=seconds)
        return (datetime(year, month, 1, tzinfo=UTC) + more).timestamp()
