"""The source of a function, without its docstring and decorators, shown in colour.

Left out: the helpers that it calls.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable

from markupsafe import Markup
from starlette.routing import Route

from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.highlight import highlighted_lines
from classroom.display.text import visible


class Source(Displayable):
    """The code of a function or of a page, which displays itself; `name` stands above it."""

    def __init__(self, name: str, text: str) -> None:
        """Keep the text; a name that ends in .html is that of a page, all else is Python."""
        self.name, self.text = name, text.rstrip("\n")

    def as_text(self) -> str:
        """Return the lines."""
        return "\n".join(map(visible, self.text.split("\n")))

    def as_html(self) -> Markup:
        """Return the same as a card, under the name."""
        text = self.as_text()
        is_page = self.name.endswith(".html")
        lines = text.split("\n") if is_page else highlighted_lines(text)
        return html.render("source", name=self.name, lines=lines)


def source_of(thing: Callable[..., object] | Route) -> Source:
    """Return the source of a function, or of the handler of a Route.

    TypeError for anything else, ValueError if Python does not know the source.
    """
    function = function_of(thing, "show takes responses, functions or routes")
    return Source(name_of(function), "\n".join(source_lines(function)))


def function_of(thing: object, wanted: str) -> Callable[..., object]:
    """Return a function, or the handler of a Route; for anything else a TypeError says `wanted`."""
    endpoint = inspect.unwrap(thing.endpoint if isinstance(thing, Route) else thing)
    if not inspect.isroutine(endpoint):
        raise TypeError(f"{wanted}, not a {type(thing).__name__}.")
    return endpoint


def name_of(function: Callable[..., object]) -> str:
    """Return the function's name, or for a rung, whose function is called signup, the module's."""
    package, _, module = function.__module__.rpartition(".")
    return module if package == "minisrv.routes.signup" else function.__name__


def source_lines(function: Callable[..., object]) -> list[str]:
    """Return the lines from `def` on, without the docstring; ValueError if they are not known."""
    try:
        lines = textwrap.dedent(inspect.getsource(function)).expandtabs().splitlines()
        (tree,) = ast.parse("\n".join(lines)).body
    except (OSError, TypeError, SyntaxError, ValueError):
        raise ValueError(f"The source of {function.__name__} is not known here.") from None
    assert isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef)
    noise = range(0)
    if ast.get_docstring(tree) and len(tree.body) > 1:
        noise = range(tree.body[0].lineno, (tree.body[0].end_lineno or 0) + 1)
    # The line of `def` comes after those of its decorators.
    return [
        line
        for number, line in enumerate(lines, start=1)
        if number >= tree.lineno and number not in noise
    ]
