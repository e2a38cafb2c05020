"""Read one Set-Cookie line as a browser does (RFC 6265bis draft 22 §5.6).

`parse` is the one parser of Set-Cookie lines in this project:

    cookie = parse("TRAX=ada; Path=/; Max-Age=60; Secure")
    cookie.name, cookie.value     -> "TRAX", "ada"
    cookie.has("secure")          -> True
    cookie.get("max-age")         -> "60"

It never fails and judges nothing. Whether a browser stores the cookie is decided in
`store_rules.py`. Where the browsers read a line differently, `profiles.py` says how.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from classroom.browser_model.dates import LONG_AGO
from classroom.browser_model.profiles import CHROMIUM, Profile
from classroom.browser_model.sites import path

LONGEST_LIFE = 400 * 24 * 3600  # seconds
LONGEST_ATTRIBUTE = 1024  # bytes
PREFIXES = ("__Host-Http-", "__Host-", "__Http-", "__Secure-")  # the longest first
SAME_SITE = {"strict": "Strict", "lax": "Lax", "none": "None"}
# All control characters but the tab
CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


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

    def ignored(self, profile: Profile) -> bool:
        """Return True if this browser ignores the attribute because of its length."""
        return self.too_long and self.key not in profile.may_be_long


@dataclass(frozen=True)
class SetCookie:
    """The parts of a line as `reader` reads them: name, value, all attributes in their order.

    `has` and `get` want the attribute's name in lower case.
    """

    name: str
    value: str
    attributes: tuple[Attribute, ...] = ()
    has_controls: bool = False
    reader: Profile = CHROMIUM

    def has(self, name: str) -> bool:
        """Return True if the attribute is there, with any value: `Secure=false` is there."""
        return self.last(name) is not None

    def get(self, name: str) -> str:
        """Return the value of the last attribute of this name; empty if there is none."""
        attribute = self.last(name)
        return attribute.value if attribute else ""

    def last(self, name: str) -> Attribute | None:
        """Return the last attribute of this name: it counts, even if its value is unreadable."""
        for one in reversed(self.attributes):
            if one.key == name and not one.ignored(self.reader):
                return one
        return None

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
        wanted = self.get("domain").lower()
        return wanted.removeprefix(".") or wanted  # a dot alone is no absent Domain

    def path(self, url: str) -> str:
        """Return the Path attribute, or else the directory of the request (§5.1.4)."""
        wanted = self.get("path")
        return wanted if wanted.startswith("/") else default_path(url)

    def expires(self, now: float) -> float | None:
        """Return when the cookie expires in epoch seconds, at most 400 days from `now`.

        None is a session cookie. Max-Age beats Expires.
        """
        age = read_max_age(self.get("max-age"), self.reader)
        if age is not None:
            return now + min(age, LONGEST_LIFE) if age > 0 else LONG_AGO
        end = self.reader.read_date(self.get("expires"))
        return None if end is None else min(end, now + LONGEST_LIFE)


def parse(line: str, reader: Profile = CHROMIUM) -> SetCookie:
    """Return the parts of one Set-Cookie line (without "Set-Cookie:"); any text has some."""
    pair, *rest = line.split(";")
    name, equals, value = pair.partition("=")
    if not equals and not reader.bare_text_is_a_name:
        # `Set-Cookie: token` is a cookie without a name, not one without a value (§5.6).
        name, value = "", pair
    name, value = name.strip(" \t"), value.strip(" \t")
    attributes = tuple(_attribute(part) for part in rest if part.strip(" \t"))
    tabs = any(
        "\t" in text for text in (name, value, *(text for one in attributes for text in one))
    )
    controls = bool(CONTROLS.search(line)) or (tabs and not reader.tabs_are_text)
    return SetCookie(name, value, attributes, controls, reader)


def protected_prefix(text: str) -> str:
    """Return the prefix with which a text starts, in any case: `__host-x` gives `__Host-`."""
    return next((one for one in PREFIXES if text.lower().startswith(one.lower())), "")


def read_max_age(text: str, profile: Profile) -> int | None:
    """Return the seconds of a Max-Age, or None if the browser ignores the text (§5.6.2)."""
    if text.startswith("-") and profile.minus_is_the_past:
        return -1
    number = r"[+-]?\d+" if profile.plus_is_a_number else r"\d+"
    return int(text) if re.fullmatch(number, text, re.ASCII) else None


def default_path(url: str) -> str:
    """Return the directory of a request, without the last slash: `/api/x` gives `/api`."""
    return path(url).rpartition("/")[0] or "/"


def size(text: str) -> int:
    """Return how many bytes a text has; a lone surrogate, which UTF-8 cannot encode, has three."""
    return len(text.encode("utf-8", "surrogatepass"))


def _attribute(part: str) -> Attribute:
    name, _, value = part.partition("=")
    return Attribute(name.strip(" \t"), value.strip(" \t"))
