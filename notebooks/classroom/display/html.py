"""How a piece of text is shown as HTML, and the one style sheet of everything that is displayed.

Colours are tints and borders of the text's own colour, so both themes of JupyterLab work; a word
stands beside each. An untrusted notebook loses the style sheet, `var()` and `color-mix()`, hence
the inline styles: they alone must keep everything readable. Left out: tables, scripts, widgets.
"""

import html
import re
from collections.abc import Iterable

from classroom.display.labels import Volatile
from classroom.display.text import visible

# Dark enough for white letters on them (contrast 4.9 to 6.6), and tints for dark letters or light.
SOLID = ("#0a5fc2", "#7a45c9", "#1a7f37", "#9a5b00", "#b3256b", "#0b6f83")
TINT = ("56,139,253", "163,113,247", "63,185,80", "240,136,62", "236,100,170", "57,190,205")
MONO = "font-family:ui-monospace,Menlo,Consolas,monospace"
LINE = "rgba(128,128,128,.4)"

STYLE = """
.trax{color:var(--jp-content-font-color1,inherit);
 font-family:var(--jp-content-font-family,system-ui,sans-serif)}
.trax pre,.trax .mono{font-family:var(--jp-code-font-family,ui-monospace,Menlo,Consolas,monospace)}
.trax pre{color:inherit}
.trax .card{border-color:color-mix(in srgb,currentColor 22%,transparent);
 background:color-mix(in srgb,currentColor 3%,transparent)}
.trax .fit:hover{max-width:none!important;white-space:normal!important;overflow-wrap:anywhere}
.trax .soft,.trax .comment{color:color-mix(in srgb,currentColor 72%,transparent)}
.trax .property,.trax .keyword{font-weight:600}
.trax summary{cursor:pointer}
"""
# The editor's colours, brought nearer to the text's: they also stand on a tint.
for _name in ("property", "keyword", "string", "number"):
    _mix = f"var(--jp-mirror-editor-{_name}-color,currentColor) 72%,currentColor"
    STYLE += f".trax .{_name}{{color:color-mix(in srgb,{_mix})}}"
STYLE = re.sub(r"\n *", "", STYLE)


def escape(text: str) -> str:
    """Return `text` as HTML that shows it: the only way by which text enters HTML here."""
    return html.escape(visible(text))


def page(body: str) -> str:
    """Return `body`, which is HTML, with the style sheet, as a cell's whole output."""
    outer = "font-size:14px;line-height:1.5;margin:4px 0"
    # The other two classes keep MathJax from reading the dollars of $2b$12$ as a formula.
    content = tag("div", body, outer, "trax mathjax_ignore tex2jax_ignore")
    return f"<style>{STYLE}</style>{content}"


def tag(name: str, content: str, style: str = "", css: str = "") -> str:
    """Return an element around `content`, which is HTML already."""
    attributes = (f' class="{css}"' if css else "") + (f' style="{style}"' if style else "")
    return f"<{name}{attributes}>{content}</{name}>"


def named(parts: Iterable[str | Volatile]) -> str:
    """Return pieces of text as HTML with labels only, where the real values stand elsewhere."""
    return "".join(escape(p) if isinstance(p, str) else label(p) for p in parts)


def pieces(parts: Iterable[str | Volatile]) -> str:
    """Return pieces of text as HTML: a varying value as its label, then what it really was."""
    return "".join(escape(p) if isinstance(p, str) else label(p) + " " + real(p) for p in parts)


def label(value: Volatile) -> str:
    """Return the label of a varying value as a pill, in the tint of its number."""
    number = re.search(r"-(\d+)›$", value.label)
    tint = TINT[(int(number[1]) - 1) % len(TINT)] if number else "128,128,128"
    style = f"background:rgba({tint},.25);border-radius:4px;padding:1px 4px;white-space:nowrap"
    return tag("b", escape(value.label), style)


def real(value: Volatile) -> str:
    """Return what a varying value really was, cut short by the page where it is long."""
    style = "display:inline-block;white-space:nowrap;vertical-align:bottom"
    style += ";max-width:190px;overflow:hidden;text-overflow:ellipsis"
    return tag("span", bare(value), style, "fit soft")


def bare(value: Volatile) -> str:
    """Return what a varying value really was, in full, without its label."""
    # Tests empty exactly this element, so that outputs can be compared from run to run.
    return f'<span class="real">{escape(value.real)}</span>'


def card(content: str, style: str = "") -> str:
    """Return a framed box around `content`."""
    frame = f"border:1px solid {LINE};border-radius:8px;padding:10px 14px;box-sizing:border-box"
    return tag("div", content, f"{frame};{style}".strip(";"), "card")


def pre(lines: Iterable[str], style: str = "") -> str:
    """Return lines of HTML in a fixed-width font, long ones wrapped."""
    fixed = f"{MONO};font-size:14px;line-height:1.45;margin:0;padding:0;background:transparent"
    wrapped = "white-space:pre-wrap;word-break:normal;overflow-wrap:break-word"
    return tag("pre", "\n".join(lines), f"{fixed};{wrapped};{style}".strip(";"))


def pill(text: str, background: str) -> str:
    """Return `text` in white on a rounded box of the color `background`."""
    return _box(escape(text), f"background:{background};color:#fff")


def framed(content: str) -> str:
    """Return `content`, which is HTML, in a rounded frame."""
    return _box(content, f"border:1px solid {LINE}")


def _box(content: str, style: str) -> str:
    shape = "display:inline-block;border-radius:10px;padding:1px 9px;margin:2px 6px 2px 0"
    return tag("span", content, f"{shape};font-size:14px;{style}")
