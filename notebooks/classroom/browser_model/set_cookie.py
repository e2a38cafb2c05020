"""Reading one Set-Cookie line as a browser does (RFC 6265bis draft 22 §5.6).

Left out: any judgement. A line is taken apart here; whether it is obeyed is decided in `store.py`.
"""

import re
from dataclasses import dataclass

from classroom.browser_model import dates
from classroom.browser_model.profiles import Profile
from classroom.browser_model.sites import path

LONGEST_LIFE = 400 * 24 * 3600
LONGEST_ATTRIBUTE = 1024
SAME_SITE = {"strict": "Strict", "lax": "Lax", "none": "None"}
# All control characters but the tab
CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


@dataclass(frozen=True)
class SetCookie:
    """A taken-apart line: name, value, and the attributes in their order, names in lower case."""

    name: str
    value: str
    attributes: tuple[tuple[str, str], ...] = ()
    has_controls: bool = False

    def has(self, name: str) -> bool:
        """Say whether the attribute is there at all; `Secure=false` is there."""
        return any(key == name for key, _ in self.attributes)

    def last(self, name: str) -> str:
        """Return the value of the last attribute of this name, or an empty text."""
        return next((value for key, value in reversed(self.attributes) if key == name), "")

    @property
    def same_site(self) -> str:
        """Strict, Lax, None, or empty when absent or unknown; the last one counts."""
        return SAME_SITE.get(self.last("samesite").lower(), "")

    @property
    def domain(self) -> str:
        """The Domain attribute in lower case without a leading dot; empty when absent."""
        return self.last("domain").lower().removeprefix(".")

    def path(self, url: str) -> str:
        """Return the Path attribute, or the directory of the request (§5.1.4)."""
        wanted = self.last("path")
        return wanted if wanted.startswith("/") else default_path(url)

    def expires(self, now: float, profile: Profile) -> float | None:
        """Return when it ends in epoch seconds, at most 400 days ahead; None is a session."""
        number = r"[+-]?\d+" if profile.plus_is_a_number else r"-?\d+"
        ages = [value for key, value in self.attributes if key == "max-age"]
        ages = [value for value in ages if re.fullmatch(number, value, re.ASCII)]
        if ages:
            return now + min(int(ages[-1]), LONGEST_LIFE)
        ends = [dates.read(value) for key, value in self.attributes if key == "expires"]
        known = [end for end in ends if end is not None]
        return min(known[-1], now + LONGEST_LIFE) if known else None


def default_path(url: str) -> str:
    """Return the directory of a request, without the last slash: `/api/x` gives `/api`."""
    return path(url).rpartition("/")[0] or "/"


def parse(line: str) -> SetCookie:
    """Take one Set-Cookie line apart; nothing is refused here, oddities are kept."""
    pair, *rest = line.split(";")
    name, equals, value = pair.partition("=")
    if not equals:
        # `Set-Cookie: token` is a cookie without a name, not one without a value.
        name, value = "", pair
    attributes = [_attribute(part) for part in rest]
    kept = tuple(one for one in attributes if len(one[1].encode()) <= LONGEST_ATTRIBUTE)
    return SetCookie(name.strip(" \t"), value.strip(" \t"), kept, bool(CONTROLS.search(line)))


def _attribute(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return name.strip(" \t").lower(), value.strip(" \t")
