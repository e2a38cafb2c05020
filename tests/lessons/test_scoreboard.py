"""The scoreboard: what it shows, and what it says of routes that are no rung of the ladder."""

import jwt
import pytest
from starlette.requests import Request
from starlette.responses import Response

from classroom.exchanges.exchange import Exchange
from classroom.scoreboard import (
    ACCOUNT,
    ATTACKS,
    SECRET,
    SESSION,
    Attack,
    Scoreboard,
    scoreboard,
    without,
)
from classroom.scoreboard.scoreboard import Result
from classroom.server.server import Server
from minisrv.auth import sessions
from minisrv.auth.access_tokens import TYPE
from minisrv.routes.signup import LADDER
from tests.support.attack_table import gets_through
from tests.support.lesson_server import server as server
from tests.support.notebooks import CORE
from tests.support.tiers import each_day

pytestmark = pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")


def board_of(rung: str) -> Scoreboard:
    """Return the scoreboard of a rung as test_ladder.py proves it to be."""
    reasons = ("why not" if gets_through(one.name, rung) else "" for one in ATTACKS)
    return Scoreboard(tuple(map(Result, ATTACKS, reasons)))


def test_the_attacks_are_those_of_three_parts() -> None:
    assert len(ATTACKS) == len(ACCOUNT) + len(SECRET) + len(SESSION)


def test_each_attack_is_shown_in_a_lesson_that_is_there() -> None:
    assert {one.lesson for one in ATTACKS} <= {path.stem[:2] for path in CORE}


def test_the_reference_stops_all_of_them() -> None:
    board = board_of("reference")
    assert board.through == []
    assert board.stopped == len(ATTACKS)
    assert "Next" not in board.as_text()


def test_the_scoreboard_shows_what_to_do_next(server: Server) -> None:
    server.plug("signup", LADDER["same_origin"])
    *others, last = board_of("same_origin").results
    board = Scoreboard((*others, *scoreboard([last.attack]).results))
    for shown in (board.as_text(), board.as_html()):
        assert "26 of 27 stopped." in shown and "the former session goes on" in shown
        assert "that session has ended, for every copy: 401." in shown


def test_the_scoreboard_fits_on_a_screen_when_most_attacks_get_through() -> None:
    assert len(board_of("plain").as_text().splitlines()) <= 20


async def stub(request: Request) -> Response: ...


async def crash(request: Request) -> Response:
    raise KeyError("email")


@pytest.mark.parametrize(
    ("route", "said"),
    [(stub, "finished (There is still a gap"), (crash, "does not crash (KeyError")],
)
def test_a_stub_and_a_crash_are_told(server: Server, route, said: str) -> None:
    server.plug("signup", route)
    board = scoreboard()
    assert board.results[0].expected.count(said) == 1
    assert board.stopped < 5


async def every_field(request: Request) -> Response:
    from sqlalchemy.exc import SQLAlchemyError
    from starlette.responses import JSONResponse

    from minisrv.db import models

    body = await request.json()
    fields = {name: value for name, value in body.items() if hasattr(models.User, name)}
    user = models.User(**fields)
    try:
        models.add(request.app.state.database, user)
    except SQLAlchemyError:
        return Response(status_code=500)
    return JSONResponse(user.public(), 201)


def test_a_route_that_takes_every_field_is_found_out(server: Server) -> None:
    server.plug("signup", every_field)
    assert scoreboard([named("a field too many")]).through == ["a field too many"]


async def refuses_every_body(request: Request) -> Response:
    return Response(status_code=422)


async def refuses_and_takes(request: Request) -> Response:
    await every_field(request)
    return Response(status_code=422)


def test_who_refuses_a_field_too_many_takes_nobody_in_with_it(server: Server) -> None:
    attacks = [named("a field too many"), named("nobody gets an account")]
    server.plug("signup", refuses_every_body)
    assert scoreboard(attacks).through == ["nobody gets an account"]
    server.plug("signup", refuses_and_takes)
    assert "a field too many" in scoreboard(attacks).through


def test_the_lesson_s_accounts_are_not_touched(server: Server) -> None:
    server.reset()
    server.plug("signup", LADDER["reference"])
    before: list[Exchange] = list(server.exchanges)
    scoreboard(SESSION)
    assert list(server.exchanges) == before and len(server.rows("users")) == 0


def test_without_a_server_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Server, "current", None)
    with pytest.raises(RuntimeError, match="server = Server"):
        scoreboard()


@pytest.mark.parametrize(
    ("words", "attack"),
    each_day(
        1,
        [
            ("same_origin_only", "another origin signs up"),
            ("normalise(", "two spellings, two accounts"),
            ("check_length", "a weak password is accepted"),
            ("check_not_common", "a weak password is accepted"),
        ],
    ),
)
def test_each_line_of_the_reference_is_there_for_an_attack(
    server: Server, words: str, attack: str
) -> None:
    server.plug("signup", without(LADDER["reference"], words))
    through = scoreboard().through
    assert attack in through and len(through) <= 2


@pytest.mark.slow
def test_no_session_works_without_the_line_that_starts_it(server: Server) -> None:
    server.plug("signup", without(LADDER["reference"], "sessions.start"))
    through = scoreboard().through
    assert "the cookie opens no session" in through and len(through) == 9


@pytest.mark.slow
def test_a_session_that_starts_ends_the_one_before(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def end(request: Request) -> None: ...

    monkeypatch.setattr(sessions, "end", end)
    server.plug("signup", LADDER["reference"])
    assert scoreboard().through == ["the former session goes on"]


def test_one_line_means_one_line() -> None:
    for words in ("no such line", "email"):
        with pytest.raises(ValueError, match="should be one"):
            without(LADDER["reference"], words)


def named(name: str) -> Attack:
    return next(one for one in ATTACKS if one.name == name)


@pytest.mark.parametrize(
    ("rung", "why"),
    [
        ("as_taught", "the cookie is called TRAX_ACCESS_TOKEN, and the server reads __Host-TRAX"),
        ("real_token", "the cookie is called TRAX_ACCESS_TOKEN, and the server reads __Host-TRAX"),
    ],
)
def test_a_cookie_that_opens_no_session_is_told_why(server: Server, rung: str, why: str) -> None:
    server.plug("signup", LADDER[rung])
    (found,) = scoreboard([named("the cookie opens no session")]).results
    assert f"It was refused because {why}" in found.expected


SHORT = {"iss": "trax", "aud": "trax", "sub": "1", "iat": 1, "exp": 2**33, "jti": "a"}


@pytest.mark.parametrize(
    ("claims", "typ", "why"),
    [
        (SHORT, "JWT", "the token's header says typ JWT, and the server wants trax-access+jwt"),
        ({"sub": "1", "iat": 1, "exp": 2**33}, TYPE, "the token has no claim iss, aud, jti"),
        (SHORT | {"iss": "ada"}, TYPE, "PyJWT says: Invalid issuer"),
        (SHORT | {"exp": 1}, TYPE, "PyJWT says: Signature has expired"),
        (SHORT | {"sub": "2"}, TYPE, "its claim sub is no account's id"),
    ],
)
def test_each_reason_of_a_refused_token(
    server: Server, claims: dict[str, object], typ: str, why: str
) -> None:
    settings = server.running.settings

    async def by_hand(request: Request) -> Response:
        token = jwt.encode(claims, settings.secret, headers={"typ": typ})
        response = Response()
        response.set_cookie(settings.cookie.name, token, secure=True)
        return response

    server.plug("signup", by_hand)
    (found,) = scoreboard([named("the cookie opens no session")]).results
    assert found.expected.endswith(f"because {why}")
