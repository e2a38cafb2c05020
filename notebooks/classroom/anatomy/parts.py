"""A value taken apart, and how it is displayed: the value itself, numbered, and a legend.

Left out: the parts of each kind of value (hashed.py, token.py, set_cookie.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import Volatile
from classroom.display.text import Pieces, cut, plain

WIDTH = 44  # characters of a part that the legend shows
NAME_WIDTH = 20  # of a part's name; a token's claims may have any name
_BADGE = "border-radius:9px;color:#fff;padding:0 6px;margin:0 3px;font-size:14px;font-weight:bold"


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

    def as_html(self) -> str:
        """Return the value in underlined, numbered parts, and the legend below."""
        value = html.named(cut(self.value, WIDTH))
        title = html.tag("b", html.escape(self.kind)) + " " + html.tag("span", value, "", "mono")
        title += html.tag("span", html.escape(self._note()), css="soft")
        spelled = "".join(
            html.escape(piece) if isinstance(piece, str) else _underlined(number, piece)
            for number, piece in self._spelled()
        )
        line = f"{html.MONO};font-size:15px;line-height:2.1;margin:4px 0 8px;word-break:break-all"
        rows = "".join(_legend_row(number, part) for number, part in self._numbered())
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


def _underlined(number: int, part: Part) -> str:
    """Return the part as it stands in the value, as HTML, after its number."""
    tint = html.TINT[(number - 1) % len(html.TINT)]
    source = "".join(
        html.bare(piece) if isinstance(piece, Volatile) else html.escape(piece)
        for piece in part.source or []
    )
    underline = f"border-bottom:3px solid rgb({tint});padding-bottom:2px"
    return _badge(number) + html.tag("span", source, underline)


def _legend_row(number: int, part: Part) -> str:
    """Return the line of the legend for a part, as HTML; number 0 is none."""
    shown = cut(part.shown, WIDTH)
    # The value's own line shows a numbered part in full, so here its label is enough.
    value = html.named(shown) if number else html.pieces(shown)
    indent = "padding-left:0" if number else "padding-left:14px"
    name = html.escape(part.short_name)
    cells = [
        html.tag("span", _badge(number) if number else "", "flex:0 0 26px"),
        html.tag("b", name, f"flex:0 0 100px;box-sizing:border-box;{indent}"),
        html.tag("span", value, f"{html.MONO};flex:1 1 190px", "mono"),
        html.tag("span", html.escape(part.meaning) + _flag(part.flag), "flex:3 1 340px"),
    ]
    shape = "display:flex;flex-wrap:wrap;gap:2px 10px;padding:3px 0;align-items:baseline"
    return html.tag("div", "".join(cells), shape)


def _badge(number: int) -> str:
    color = html.SOLID[(number - 1) % len(html.SOLID)]
    return html.tag("span", str(number), f"background:{color};{_BADGE}")


def _flag(sentence: str) -> str:
    if not sentence:
        return ""
    style = "border:2px solid #d4480b;border-radius:6px;padding:1px 8px;margin-top:2px"
    return html.tag("div", "▲ " + html.escape(sentence), style)
