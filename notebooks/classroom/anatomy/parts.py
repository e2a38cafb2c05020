"""A value taken apart, and how it is displayed: itself, numbered, and a line for each part.

Left out: what the parts of each kind of value are (hashed.py, token.py, setcookie.py), and how
one part looks as HTML (legend.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from classroom.anatomy import legend
from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.text import Pieces, cut, plain


@dataclass(frozen=True)
class Part:
    """One part: its name, how the legend shows it, what it means, and what is wrong with it.

    `source` is how it stands in the value, None for a part that only the legend has.
    """

    name: str
    shown: Pieces
    meaning: str
    flag: str = ""
    source: Pieces | None = None


@dataclass(frozen=True, repr=False)
class Anatomy(Displayable):
    """A value taken apart: `spelled` is what it consists of, glue between the parts as str."""

    kind: str
    value: Pieces
    spelled: tuple[str | Part, ...]
    note: str = ""

    @property
    def parts(self) -> list[Part]:
        """The parts without the glue, in order."""
        return [part for part in self.spelled if isinstance(part, Part)]

    def as_text(self) -> str:
        """Return the value's label and a line for each part."""
        rows = [
            (number, part, plain(cut(part.shown, legend.WIDTH)))
            for number, part in self._numbered()
        ]
        names = max(len(legend.name(part)) for _, part, _ in rows)
        width = min(max(len(shown) for *_, shown in rows), 26)
        lines = [self.kind + " " + plain(cut(self.value, legend.WIDTH)) + self._note()]
        for number, part, shown in rows:
            line = f"{number or '':1} {legend.name(part):{names}}  {shown:{width}}  {part.meaning}"
            lines += [line.rstrip(), *([f"  ▲ {part.flag}"] if part.flag else [])]
        return "\n".join(lines)

    def as_html(self) -> str:
        """Return the value in underlined, numbered parts, and the legend below."""
        value = html.named(cut(self.value, legend.WIDTH))
        title = html.tag("b", html.escape(self.kind)) + " " + html.tag("span", value, "", "mono")
        title += html.tag("span", html.escape(self._note()), css="soft")
        spelled = "".join(
            html.escape(piece) if isinstance(piece, str) else legend.underlined(number, piece)
            for number, piece in self._spelled()
        )
        line = f"{html.MONO};font-size:15px;line-height:2.1;margin:4px 0 8px;word-break:break-all"
        rows = "".join(legend.row(number, part) for number, part in self._numbered())
        return html.card(html.tag("div", title) + html.tag("div", spelled, line, "mono") + rows)

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
