"""The server loses one attribute of its cookie at a time; the lab says which cells change.

One walk sets the cookie as it should be and each broken one beside it, in real browsers and in the
model. Left out: two attributes at once.
"""

import pytest

from classroom.cookie_lab import Lab, Matrix, tally
from classroom.cookie_lab.cells import Cells, foretold, recorded
from classroom.cookie_lab.headless import CONFIGS, Walked
from classroom.cookie_lab.relations import CROSS, PLAIN, PORT, SAME, SIBLING
from classroom.cookie_lab.walk import walk
from tests.support.lab_fixtures import lab as lab
from tests.support.real_browsers import found

GOOD = "Path=/; HttpOnly; Secure; SameSite=Lax"
COOKIES = {
    "as it should be": GOOD,
    "no SameSite": "Path=/; HttpOnly; Secure",
    "SameSite=None": "Path=/; HttpOnly; Secure; SameSite=None",
    "no HttpOnly": "Path=/; Secure; SameSite=Lax",
    "no Secure": "Path=/; HttpOnly; SameSite=Lax",
    "another Path": "Path=/api; HttpOnly; Secure; SameSite=Lax",
    "a Domain": "Path=/; HttpOnly; Secure; SameSite=Lax; Domain=trax.localhost",
}
FORM, LATER = (CROSS, "form POST"), "own form, 307 by the other"
IN_A_PAGE = (
    "fetch, include",
    "fetch POST, include",
    "sendBeacon",
    "image, script, EventSource, WebSocket",
    "iframe",
    "sandboxed iframe",
    "form POST into an iframe",
    "fetch inside the iframe",
)
READ, READ_INSIDE = "document.cookie on our page", "document.cookie inside it"
# What a broken cookie does that the good one does not; another Path is a case of its own.
CHANGED = {
    ("Chromium", "no SameSite"): {FORM},
    ("Firefox", "no SameSite"): {FORM, (CROSS, LATER)},
    ("Chromium", "SameSite=None"): {FORM, *((CROSS, row) for row in IN_A_PAGE)},
    ("Firefox", "SameSite=None"): {FORM, (CROSS, LATER)},
}
for engine in CONFIGS:
    CHANGED[engine, "no HttpOnly"] = {
        (SAME, READ),
        *((relation, READ_INSIDE) for relation in (SAME, PORT, SIBLING)),
    }
    CHANGED[engine, "no Secure"] = {(PLAIN, "our own page's fetch")}
    CHANGED[engine, "a Domain"] = {(SIBLING, "the other server itself")}


@pytest.fixture(scope="module")
def seen(lab: Lab) -> Matrix:
    """The walk in real browsers, or a visible skip."""
    for engine in CONFIGS:
        found(engine.lower())
    matrix = lab.run(COOKIES)
    assert all(one.arrivals for one in matrix.walked), "it fell back on the recorded table"
    return matrix


@pytest.fixture(scope="module")
def model() -> Matrix:
    """The same walk as the model browser foretells it."""
    return Matrix([_foretold(*pair) for pair in CONFIGS.items()], COOKIES)


def _foretold(engine: str, config: str) -> Walked:
    all_of_them = walk(COOKIES)
    cells = foretold(config, all_of_them)
    return Walked(engine, config, "foretold", cells, cells, recorded(config, all_of_them))


@pytest.mark.parametrize("source", ["seen", "model"])
@pytest.mark.parametrize(("engine", "word"), list(CHANGED))
def test_exactly_these_cells_change(
    source: str, engine: str, word: str, request: pytest.FixtureRequest
) -> None:
    cells = cells_of(request.getfixturevalue(source), engine)
    good, broken = sending(cells, "as it should be"), sending(cells, word)
    assert good ^ broken == CHANGED[engine, word]


@pytest.mark.parametrize("source", ["seen", "model"])
@pytest.mark.parametrize("engine", list(CONFIGS))
def test_with_another_path_nothing_comes_along(
    source: str, engine: str, request: pytest.FixtureRequest
) -> None:
    cells = cells_of(request.getfixturevalue(source), engine)
    assert sending(cells, "another Path") == set()
    assert len(sending(cells, "as it should be")) > 40


def cells_of(matrix: Matrix, engine: str) -> Cells:
    return next(one.cells for one in matrix.walked if one.engine == engine)


def sending(cells: Cells, word: str) -> set[tuple[str, str]]:
    """Return the relations and lines of the table in which a cookie comes along."""
    rows = {(relation, way) for relation, way, _ in cells}
    lines = {(relation, tally.WAYS[way].row) for relation, way in rows}
    states = {line: tally.state(cells, *line, word) for line in lines}
    assert set(states.values()) <= {tally.YES, tally.NO}
    return {line for line, state in states.items() if state == tally.YES}


def test_no_cell_is_otherwise_than_foretold_or_recorded(seen: Matrix) -> None:
    assert seen.differences == []


@pytest.mark.parametrize("word", [word for word in COOKIES if word != "as it should be"])
def test_two_runs_say_which_cells_changed(word: str, model: Matrix) -> None:
    before = of(model, "as it should be", "session")
    changed = of(model, word, "session").changed_from(before)
    assert changed and {row["cookie"] for row in changed} == {"session"}
    assert all(row["before"] != row["now"] for row in changed)
    assert not list(before.changed_from(before))


def test_a_lost_samesite_is_told_line_by_line(model: Matrix) -> None:
    before = of(model, "as it should be", "session")
    changed = of(model, "no SameSite", "session").changed_from(before)
    assert changed.as_text().splitlines()[2:] == [
        "cross-site  form POST                   session  –         both",
        "cross-site  own form, 307 by the other  session  Chromium  both",
    ]


def of(matrix: Matrix, word: str, name: str) -> Matrix:
    """Return the part of a matrix about one cookie, under another name."""

    def part(cells: Cells) -> Cells:
        return {(*key[:2], name): cell for key, cell in cells.items() if key[2] == word}

    return Matrix(
        [
            Walked(
                one.engine,
                one.config,
                one.source,
                *map(part, (one.cells, one.foretold, one.recorded)),
            )
            for one in matrix.walked
        ],
        {name: matrix.cookies[word]},
    )
