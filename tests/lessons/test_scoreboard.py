"""The board: each attack falls to a rung of the ladder, and the reference withstands them all."""

from collections.abc import Iterator

import pytest
from starlette.requests import Request
from starlette.responses import Response

from classroom.exchanges.exchange import Exchange
from classroom.scoreboard import ACCOUNT, ATTACKS, SECRET, SESSION, Scoreboard, scoreboard, without
from classroom.server.server import Server
from minisrv.routes.signup import LADDER

NAMES = list(LADDER)
# Each attack, and the first rung from which on all withstand it.
FIRST = {
    "a new account": "hashed",
    "every other method": "post_only",
    "nonsense as a body": "checked_body",
    "a form in disguise": "checked_body",
    "an address twice": "only_duplicates",
    "two processes at once": "only_duplicates",
    "another spelling": "only_duplicates",
    "no address at all": "one_spelling",
    "a field too many": "plain",
    "a fault of ours": "only_duplicates",
    "the answer, read": "public_answer",
    "the table, read": "hashed",
    "one password twice": "hashed",
    "hashes that are cheap": "hashed",
    "the first 72 bytes": "whole_password",
    "trax as a password": "policy",
    "three sign-ups freeze it": "off_the_loop",
    "the cookie, used": "host_cookie",
    "the key, guessed": "real_token",
    "the token, read": "real_token",
    "a token for ever": "as_taught",
    "a script in the page": "as_taught",
    "http, overheard": "host_cookie",
    "a cookie, planted": "host_cookie",
    "a cookie sent along": "as_taught",
    "a form elsewhere": "same_origin",
    "who was here before": "reference",
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    started = Server(bcrypt_cost=4)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def boards(server: Server) -> dict[str, Scoreboard]:
    """The board of each rung."""
    found = {}
    for name, rung in LADDER.items():
        server.plug("signup", rung)
        found[name] = scoreboard()
    return found


pytestmark = pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")


def test_every_attack_is_here() -> None:
    assert list(FIRST) == [one.name for one in ATTACKS]
    assert len(ATTACKS) == len(ACCOUNT) + len(SECRET) + len(SESSION)


@pytest.mark.parametrize("attack", [name for name in FIRST if name != "a field too many"])
def test_an_attack_falls_to_the_rung_that_was_made_against_it(
    boards: dict[str, Scoreboard], attack: str
) -> None:
    through = [name for name in NAMES if attack in boards[name].through]
    last = NAMES.index(FIRST[attack])
    assert NAMES[last - 1] in through and not set(through) & set(NAMES[last:])


def test_the_reference_withstands_all_of_them(boards: dict[str, Scoreboard]) -> None:
    assert boards["reference"].through == []
    assert boards["reference"].stopped == len(ATTACKS)
    assert "Next" not in boards["reference"].as_text()


def test_each_rung_from_the_route_as_taught_on_stops_more(boards: dict[str, Scoreboard]) -> None:
    stopped = [boards[name].stopped for name in NAMES[NAMES.index("as_taught") :]]
    assert stopped == sorted(stopped) and len(set(stopped)) == len(stopped)


def test_what_is_shown_says_what_to_do_next(boards: dict[str, Scoreboard]) -> None:
    board = boards["same_origin"]
    for shown in (board.as_text(), board.as_html()):
        assert "26 of 27 stopped." in shown and "who was here before" in shown
        assert "that is over, for every copy: 401." in shown
    assert len(boards["plain"].as_text().splitlines()) <= 20


async def stub(request: Request) -> Response: ...


async def crash(request: Request) -> Response:
    raise KeyError("email")


@pytest.mark.parametrize(
    ("route", "said"), [(stub, "returns an answer"), (crash, "does not crash (KeyError")]
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
    assert "a field too many" in scoreboard().through


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
    [
        ("same_origin_only", "a form elsewhere"),
        ("normalise(", "another spelling"),
        ("check_length", "trax as a password"),
        ("check_not_common", "trax as a password"),
        ("sessions.end", "who was here before"),
    ],
)
def test_each_line_of_the_reference_is_there_for_an_attack(
    server: Server, words: str, attack: str
) -> None:
    server.plug("signup", without(LADDER["reference"], words))
    through = scoreboard().through
    assert attack in through and len(through) <= 2


def test_one_line_means_one_line() -> None:
    for words in ("no such line", "email"):
        with pytest.raises(ValueError, match="should be one"):
            without(LADDER["reference"], words)
