"""The server loses one attribute of its cookie at a time. The lab says which cells change.

One walk sets the good cookie and each broken one beside it, in real browsers and in the model. Two
broken attributes at once are not tested. The model walks by day, and in the slow tier Chromium and
Firefox, a day each.
"""

import pytest

from classroom.cookie_lab import CookieLab, Matrix
from classroom.cookie_lab.headless import CONFIGS
from classroom.cookie_lab.matrix import NO, YES, state
from classroom.cookie_lab.request_kinds import CROSS, PLAIN, PORT, REQUEST_KINDS, SAME, SIBLING
from classroom.cookie_lab.results import Cells, WalkResult, predicted, recorded
from classroom.cookie_lab.walk import walk
from tests.support.lab_fixtures import lab as lab
from tests.support.real_browsers import found
from tests.support.tiers import slow, turns

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
# How a broken cookie differs from the good one. Another Path is tested separately.
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

WALKING = turns(CONFIGS)  # the real browsers of today
SOURCES = [
    *[("model", engine) for engine in CONFIGS],
    *[slow("seen", engine) for engine in WALKING],
]


@pytest.fixture(scope="module")
def seen(lab: CookieLab) -> Matrix:
    """The walk in the real browsers of today, or a visible skip."""
    for engine in WALKING:
        found(engine.lower())
    matrix = lab.run(COOKIES, browsers=WALKING)
    assert all(one.requests for one in matrix.results), "it fell back on the recorded table"
    return matrix


@pytest.fixture(scope="module")
def model() -> Matrix:
    """The same walk as the model browser predicts it."""
    return Matrix([_predicted(*pair) for pair in CONFIGS.items()], COOKIES)


def _predicted(engine: str, config: str) -> WalkResult:
    all_of_them = walk(COOKIES)
    cells = predicted(config, all_of_them)
    return WalkResult(engine, config, "predicted", cells, cells, recorded(config, all_of_them))


@pytest.mark.parametrize("word", sorted({word for _, word in CHANGED}))
@pytest.mark.parametrize(("source", "engine"), SOURCES)
def test_exactly_these_cells_change(
    source: str, engine: str, word: str, request: pytest.FixtureRequest
) -> None:
    cells = cells_of(request.getfixturevalue(source), engine)
    good, broken = sending(cells, "as it should be"), sending(cells, word)
    assert good ^ broken == CHANGED[engine, word]


@pytest.mark.parametrize(("source", "engine"), SOURCES)
def test_with_another_path_nothing_is_sent(
    source: str, engine: str, request: pytest.FixtureRequest
) -> None:
    cells = cells_of(request.getfixturevalue(source), engine)
    assert sending(cells, "another Path") == set()
    assert len(sending(cells, "as it should be")) > 40


def cells_of(matrix: Matrix, engine: str) -> Cells:
    return next(one.cells for one in matrix.results if one.engine == engine)


def sending(cells: Cells, word: str) -> set[tuple[str, str]]:
    """Return the relations and rows of the table in which a cookie is sent."""
    keys = {(relation, kind) for relation, kind, _ in cells}
    lines = {(relation, REQUEST_KINDS[kind].row) for relation, kind in keys}
    states = {line: state(cells, *line, word) for line in lines}
    assert set(states.values()) <= {YES, NO}
    return {line for line, what in states.items() if what == YES}


@pytest.mark.slow
def test_no_cell_is_otherwise_than_predicted_or_recorded(seen: Matrix) -> None:
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
            WalkResult(
                one.engine,
                one.config,
                one.source,
                *map(part, (one.cells, one.predicted, one.recorded)),
            )
            for one in matrix.results
        ],
        {name: matrix.cookies[word]},
    )
