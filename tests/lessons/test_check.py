"""What `check`, `hint` and `solution` say, and that a check leaves no trace."""

from dataclasses import replace

import bcrypt
import pytest
import requests
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom import exercises
from classroom.check import NO_SERVER, check, judge
from classroom.checking.check_errors import NotYet
from classroom.checking.exercise import Exercise
from classroom.checking.function_visit import FunctionVisit
from classroom.checking.visit import HASH_IS_BYTES, HASH_IS_SHOWN_BYTES, visiting
from classroom.display.verdict_names import DONE, NO_CHECK, NOT_STARTED, NOT_YET, RAISED
from classroom.hints import hint
from classroom.server.server import Server
from classroom.solution import OFF, solution
from minisrv.db import models
from minisrv.db.models import User
from tests.support.exercise_cells import run
from tests.support.lesson_server import module_server as module_server
from tests.support.tiers import each_day
from tests.support.tiny_exercise import (
    PASSWORD,
    TINY,
    right,
    says_ok,
    stores_nothing,
    stub,
    trips,
    verdict,
)


def test_a_verdict_is_the_same_each_time(server: Server) -> None:
    for wrong in TINY.wrong:
        first, second = (verdict(server, TINY, wrong.answer) for _ in range(2))
        assert first.as_text() == second.as_text()
        assert first.name in first.as_text()
        assert first.name in first.as_html()


def test_not_yet_shows_what_was_expected_and_what_came(server: Server) -> None:
    text = verdict(server, TINY, says_ok).as_text()
    assert "expected: a new account is answered with 201 Created" in text
    assert "POST /api/signup" in text
    assert "200 OK" in text


@pytest.mark.parametrize(("kept", "reason"), [(bytes, HASH_IS_BYTES), (str, HASH_IS_SHOWN_BYTES)])
def test_a_hash_that_is_stored_as_no_text_is_named_at_the_sign_in(
    server: Server, kept: type, reason: str
) -> None:
    async def signup(request: Request) -> Response:
        hashed = kept(bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)))
        user = User(email="ada@trax.test", password=hashed)
        models.add(request.app.state.database, user)
        return JSONResponse({}, 201)

    server.plug("signup", signup)
    with visiting(server.running, "signup") as visit:
        visit.sign_up("ada@trax.test", PASSWORD)
        with pytest.raises(NotYet) as raised:
            visit.sign_in("ada@trax.test", PASSWORD)
    assert raised.value.reason == reason
    assert raised.value.exchange.status == 401


def test_a_verdict_is_true_only_if_the_exercise_is_done(server: Server) -> None:
    assert verdict(server, TINY, right)
    others = [verdict(server, TINY, answer) for answer in (says_ok, trips, stub)]
    assert [one.name for one in others] == [NOT_YET, RAISED, NOT_STARTED]
    assert not any([*others, check("no-such-exercise")])


def test_only_what_is_not_right_yet_ends_with_the_way_to_a_hint(server: Server) -> None:
    for answer in (says_ok, trips):
        found = verdict(server, TINY, answer)
        assert found.as_text().endswith('\nStuck? hint("tiny")')
        assert "Stuck? hint(&#34;tiny&#34;)" in found.as_html()
    for answer in (right, stub):
        found = verdict(server, TINY, answer)
        assert "Stuck?" not in found.as_text() + found.as_html()


def test_a_route_that_forgets_to_return_is_told_so_and_for_which_request(server: Server) -> None:
    async def half_right(request: Request) -> None:
        await right(request)

    found = verdict(server, TINY, half_right)
    assert found.name == RAISED
    assert "returned None for this request; is a return missing?" in found.reason
    assert found.exchange.path == "/api/signup"


def test_other_routes_of_the_student_take_no_part(server: Server) -> None:
    """Neither a stub nor a route that crashes: the check asks /api/me of the finished server."""
    server.reset()
    server.plug("signup", right)
    for other in (stub, trips):
        server.plug("me", other)
        with visiting(server.running, "signup") as visit:
            assert judge(TINY, visit).name == DONE


def test_a_crash_shows_the_own_line_only(server: Server) -> None:
    found = verdict(server, TINY, trips)
    assert found.name == RAISED
    assert "in tiny_exercise.py, line" in found.as_text()
    assert 'return JSONResponse(body["nickname"])' in found.as_text()
    assert "starlette" not in found.as_text()


def test_a_check_that_trips_over_the_answer_says_not_yet(server: Server) -> None:
    found = verdict(server, TINY, stores_nothing)
    assert found.name == NOT_YET
    assert "ValueError" in found.reason
    assert found.exchange.status == 201


async def too_short(request: Request) -> Response:
    return Response("{}", headers={"Content-Length": "5"})


@pytest.mark.slow  # requests waits ten seconds for the rest
def test_a_response_that_breaks_off_is_not_called_a_slow_one(server: Server) -> None:
    found = verdict(server, TINY, too_short)
    assert found.name == NOT_YET
    assert found.reason.startswith("the response arrives whole")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (requests.ReadTimeout(), "the route responds within 10 seconds"),
        (requests.ConnectionError(), "the response arrives whole"),
        (KeyError("id"), "the response has the form that the prompt describes (KeyError: 'id')"),
        (OSError("no ports"), "the check can run on this computer (OSError: no ports)"),
    ],
)
def test_each_way_in_which_a_check_ends_has_a_sentence(
    server: Server, error: Exception, said: str
) -> None:
    assert verdict(server, raising(error), right).reason.startswith(said)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            ValueError("no JSON"),
            "the check can read what your function leaves (ValueError: no JSON)",
        ),
        (OSError("no ports"), "the check can run on this computer (OSError: no ports)"),
    ],
)
def test_of_a_function_no_sentence_is_about_a_response(error: Exception, said: str) -> None:
    assert judge(raising(error), FunctionVisit(raising)).reason.startswith(said)


def raising(error: Exception) -> Exercise:
    """Return the tiny exercise with a check that raises `error`."""

    def check(visit: object) -> None:
        raise error

    return replace(TINY, check=check)


def test_a_check_leaves_accounts_and_exchanges_alone(server: Server) -> None:
    server.reset()
    server.endpoint("signup")(right)
    with visiting(server.running, "signup") as before:
        assert before.stolen_table() == []
    found = [verdict(server, TINY, right).name for _ in range(2)]
    assert found == [DONE, DONE]
    assert list(server.rows("users")) == []
    assert list(server.exchanges) == []
    assert server.running.plugged["signup"].endpoint.__wrapped__ is right


def test_requests_at_once_come_back_in_order(server: Server) -> None:
    server.plug("signup", right)
    with visiting(server.running, "signup") as visit:
        names = [f"user{number}@trax.test" for number in range(8)]
        sends = [lambda name=name: visit.sign_up(name, PASSWORD) for name in names]
        bodies = [exchange.request_body.decode() for exchange in visit.at_once(*sends)]
        assert all(name in body for name, body in zip(names, bodies, strict=True))
        assert len(visit.stolen_table()) == 8


def test_a_visitor_sends_the_cookie_that_is_handed_over(server: Server) -> None:
    server.reset()
    with visiting(server.running, "signup") as visit:
        ada = visit.sign_up("ada@trax.test", PASSWORD)
        assert visit.get("/api/me").status == 401
        assert visit.get("/api/me", cookie=ada).json()["email"] == "ada@trax.test"


def test_an_exercise_without_a_route_of_ones_own_is_not_started(server: Server) -> None:
    server.reset()
    for id in exercises.ids():
        assert check(id).name == NOT_STARTED


def test_a_function_that_is_not_plugged_in_is_not_started(server: Server) -> None:
    server.reset()
    names: dict[str, object] = {"server": server, "check": check}
    run('found = check("serverless-loop")', names)
    assert names["found"].reason == (
        'Your function is not in the server yet: run the cell that begins @server.function("loop").'
    )
    run('def loop(handler): ...\n\n\nfound = check("serverless-loop")', names)
    assert names["found"].name == NOT_STARTED
    said = '`loop` is not in the server yet: write @server.function("loop") right above its first'
    assert names["found"].reason == f"{said} line."


FIRST_LINES = {
    "serverless-throttle": '@server.function("throttle")\ndef may_try(email):',
    "serverless-mail": '@server.function("mailer")\ndef mailer(event, context):',
}
USES = [("LIMIT = MOST", "return True"), ("", "return MOST")]  # above the function, and in it


@pytest.mark.parametrize(
    ("id", "above", "inside"), each_day(1, [(id, *use) for id in FIRST_LINES for use in USES])
)
def test_a_name_that_an_instance_misses_is_named(
    server: Server, id: str, above: str, inside: str
) -> None:
    server.reset()
    names: dict[str, object] = {"server": server, "check": check, "MOST": 5}
    cell = f"{above}\n\n\n{FIRST_LINES[id]}\n    {inside}"
    run(f'{cell}\n\n\nfound = check("{id}")', names)
    assert names["found"].name == NOT_YET
    assert "\nNameError: name 'MOST' is not defined" in names["found"].reason


# Functions that are no routes run as cells: test_exercises.py.
ROUTES = [id for id in exercises.ids() if exercises.load(id).decorator == "endpoint"]


@pytest.mark.parametrize("id", each_day(2, ROUTES))
def test_check_judges_the_route_that_is_plugged_in(server: Server, id: str) -> None:
    exercise = exercises.load(id)
    server.plug(exercise.endpoint, exercise.solution)
    assert check(id).name == DONE
    server.plug(exercise.endpoint, exercise.wrong[0].answer)
    assert check(id).name in (NOT_YET, RAISED)


def test_an_unknown_id_is_answered_with_the_ids_there_are(server: Server) -> None:
    for said in (check("salt-eech").reason, hint("salt-eech").as_text()):
        assert "no exercise 'salt-eech'" in said
        assert all(id in said for id in exercises.ids())
    assert check("salt-eech").name == NO_CHECK
    assert "no exercise" in solution("nothing").as_text()


def test_a_hint_says_how_to_get_the_next() -> None:
    id = exercises.ids()[0]
    assert f'hint("{id}", 2)' in hint(id).as_text()
    assert f'solution("{id}")' in hint(id, 3).as_text()
    for n in (4, 1.0):
        assert "hints 1 to 3" in hint(id, n).as_text()


def test_without_a_server_check_says_how_to_start(server: Server) -> None:
    id = exercises.ids()[0]
    server.stop()
    found = check(id)
    assert (found.name, found.reason) == (NO_CHECK, NO_SERVER)


def test_a_teacher_can_switch_solutions_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_SOLUTIONS", "none")
    said = solution("salt-each").as_text()
    assert said == OFF.format("salt-each") and "gensalt" not in said
