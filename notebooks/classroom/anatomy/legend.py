"""How one part of a value looks as HTML: underlined in the value, explained in the legend.

Left out: the order of the parts (parts.py).
"""

from typing import TYPE_CHECKING

from classroom.display import html
from classroom.display.labels import Volatile
from classroom.display.text import cut, plain

if TYPE_CHECKING:
    from classroom.anatomy.parts import Part

WIDTH = 44  # characters of a part that the legend shows
NAME_WIDTH = 20  # of a part's name; a token's claims may have any name
_BADGE = "border-radius:9px;color:#fff;padding:0 6px;margin:0 3px;font-size:14px;font-weight:bold"


def name(part: "Part") -> str:
    """Return the part's name, cut short if it is long."""
    return plain(cut([part.name], NAME_WIDTH))


def _badge(number: int) -> str:
    color = html.SOLID[(number - 1) % len(html.SOLID)]
    return html.tag("span", str(number), f"background:{color};{_BADGE}")


def underlined(number: int, part: "Part") -> str:
    """Return the part as it stands in the value, as HTML, after its number."""
    tint = html.TINT[(number - 1) % len(html.TINT)]
    source = "".join(
        html.bare(piece) if isinstance(piece, Volatile) else html.escape(piece)
        for piece in part.source or []
    )
    underline = f"border-bottom:3px solid rgb({tint});padding-bottom:2px"
    return _badge(number) + html.tag("span", source, underline)


def row(number: int, part: "Part") -> str:
    """Return the line of the legend for a part, as HTML; number 0 is none."""
    shown = cut(part.shown, WIDTH)
    # What stands in the value's own line, numbered, need not stand here again.
    value = html.named(shown) if number else html.pieces(shown)
    indent = "padding-left:0" if number else "padding-left:14px"
    cells = [
        html.tag("span", _badge(number) if number else "", "flex:0 0 26px"),
        html.tag("b", html.escape(name(part)), f"flex:0 0 100px;box-sizing:border-box;{indent}"),
        html.tag("span", value, f"{html.MONO};flex:1 1 190px", "mono"),
        html.tag("span", html.escape(part.meaning) + _flag(part.flag), "flex:3 1 340px"),
    ]
    shape = "display:flex;flex-wrap:wrap;gap:2px 10px;padding:3px 0;align-items:baseline"
    return html.tag("div", "".join(cells), shape)


def _flag(sentence: str) -> str:
    if not sentence:
        return ""
    style = "border:2px solid #d4480b;border-radius:6px;padding:1px 8px;margin-top:2px"
    return html.tag("div", "▲ " + html.escape(sentence), style)
