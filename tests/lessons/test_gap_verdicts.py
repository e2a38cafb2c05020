"""The verdict on a frame: unchanged, with a gap left, or filled.

Left out: the frames of the lessons (test_frames.py).
"""

from dataclasses import replace

import pytest

from classroom import JSONResponse, check, exercises
from classroom.display.verdict_names import DONE, NOT_STARTED, NOT_YET, RAISED
from classroom.server.server import Server
from tests.support.exercise_cells import run, verdict_on
from tests.support.lesson_server import module_server as module_server
from tests.support.tiny_exercise import TINY

FRAME = """\
from minisrv.auth import passwords
from minisrv.db import models

WORK = 4


def hash_password(password):
    return ...


@server.endpoint("signup")
async def signup(request):
    body = await request.json()
    hashed = hash_password(body["password"])
    user = models.User(email=body["email"], password=hashed)
    models.add(request.app.state.database, user)
    return JSONResponse({}, ...)
"""
FILLED = FRAME.replace("return ...", "return passwords.hash(password, WORK)").replace("...", "201")
CHECK = '\n\ncheck("tiny")'
FIRST, SECOND = "in line 8: return ...", "in line 17: return JSONResponse({}, ...)"


@pytest.fixture(autouse=True)
def framed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let check("tiny") find the tiny exercise, with a frame."""
    tiny = replace(TINY, frame=FRAME)
    monkeypatch.setattr(exercises, "load", lambda id: {"tiny": tiny}[id])


@pytest.mark.parametrize(
    "cell",
    {
        "as given": FRAME,
        "blank lines": FRAME.replace("\n", "\n\n"),
        "comments": FRAME.replace("return ...", "return ...  # what here?"),
        "other quotes": FRAME.replace('"email"', "'email'"),
        "less": FRAME.replace("WORK = 4\n", ""),
    }.values(),
)
def test_an_unchanged_frame_is_not_started(server: Server, cell: str) -> None:
    found = verdict_on(server, cell + CHECK)
    assert found.name == NOT_STARTED
    assert "in place of each `...`" in found.as_text()


def test_a_route_without_a_gap_may_stand_in_a_cell_of_its_own(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = FRAME.replace("{}, ...", "{}, 201")  # its one gap is in the function above the route
    monkeypatch.setattr(exercises, "load", lambda id: replace(TINY, frame=frame))
    above, decorator, route = FILLED.partition("@server")
    names = {"server": server, "JSONResponse": JSONResponse}
    run(above, names)
    run(decorator + route, names)
    assert check("tiny").name == DONE


def test_a_filled_frame_is_done(server: Server) -> None:
    assert verdict_on(server, FILLED + CHECK).name == DONE


def test_a_gap_that_does_no_harm_does_not_matter(server: Server) -> None:
    assert verdict_on(server, f"{FILLED}\n...{CHECK}").name == DONE


def test_the_first_gap_is_said_although_the_route_crashes(server: Server) -> None:
    """The error alone would be a riddle: 'ellipsis' stands in no line of the cell."""
    found = verdict_on(server, FRAME.replace("WORK = 4", "WORK = 5") + CHECK)
    lines = found.as_text().splitlines()
    assert lines[:2] == ["not yet · tiny", f"There is still a gap (`...`) {FIRST}"]
    assert lines[-1] == 'Stuck? hint("tiny")'
    assert FIRST in found.as_html()


def test_the_second_gap_is_said_once_the_first_is_filled(server: Server) -> None:
    half = FRAME.replace("return ...", "return passwords.hash(password, WORK)")
    assert f"There is still a gap (`...`) {SECOND}" in verdict_on(server, half + CHECK).as_text()


def test_a_gap_is_said_beside_what_the_check_expected(server: Server) -> None:
    half = FRAME.replace("return ...", "return password").replace("{}, ...", "{}, 201")
    found = verdict_on(server, f"{half}\nasync def later(request): ...\n{CHECK}")
    assert found.as_text().splitlines()[1:3] == [
        "There is still a gap (`...`) in line 19: async def later(request): ...",
        "expected: the password itself is not in the table",
    ]
    assert found.exchange is not None


def test_a_gap_that_was_deleted_is_a_missing_return(server: Server) -> None:
    found = verdict_on(server, FILLED.replace("    return JSONResponse({}, 201)\n", "") + CHECK)
    assert found.name == RAISED
    assert "returned None for this request; is a return missing?" in found.as_text()
    assert found.as_text().endswith('Stuck? hint("tiny")')


@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited:RuntimeWarning")
def test_a_missing_await_is_asked_for(server: Server) -> None:
    found = verdict_on(server, FILLED.replace("await request", "request") + CHECK)
    assert found.name == RAISED
    assert "is an await missing?" in found.as_text()


LINE = "LINE"
ASLEEP = FILLED.replace("    body =", f"    {LINE}\n    body =").replace("201", "200")


def test_no_property_of_a_student_is_asked_for_a_forgotten_await(server: Server) -> None:
    mine = (
        "class Mine:\n    @property\n    def send(self):\n        raise OSError\n\n\nmine = Mine()"
    )
    found = verdict_on(server, f"{mine}\n" + ASLEEP.replace(LINE, "if 0: mine.send()") + CHECK)
    assert (found.name, found.gap) == (NOT_YET, "")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("asyncio.sleep(0)", "Is `await` missing in line 14? asyncio.sleep(0)"),
        ("await asyncio.sleep(0)", ""),
        ("asyncio.iscoroutine(0)", ""),
        ("request.form()", ""),  # `request` is a name of the function
    ],
)
@pytest.mark.filterwarnings("ignore:coroutine")
def test_a_forgotten_await_is_said_with_its_line(server: Server, line: str, said: str) -> None:
    found = verdict_on(server, "import asyncio\n" + ASLEEP.replace(LINE, line) + CHECK)
    assert found.name == NOT_YET and found.gap == said
    assert said in found.as_text() and said in found.as_html().unescape()


@pytest.mark.filterwarnings("ignore:coroutine")
def test_a_route_that_is_done_is_asked_nothing(server: Server) -> None:
    cell = (
        "import asyncio\n" + ASLEEP.replace(LINE, "asyncio.sleep(0)").replace("200", "201") + CHECK
    )
    found = verdict_on(server, cell)
    assert found.name == DONE and not found.gap
