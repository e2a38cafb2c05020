"""Read one Set-Cookie line as a browser does (RFC 6265bis draft 22 §5.6).

`parse` is the one parser of Set-Cookie lines in this project:

    cookie = parse("TRAX=ada; Path=/; Max-Age=60; Secure")
    cookie.name, cookie.value     -> "TRAX", "ada"
    cookie.has("secure")          -> True
    cookie.get("max-age")         -> "60"

It never fails and judges nothing. Whether a browser stores the cookie is decided in
`store_rules.py`.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from classroom.browser_model.profiles import Profile
from classroom.browser_model.sites import path

LONGEST_LIFE = 400 * 24 * 3600  # seconds
LONGEST_ATTRIBUTE = 1024  # bytes
LONG_AGO = float("-inf")  # the earliest time there is: such a cookie has expired
PREFIXES = ("__Host-Http-", "__Host-", "__Http-", "__Secure-")  # the longest first
SAME_SITE = {"strict": "Strict", "lax": "Lax", "none": "None"}
# All control characters but the tab
CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Every ASCII character but letters, digits, the colon and control characters separates tokens.
DELIMITERS = re.compile(r"[\t\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+")
TIME = re.compile(r"(\d{1,2}):(\d{1,2}):(\d{1,2})(?!\d)")
DAY = re.compile(r"(\d{1,2})(?!\d)")
YEAR = re.compile(r"(\d{2,4})(?!\d)")


class Attribute(NamedTuple):
    """One attribute as the line spells it; the value of a bare flag is empty."""

    name: str
    value: str

    @property
    def key(self) -> str:
        """The name in lower case, as browsers compare it."""
        return self.name.lower()

    @property
    def too_long(self) -> bool:
        """Is the value too long, so that a browser ignores the attribute (§5.6)?"""
        return size(self.value) > LONGEST_ATTRIBUTE


@dataclass(frozen=True)
class SetCookie:
    """The parts of a line: name, value, and all attributes in their order.

    `has` and `get` want the attribute's name in lower case.
    """

    name: str
    value: str
    attributes: tuple[Attribute, ...] = ()
    has_controls: bool = False

    def has(self, name: str) -> bool:
        """Return True if the attribute is there, with any value: `Secure=false` is there."""
        return self.last(name) is not None

    def get(self, name: str) -> str:
        """Return the value of the last attribute of this name; empty if there is none."""
        attribute = self.last(name)
        return attribute.value if attribute else ""

    def last(self, name: str) -> Attribute | None:
        """Return the last attribute of this name, which is the one that counts."""
        return next((one for one in reversed(self._all(name))), None)

    @property
    def prefix(self) -> str:
        """The protected prefix of the name in its usual spelling; empty if there is none."""
        return protected_prefix(self.name)

    @property
    def size(self) -> int:
        """The bytes of name and value together."""
        return size(self.name) + size(self.value)

    @property
    def same_site(self) -> str:
        """Strict, Lax or None; empty if the last SameSite is absent or unknown."""
        return SAME_SITE.get(self.get("samesite").lower(), "")

    @property
    def domain(self) -> str:
        """The Domain attribute in lower case without a leading dot; empty if absent."""
        return self.get("domain").lower().removeprefix(".")

    def path(self, url: str) -> str:
        """Return the Path attribute, or else the directory of the request (§5.1.4)."""
        wanted = self.get("path")
        return wanted if wanted.startswith("/") else default_path(url)

    def expires(self, now: float, profile: Profile) -> float | None:
        """Return when the cookie expires in epoch seconds, at most 400 days from `now`.

        None is a session cookie. Max-Age beats Expires.
        """
        ages = [read_max_age(one.value, profile) for one in self._all("max-age")]
        ages = [age for age in ages if age is not None]
        if ages:
            return now + min(ages[-1], LONGEST_LIFE) if ages[-1] > 0 else LONG_AGO
        ends = [read_date(one.value) for one in self._all("expires")]
        ends = [end for end in ends if end is not None]
        return min(ends[-1], now + LONGEST_LIFE) if ends else None

    def _all(self, name: str) -> list[Attribute]:
        return [one for one in self.attributes if one.key == name and not one.too_long]


def parse(line: str) -> SetCookie:
    """Return the parts of one Set-Cookie line (without "Set-Cookie:"); any text has some."""
    pair, *rest = line.split(";")
    name, equals, value = pair.partition("=")
    if not equals:
        # `Set-Cookie: token` is a cookie without a name, not one without a value.
        name, value = "", pair
    attributes = tuple(_attribute(part) for part in rest if part.strip(" \t"))
    return SetCookie(name.strip(" \t"), value.strip(" \t"), attributes, bool(CONTROLS.search(line)))


def protected_prefix(text: str) -> str:
    """Return the prefix with which a text starts, in any case: `__host-x` gives `__Host-`."""
    return next((one for one in PREFIXES if text.lower().startswith(one.lower())), "")


def read_max_age(text: str, profile: Profile) -> int | None:
    """Return the seconds of a Max-Age, or None if the browser ignores the text (§5.6.2)."""
    number = r"[+-]?\d+" if profile.plus_is_a_number else r"-?\d+"
    return int(text) if re.fullmatch(number, text, re.ASCII) else None


def read_date(text: str) -> float | None:
    """Return the epoch seconds of a cookie date, or None if a browser ignores it (§5.1.1).

    The algorithm ignores time zones: every date is read as UTC.
    """
    found = _parts_of_date(text)
    if len(found) < 4:
        return None
    year, month, day = found["year"][0], found["month"][0], found["day"][0]
    # Two digits mean 1970 to 2069; years before 1601 are not accepted.
    year += 1900 if 70 <= year <= 99 else 2000 if year <= 69 else 0
    if year < 1601:
        return None
    try:
        return datetime(year, month, day, *found["time"], tzinfo=UTC).timestamp()
    except ValueError:
        return None


def default_path(url: str) -> str:
    """Return the directory of a request, without the last slash: `/api/x` gives `/api`."""
    return path(url).rpartition("/")[0] or "/"


def size(text: str) -> int:
    """Return how many bytes a text has; a lone surrogate, which UTF-8 cannot encode, has three."""
    return len(text.encode("utf-8", "surrogatepass"))


def _attribute(part: str) -> Attribute:
    name, _, value = part.partition("=")
    return Attribute(name.strip(" \t"), value.strip(" \t"))


def _parts_of_date(text: str) -> dict[str, tuple[int, ...]]:
    """Find time, day, month and year in any order; the first token that fits a part is taken."""
    found: dict[str, tuple[int, ...]] = {}
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
    match = pattern.match(token)
    return tuple(int(group) for group in match.groups()) if match else ()
