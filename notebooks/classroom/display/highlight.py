"""Python source as HTML, coloured by the classes of JupyterLab's own editor.

Left out: all but keywords, strings, numbers and comments; the rest keeps the text's colour.
"""

from markupsafe import Markup, escape
from pygments import lex
from pygments.lexers import PythonLexer
from pygments.token import Comment, Keyword, Number, Operator, String, Token

from classroom.display.text import visible

_CLASSES = (
    (Comment, "comment"),
    (Keyword, "keyword"),
    (Operator.Word, "keyword"),
    (String, "string"),
    (Number, "number"),
)


def highlighted_lines(source: str) -> list[Markup]:
    """Return the lines of `source` as HTML. It may be cut out of a larger whole."""
    lines = [Markup()]
    for kind, text in lex(source, PythonLexer(stripnl=False, ensurenl=False)):
        first, *others = text.split("\n")  # a token may go over several lines
        lines[-1] += _span(kind, first)
        lines += [_span(kind, other) for other in others]
    return lines


def _span(kind: Token, text: str) -> Markup:
    css = next((name for token, name in _CLASSES if kind in token), "")
    if not (css and text):
        return escape(visible(text))
    return Markup('<span class="{}">{}</span>').format(css, visible(text))
