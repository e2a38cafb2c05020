"""A value taken apart, and how it is displayed: the value itself, numbered, and a legend.

Left out: the parts of each kind of value (hash_labels.py, token.py, set_cookie.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import split_volatile
from classroom.display.text import Pieces, cut, plain

WIDTH = 44  # characters of a part that the legend shows
LONGEST = 16_384  # characters of a part that are searched for volatile values, and shown in full
NAME_WIDTH = 20  # of a part's name; a token's claims may have any name


def labelled(text: str) -> Pieces:
    """Return `text` with its volatile values apart, or as it is if it is longer than LONGEST."""
    return split_volatile(text) if len(text) <= LONGEST else [text]


def bits_of_base64(text: str) -> int:
    """Return how many bits a text in base64 stands for, in whole bytes."""
    return len(text.rstrip("=")) * 6 // 8 * 8


@dataclass(frozen=True)
class Part:
    """One part: its name, how the legend shows it, what it means, and what is wrong with it.

    `source` is the part as the value has it, None for a part that only the legend has.
    """

    name: str
    shown: Pieces
    meaning: str
    flag: str = ""
    source: Pieces | None = None

    @property
    def short_name(self) -> str:
        """The part's name, cut short if it is long."""
        return plain(cut([self.name], NAME_WIDTH))


@dataclass(frozen=True, repr=False)
class Anatomy(Displayable):
    """A value taken apart: `spelled` has its parts in order, and the text between them as str."""

    kind: str
    value: Pieces
    spelled: tuple[str | Part, ...]
    note: str = ""

    @property
    def parts(self) -> list[Part]:
        """The parts in order, without the text between them."""
        return [part for part in self.spelled if isinstance(part, Part)]

    def as_text(self) -> str:
        """Return the value's label and a line for each part."""
        rows = [(number, part, plain(cut(part.shown, WIDTH))) for number, part in self._numbered()]
        names = max(len(part.short_name) for _, part, _ in rows)
        width = min(max(len(shown) for *_, shown in rows), 26)
        lines = [self.kind + " " + plain(cut(self.value, WIDTH)) + self._note()]
        for number, part, shown in rows:
            line = f"{number or '':1} {part.short_name:{names}}  {shown:{width}}  {part.meaning}"
            lines += [line.rstrip(), *([f"  ▲ {part.flag}"] if part.flag else [])]
        return "\n".join(lines)

    def as_html(self) -> Markup:
        """Return the value in underlined, numbered parts, and the legend below."""
        return html.render(
            "anatomy",
            kind=self.kind,
            value=cut(self.value, WIDTH),
            note=self._note(),
            spelled=[
                (number, piece if isinstance(piece, str) else cut(piece.source or [], LONGEST))
                for number, piece in self._spelled()
            ],
            legend=[(number, part, cut(part.shown, WIDTH)) for number, part in self._numbered()],
        )

    def _note(self) -> str:
        return f", {self.note}" if self.note else ""

    def _spelled(self) -> Iterator[tuple[int, str | Part]]:
        number = 0
        for piece in self.spelled:
            if isinstance(piece, str):
                yield 0, piece
            elif piece.source is not None:
                number += 1
                yield number, piece

    def _numbered(self) -> list[tuple[int, Part]]:
        """Return all parts, those of the value with their number, the others with 0."""
        numbers = {id(part): number for number, part in self._spelled() if number}
        return [(numbers.get(id(part), 0), part) for part in self.parts]
