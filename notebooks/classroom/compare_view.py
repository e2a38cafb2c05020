"""How a comparison is shown: signs and words beside the colours, unchanged stretches left out.

Left out: what is compared with what (compare.py).
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from classroom.display import html
from classroom.display.highlight import highlighted_lines
from classroom.display.text import visible

if TYPE_CHECKING:
    from classroom.compare import Comparison, Line

AROUND = 2  # unchanged lines shown before and after each difference
_SIGNS = {"equal": " ", "removed": "−", "added": "+"}
_TINTS = {"removed": "rgba(236,100,100,.2)", "added": "rgba(63,185,80,.2)"}


def as_text(comparison: "Comparison") -> str:
    """Return a line of counts, the names of both sides, and the differing lines."""
    if _same(comparison):
        return _summary(comparison)
    names = [f"− {visible(comparison.left)}", f"+ {visible(comparison.right)}"]
    lines = [_summary(comparison), *names, ""]
    for line in _near(comparison.lines):
        lines.append("…" if line is None else f"{_SIGNS[line.kind]} {visible(line.text)}".rstrip())
    return "\n".join(lines)


def as_html(comparison: "Comparison") -> str:
    """Return one list of lines for code, two columns for exchanges."""
    if _same(comparison):
        return html.card(html.escape(_summary(comparison)))
    summary = html.tag("div", html.escape(_summary(comparison)), "margin-bottom:8px")
    removed = _name("removed", comparison.left)
    added = _name("added", comparison.right)
    if comparison.code:
        names = html.tag("div", removed + added, "margin-bottom:6px")
        return html.card(summary + names + _code(list(_near(comparison.lines))))
    left = removed + _column(comparison.lines, "removed")
    right = added + _column(comparison.lines, "added")
    half = "flex:1 1 360px;min-width:0"
    pair = "display:flex;flex-wrap:wrap;gap:10px"
    return summary + html.tag("div", html.card(left, half) + html.card(right, half), pair)


def _same(comparison: "Comparison") -> bool:
    return all(line.kind == "equal" for line in comparison.lines)


def _summary(comparison: "Comparison") -> str:
    if _same(comparison):
        return visible(f"no difference between {comparison.left} and {comparison.right}")
    added, removed = comparison.count("added"), comparison.count("removed")
    return f"{added} {'line' if added == 1 else 'lines'} added, {removed} removed"


def _near(lines: Sequence["Line"]) -> Iterator["Line | None"]:
    """Yield the differing lines and those around them, None for each stretch left out."""
    changed = [place for place, line in enumerate(lines) if line.kind != "equal"]
    last = -1
    for place, line in enumerate(lines):
        if any(abs(place - other) <= AROUND for other in changed):
            if place > last + 1:
                yield None
            yield line
            last = place
    if last < len(lines) - 1:
        yield None


def _name(kind: str, name: str) -> str:
    style = f"background:{_TINTS[kind]};border-radius:6px;padding:1px 8px;margin-right:8px"
    return html.tag("b", html.escape(f"{_SIGNS[kind]} {name}"), f"{style};{html.MONO}", "mono")


def _code(lines: "list[Line | None]") -> str:
    shown = iter(highlighted_lines("\n".join(visible(line.text) for line in lines if line)))
    return _rows([("equal", "…") if line is None else (line.kind, next(shown)) for line in lines])


def _column(lines: Sequence["Line"], kind: str) -> str:
    kept = [line for line in lines if line.kind in (kind, "equal")]
    return _rows([(line.kind, html.escape(line.text)) for line in kept])


def _rows(lines: list[tuple[str, str]]) -> str:
    """Return lines with their signs; a word begins each run, for those who see no colour."""
    before = ["", *(kind for kind, _ in lines)]
    rows = [
        _row(kind, content, kind if kind != last and kind in _TINTS else "")
        for (kind, content), last in zip(lines, before, strict=False)
    ]
    return html.pre(["".join(rows)], "margin-top:6px")


def _row(kind: str, content: str, word: str) -> str:
    cells = [
        html.tag("span", _SIGNS[kind], "flex:0 0 12px"),
        html.tag("span", content, "flex:1 1 0;min-width:0"),
        html.tag("span", word, "opacity:.8"),
    ]
    tint = f"background:{_TINTS[kind]};" if kind in _TINTS else ""
    shape = "display:flex;gap:8px;padding:0 8px;min-height:20px"
    return html.tag("div", "".join(cells), tint + shape)
