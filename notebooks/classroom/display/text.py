"""Show text as text: make hidden characters visible, put labels into it, cut long lines."""

import unicodedata
from collections.abc import Iterable

from classroom.display.labels import Volatile, split_volatile

Pieces = list[str | Volatile]
# Control, format (bidi, zero width) and surrogate characters, line and paragraph separators.
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_UNITS = (("d", 86400), ("h", 3600), ("min", 60), ("s", 1))


class _Visible(dict[int, str]):
    """What `str.translate` puts in the place of each character; filled while it is used."""

    def __missing__(self, code: int) -> str:
        """Return the character of this code point, or its escape if it is a hidden one."""
        character = chr(code)
        hidden = unicodedata.category(character) in _HIDDEN
        self[code] = shown = _escaped(character) if hidden else character
        return shown


_visible = _Visible()


def visible(text: str) -> str:
    r"""Return `text` with its hidden characters escaped: an escape character becomes `\x1b`.

    Hidden are characters that nobody sees, and those that change the order of others.
    """
    return text if text.isprintable() else text.translate(_visible)


def plain(pieces: Iterable[str | Volatile]) -> str:
    """Return the pieces as one line of text, with the labels of volatile values."""
    return "".join(visible(p if isinstance(p, str) else p.label) for p in pieces)


def labelled(text: str) -> str:
    """Return `text` as one line, with labels, and with hidden characters made visible."""
    return plain(split_volatile(text))


def cut(pieces: Pieces, width: int) -> Pieces:
    """Return the pieces up to `width` characters, and a note that counts the other characters."""
    kept: Pieces = []
    room = width
    for place, piece in enumerate(pieces):
        shown = plain([piece])
        if len(shown) > room:
            left_out = len(shown) - room + len(plain(pieces[place + 1 :]))
            # A label is not cut in half.
            part = [shown[:room]] if isinstance(piece, str) else []
            return [*kept, *part, f"… ({left_out:,} more characters)"]
        kept.append(piece)
        room -= len(shown)
    return kept


def duration(seconds: float, years: bool = False) -> str:
    """Return a time in its two largest units; smaller ones are left out.

    28800 -> "8 h", 28799 -> "7 h 59 min", 400 days -> "400 d", with `years` "1 y 35 d".
    """
    rest, parts = round(abs(seconds)), []
    for unit, size in [("y", 365 * 86400), *_UNITS] if years else _UNITS:
        count, rest = divmod(rest, size)
        if count or parts:
            parts.append(f"{count:,} {unit}" if count else "")
    words = " ".join(part for part in parts[:2] if part) or "0 s"
    return f"-{words}" if seconds < 0 else words


def _escaped(character: str) -> str:
    number = ord(character)
    if character in "\n\r\t":
        return {"\n": r"\n", "\r": r"\r", "\t": r"\t"}[character]
    width, letter = (2, "x") if number < 256 else (4, "u") if number < 65536 else (8, "U")
    return f"\\{letter}{number:0{width}x}"
