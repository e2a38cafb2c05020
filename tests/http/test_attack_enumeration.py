"""Who has an account? By words and by work, at routes that tell and at routes that do not.

Work is counted, not timed. Left out: the second step of a sign-up by mail.
"""

from collections.abc import Iterator

import pytest
import requests
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.attacks.probe import PASSWORD, probe
from classroom.checking.bcrypt_calls import counting_hashes, rounds
from classroom.server.server import Server
from minisrv.auth import emails, passwords
from minisrv.db.models import User
from minisrv.errors import BadCredentials
from minisrv.web import bodies
from tests.support.lesson_server import lesson_server

MEMBER, STRANGER = "ada@trax.test", "hedy@trax.test"
Seen = tuple[int, bytes, int]


@pytest.fixture
def server() -> Iterator[Server]:
    body = {"email": MEMBER, "password": "midnight train to georgia"}
    with lesson_server() as started:
        assert requests.post(started.url + "/api/signup", json=body, timeout=60).status_code == 201
        yield started


def seen(server: Server, path: str, email: str) -> Seen:
    """Return status, body and rounds of hashing: all that a stranger can see or measure."""
    with counting_hashes() as costs:
        body = {"email": email, "password": PASSWORD}
        answer = requests.post(server.url + path, json=body, timeout=60)
    return answer.status_code, answer.content, rounds(costs)


async def early_return(request: Request) -> Response:
    state = request.app.state
    email, password = await bodies.read_credentials(request)
    with state.database() as session:
        user = session.scalar(select(User).where(User.email == email))
    if user is None:
        raise BadCredentials
    if not await state.workers.run(passwords.verify, password, user.password, 4):
        raise BadCredentials
    return JSONResponse(user.public())


async def by_mail(request: Request) -> Response:
    email = emails.normalise(bodies.text(await bodies.read_object(request), "email"))
    with request.app.state.database() as session:
        session.scalar(select(User).where(User.email == email))
    return JSONResponse({"message": "Please look into your mailbox."}, 202)


def test_enumeration_by_work_at_a_sign_in_that_returns_early_and_not_at_ours(
    server: Server,
) -> None:
    ours = [seen(server, "/api/signin", email) for email in (MEMBER, STRANGER, "no address")]
    assert ours[0] == ours[1] == ours[2]
    assert (ours[0][0], ours[0][2]) == (401, 16)
    server.plug("signin", early_return)
    member, stranger = (seen(server, "/api/signin", email) for email in (MEMBER, STRANGER))
    assert member[:2] == stranger[:2] == ours[0][:2]
    assert (member[2], stranger[2]) == (16, 0)


def test_enumeration_by_words_at_our_sign_up_with_the_same_work_and_none_by_mail(
    server: Server,
) -> None:
    member, stranger = (seen(server, "/api/signup", email) for email in (MEMBER, STRANGER))
    assert (member[0], stranger[0]) == (409, 201)
    assert member[2] == stranger[2] == 16
    server.plug("signup", by_mail)
    assert seen(server, "/api/signup", MEMBER) == seen(server, "/api/signup", "tim@trax.test")
    assert len(server.rows("users")) == 2


def test_squatting_locks_the_owner_out_at_our_sign_up(server: Server) -> None:
    assert seen(server, "/api/signup", STRANGER)[0] == 201
    owner = {"email": STRANGER, "password": "frequency hopping all night"}
    assert requests.post(server.url + "/api/signup", json=owner, timeout=60).status_code == 409
    assert seen(server, "/api/signin", STRANGER)[0] == 200


def test_a_probe_shows_status_length_and_work_and_opens_accounts(server: Server) -> None:
    shown = probe(server, "/api/signup", [MEMBER, "tim@trax.test"])
    assert [(row["status"], row["rounds"]) for row in shown] == [(409, 16), (201, 16)]
    assert all(row["bytes"] > 20 for row in shown)
    tim = {"email": "tim@trax.test", "password": PASSWORD}
    assert requests.post(server.url + "/api/signin", json=tim, timeout=60).status_code == 200
