"""The parts of a Set-Cookie line, and what a browser makes of each.

Left out: comparing Expires with a clock, and Domain with the host that sends the line.
"""

from dataclasses import dataclass

from classroom.anatomy import attributes, prefixes
from classroom.anatomy.parts import Anatomy, Part
from classroom.display.labels import split_volatile
from classroom.display.text import plain

MAX_BYTES = 4096  # of name and value together (RFC 6265bis draft 22 §5.7)


@dataclass(frozen=True)
class SetCookie:
    """A Set-Cookie line: name, value, and the attributes as they were spelled, in order."""

    name: str
    value: str
    attributes: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str | None:
        """Return the last value of the attribute `name`, in lower case, "" for a bare flag."""
        values = [value for key, value in self.attributes if key.lower() == name]
        return values[-1] if values else None


def parse(line: str) -> SetCookie:
    """Read a Set-Cookie line as browsers do (RFC 6265bis draft 22 §5.6)."""
    first, *rest = line.split(";")
    name, equals, value = first.partition("=")
    pairs = [attribute.partition("=") for attribute in rest if attribute.strip()]
    return SetCookie(
        name.strip() if equals else "",
        (value if equals else name).strip(),
        tuple((key.strip(), value.strip()) for key, _, value in pairs),
    )


def anatomy(line: str) -> Anatomy:
    """Return the parts of a Set-Cookie line, those that are missing included."""
    cookie = parse(line)
    size = len((cookie.name + cookie.value).encode("utf-8", "surrogatepass"))
    too_big = f"refused: more than {MAX_BYTES:,} bytes (§5.7)" if size > MAX_BYTES else ""
    name = [cookie.name]
    meaning, flag = prefixes.meaning(cookie.name, cookie.get)
    value = split_volatile(cookie.value)
    parts: list[str | Part] = [
        Part("name", name, meaning, flag, name),
        "=",
        Part("value", value, "sent back as it is; a browser does not read it", too_big, value),
    ]
    for key, text in cookie.attributes:
        shown = split_volatile(f"{key}={text}" if text else key)
        meaning, flag = attributes.meaning(key, text, cookie.get)
        parts += ["; ", Part(_name(key), shown, meaning, flag, shown)]
    for key, meaning in attributes.absent(cookie.get):
        parts.append(Part(key, ["absent"], meaning))
    return Anatomy("Set-Cookie", [plain(name), "=", *value], tuple(parts), attributes.SOURCE)


def _name(key: str) -> str:
    return attributes.SPELLING.get(key.lower(), "unknown")
