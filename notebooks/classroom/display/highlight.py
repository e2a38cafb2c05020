"""Python source as HTML, coloured by the classes of JupyterLab's own editor.

Left out: all but keywords, strings, numbers and comments; the rest keeps the text's colour.
"""

from pygments import lex
from pygments.lexers import PythonLexer
from pygments.token import Comment, Keyword, Number, Operator, String, Token

from classroom.display import html

_CLASSES = (
    (Comment, "comment"),
    (Keyword, "keyword"),
    (Operator.Word, "keyword"),
    (String, "string"),
    (Number, "number"),
)


def highlighted_lines(source: str) -> list[str]:
    """Return the lines of `source`, which may be cut out of a larger whole, as HTML."""
    lines = [""]
    for kind, text in lex(source, PythonLexer(stripnl=False)):
        for place, part in enumerate(text.split("\n")):
            if place:
                lines.append("")
            lines[-1] += _span(kind, part) if part else ""
    return lines


def _span(kind: Token, text: str) -> str:
    css = next((name for token, name in _CLASSES if kind in token), "")
    return html.tag("span", html.escape(text), "", css) if css else html.escape(text)
