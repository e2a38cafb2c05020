"""Each solution and each alternative, pasted into a cell as `solution` displays it, is done.

Left out: wrong answers, and routes that `solution` does not show (test_exercises.py).
"""

import ast
import html
import re
from functools import cache

import pytest

from classroom import check, exercises, solution
from classroom.display.verdict_names import DONE
from classroom.server.server import Server
from tests.support.exercise_cells import STUB, bound, lesson_of, run, stub_of
from tests.support.kernels import READY, kernel
from tests.support.lesson_server import module_server as module_server
from tests.support.tiers import each_day

WHICH = ("solution", "alternative")
each = pytest.mark.parametrize("id", exercises.ids())


@cache
def pasted(id: str) -> list[str]:
    """Return both cells as a browser copies them from the page."""
    page = solution(id).as_html()
    blocks = re.findall(r'<pre class="lines">(.*?)</pre>', page, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", block)).rstrip() for block in blocks]


def routes(cell: str) -> list[tuple[str, str, list[str]]]:
    """Return endpoint, name and arguments of each function under @server.endpoint(...)."""
    return [
        (
            ast.literal_eval(node.decorator_list[0].args[0]),
            node.name,
            [*map(ast.unparse, arguments)],
        )
        for node in ast.parse(cell).body
        if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef) and node.decorator_list
        for arguments in [node.args.args]
    ]


@pytest.mark.parametrize(
    ("id", "which"), each_day(4, [(id, which) for id in exercises.ids() for which in WHICH])
)
def test_a_pasted_cell_is_done_with_no_name_but_the_server_and_check(
    server: Server, id: str, which: str
) -> None:
    server.reset()
    verdicts = []
    run(
        pasted(id)[WHICH.index(which)],
        {"server": server, "check": lambda id: verdicts.append(check(id))},
    )
    assert [(one.name, one.reason) for one in verdicts] == [(DONE, exercises.load(id).afterthought)]


@each
def test_a_pasted_cell_has_the_route_of_the_stub_and_the_check(id: str) -> None:
    for cell in pasted(id):
        assert routes(cell) == routes(stub_of(id))
        assert STUB.findall(cell) == [id]


@each
def test_a_pasted_cell_begins_with_its_imports(id: str) -> None:
    for cell in pasted(id):
        kinds = [isinstance(node, ast.Import | ast.ImportFrom) for node in ast.parse(cell).body]
        assert kinds == sorted(kinds, reverse=True)
        assert max(map(len, cell.splitlines())) <= 100


@each
def test_a_pasted_cell_takes_no_name_from_the_lesson(id: str) -> None:
    """After it, each other cell of the lesson runs as before."""
    others = [bound(cell).items() for cell in lesson_of(id)[1]]
    for cell in pasted(id):
        for name, place in bound(cell).items():
            assert {at for items in others for other, at in items if other == name} <= {place}


@pytest.mark.parametrize("id", ["build-account", "build-secret"])
def test_a_part_shows_no_later_part(id: str) -> None:
    shown = solution(id).as_text()
    assert "sessions" not in shown
    assert ("check_length" in shown) == (id == "build-secret")


@pytest.mark.parametrize("id", each_day(1, ["route-verbs", "attack-origin"]))
def test_in_a_kernel_the_pasted_cells_are_done_in_their_own_lesson(id: str) -> None:
    with kernel() as started:
        assert READY in started.run(lesson_of(id)[1][0]).text
        for number, cell in enumerate(pasted(id)):
            copied = started.value(f'solution("{id}").answers[{number}][1]')
            assert copied == cell
            assert f"done · {id}" in started.run(copied).text
