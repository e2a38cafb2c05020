"""How decisions and cookies are shown: a line each, with a word for the verdict.

Left out: colours with a meaning of their own; the word says it, a tint repeats it.
"""

from collections.abc import Sequence

from classroom.display import html
from classroom.display.labels import split_volatile
from classroom.display.text import cut, labelled, plain

MOST_LINES = 18
NAME_WIDTH = 30
VERDICT_WIDTH = 8
GREEN, ORANGE = "63,185,80", "240,136,62"  # tints that letters stay readable on in both themes

Row = tuple[str, str, str, str]  # verdict, name, sentence, source


def decisions_as_text(head: str, rows: Sequence[Row]) -> str:
    """Return a head line (or none, when empty) and one line for each decision."""
    names = [short(name) for _, name, _, _ in rows]
    width = max((len(name) for name in names[:MOST_LINES]), default=0)
    lines = [
        f"{verdict:{VERDICT_WIDTH}}  {name:{width}}  {sentence} ({source})"
        for name, (verdict, _, sentence, source) in zip(names, rows, strict=True)
    ]
    return "\n".join(([labelled(head)] if head else []) + within(lines))


def decisions_as_html(head: str, rows: Sequence[Row]) -> str:
    """Return the same as HTML, each source in a quieter colour."""
    top = [html.pre([html.pieces(cut(split_volatile(head), 300))])] if head else []
    lines = [_decision(*row) for row in rows[:MOST_LINES]]
    return html.card("".join(top + lines + more(len(rows))))


def short(name: str) -> str:
    """Return a cookie's name as it fits into a column; a hostile one is made visible."""
    return plain(cut(split_volatile(name), NAME_WIDTH))


def within(lines: list[str]) -> list[str]:
    """Return the first lines, and a note of how many were left out."""
    rest = len(lines) - MOST_LINES
    return lines[:MOST_LINES] + ([f"… and {rest} more"] if rest > 0 else [])


def more(count: int) -> list[str]:
    """Return the note of how many were left out, as HTML."""
    return [html.tag("div", html.escape(note)) for note in within([""] * count)[MOST_LINES:]]


def _decision(verdict: str, name: str, sentence: str, source: str) -> str:
    tint = GREEN if verdict in ("stored", "sent") else ORANGE
    style = f"background:rgba({tint},.25);border-radius:4px;padding:1px 6px;margin-right:6px"
    mark = html.tag("span", html.escape(verdict), style)
    bold = html.tag("b", html.escape(short(name)), html.MONO, "mono")
    quiet = html.tag("span", html.escape(f"({source})"), css="soft")
    return html.tag("div", f"{mark}{bold} {html.escape(sentence)} {quiet}", "margin:3px 0")
