"""What `compare` finds different between two routes."""

from IPython.core.interactiveshell import InteractiveShell
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from traitlets.config import Config

from classroom.compare import compare
from tests.support.html_parsed import Parsed, assert_same_words, bundle


async def stored(request: Request) -> Response:
    """Store the password."""
    body = await request.json()
    password = body["password"]
    return JSONResponse({"password": password}, 201)


def decorated(function: object) -> object:
    return function


@decorated
async def hidden(request: Request) -> Response:
    """Do something else

    with a longer docstring.
    """
    body = await request.json()
    # never send it back
    return JSONResponse({"id": body["id"]}, 201)


def indented() -> object:
    async def stored(request: Request) -> Response:
        body = await request.json()
        password = body["password"]
        return JSONResponse({"password": password}, 201)

    return stored


def test_the_difference_of_two_functions_is_shown_line_by_line() -> None:
    assert repr(compare(stored, hidden)) == (
        "3 lines added, 3 removed\n"
        "− stored\n"
        "+ hidden\n"
        "\n"
        "− async def stored(request: Request) -> Response:\n"
        "+ async def hidden(request: Request) -> Response:\n"
        "      body = await request.json()\n"
        '−     password = body["password"]\n'
        '−     return JSONResponse({"password": password}, 201)\n'
        "+     # never send it back\n"
        '+     return JSONResponse({"id": body["id"]}, 201)'
    )


def test_added_and_removed_lines_are_counted() -> None:
    comparison = compare(stored, hidden)
    assert (comparison.count("added"), comparison.count("removed")) == (3, 3)


def test_routes_are_compared_by_their_endpoints() -> None:
    routes = [Route("/api/signup", endpoint) for endpoint in (stored, hidden)]
    assert repr(compare(*routes)) == repr(compare(stored, hidden))
    assert repr(compare(routes[0], hidden)) == repr(compare(stored, hidden))


def test_docstring_decorator_and_indentation_are_no_difference() -> None:
    assert repr(compare(stored, indented())) == "no difference between stored and stored"


def test_colours_have_words_beside_them() -> None:
    html = bundle(compare(stored, hidden))[1]
    text = Parsed(html).text
    assert "added" in text.split("hidden", 1)[1] and "removed" in text.split("hidden", 1)[1]


def test_python_is_coloured_by_the_editors_classes() -> None:
    html = bundle(compare(stored, hidden))[1]
    assert '<span class="keyword">async</span>' in html
    assert '<span class="comment"># never send it back</span>' in html


def test_unchanged_stretches_are_left_out() -> None:
    lines = [f"    x{number} = {number}" for number in range(30)]
    shell = _shell(
        "\n".join(["def one():", *lines]), "\n".join(["def one():", *lines[:-1], "    y = 1"])
    )
    text = repr(compare(*shell))
    assert text.splitlines()[4:] == [
        "…",
        "      x27 = 27",
        "      x28 = 28",
        "−     x29 = 29",
        "+     y = 1",
    ]


def test_functions_of_notebook_cells_are_compared() -> None:
    one, other = _shell("def route():\n    return 1", "def route():\n    return 2")
    assert "−     return 1\n+     return 2" in repr(compare(one, other))


def test_both_forms_say_the_same() -> None:
    assert_same_words(compare(stored, hidden))


def _shell(*cells: str) -> list[object]:
    """Run each cell in IPython, and return the function that it defines."""
    shell = InteractiveShell(config=Config(HistoryManager={"enabled": False}))
    found = []
    for cell in cells:
        assert shell.run_cell(cell).success
        found.append(shell.user_ns["one" if "one" in cell else "route"])
    return found
