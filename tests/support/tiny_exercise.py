"""A tiny exercise, and routes that answer it rightly and wrongly, for the tests of `check`."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.check import check, judge
from classroom.checking.answer_cell import answer_cell
from classroom.checking.exercise import Answer, Exercise, Wrong
from classroom.checking.verdict import Verdict
from classroom.checking.visit import Visit, visiting
from classroom.server.server import Server
from minisrv.auth.passwords import hash as hash_password
from minisrv.db import models
from minisrv.db.models import User
from tests.support.exercise_cells import run

PASSWORD = "midnight train to georgia"


def story(visit: Visit) -> None:
    """One account; a tiny exercise for the tests below."""
    ada = visit.sign_up("ada@trax.test", PASSWORD)
    visit.expect(ada.status == 201, "a new account is answered with 201 Created", ada)
    (row,) = visit.stolen_table()
    visit.expect(row["password"] != PASSWORD, "the password itself is not in the table")
    me = visit.get("/api/me", cookie=ada)
    visit.expect(me.status == 401, "no session yet: the route sets no cookie", me)


async def right(request: Request) -> Response:
    body, state = await request.json(), request.app.state
    stored = hash_password(body["password"], 4)
    models.add(state.database, User(email=body["email"], password=stored))
    return JSONResponse({}, 201)


async def says_ok(request: Request) -> Response:
    return JSONResponse({})


async def keeps_it_plain(request: Request) -> Response:
    body = await request.json()
    models.add(request.app.state.database, User(**body))
    return JSONResponse({}, 201)


async def stores_nothing(request: Request) -> Response:
    return JSONResponse({}, 201)


async def trips(request: Request) -> Response:
    body = await request.json()
    return JSONResponse(body["nickname"])


async def stub(request: Request) -> Response: ...


TINY = Exercise(
    id="tiny",
    title="An account",
    endpoint="signup",
    check=story,
    hints=("One.", "Two.", "Three."),
    solution=right,
    alternative=right,
    wrong=(
        Wrong(says_ok, "201 Created"),
        Wrong(keeps_it_plain, "not in the table"),
        Wrong(trips, "KeyError: 'nickname'"),
    ),
    afterthought="Tell the story of a visitor.",
    frame="async def stub(request: Request) -> Response: ...\n",
)


def verdict(server: Server, exercise: Exercise, answer: Answer) -> Verdict:
    """Return the verdict on `answer`, as `check` finds it."""
    server.reset()  # no route of the exercise before
    if exercise.decorator == "function":  # as a cell: an instance runs its whole source
        verdicts = []
        names = {"server": server, "check": lambda id: verdicts.append(check(id))}
        run(answer_cell(exercise, answer), names)
        return verdicts[0]
    server.plug(exercise.endpoint, answer)
    with visiting(server.running, exercise.endpoint) as visit:
        return judge(exercise, visit)
