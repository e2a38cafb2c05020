"""Guessing at the front door: as often as one likes, until a limit per account and per source."""

from collections import Counter
from collections.abc import Iterator

import pytest
import requests
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.attacks.leaks import common_words
from classroom.attacks.wordlist import Guessed, guess
from classroom.lessons.attempt_limit import Throttle, TooManyTries
from classroom.server.server import Server
from minisrv.auth import emails, passwords
from minisrv.db.models import User
from minisrv.errors import BadCredentials
from minisrv.web import bodies

TIM = {"email": "tim@trax.test", "password": "sunshine sunshine"}
WORDS = [f"{word} {word}" for word in common_words()[:60]]


@pytest.fixture
def server() -> Iterator[Server]:
    started = Server(bcrypt_cost=4)
    requests.post(started.url + "/api/signup", json=TIM, timeout=20)
    yield started
    started.stop()


def limit(server: Server, per_account: Throttle, per_source: Throttle) -> None:
    async def limited(request: Request) -> Response:
        state = request.app.state
        email, password = await bodies.read_credentials(request)
        email = emails.normalise(email)
        per_source.take(request.client.host)
        per_account.take(email)
        with state.database() as session:
            user = session.scalar(select(User).where(User.email == email))
        stored = user.password if user else None
        if not await state.workers.run(passwords.verify, password, stored, 4):
            raise BadCredentials
        per_account.forget(email)
        return JSONResponse(user.public())

    server.plug("signin", limited)


def sign_in(server: Server, **changed: str) -> requests.Response:
    return requests.post(server.url + "/api/signin", json=TIM | changed, timeout=20)


def guessed(server: Server) -> Guessed:
    return guess(WORDS, lambda word: sign_in(server, password=word).status_code == 200)


def test_guessing_finds_the_password_without_a_limit_and_not_with_one(server: Server) -> None:
    limit(server, Throttle(1_000, 900), Throttle(1_000, 900))
    assert guessed(server) == Guessed(TIM["password"], 46)
    limit(server, Throttle(10, 900), Throttle(1_000, 900))
    assert sign_in(server).status_code == 200  # in time, and the count starts over
    assert guessed(server) == Guessed(None, 60)
    answer = sign_in(server)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    assert sign_in(server, email="TIM@trax.test").status_code == 429  # another spelling of it


def test_guessing_at_our_own_sign_in_ends_at_its_limit(server: Server) -> None:
    assert guessed(server) == Guessed(None, 60)
    answer = sign_in(server)
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_attempts")


def test_spraying_one_word_over_many_accounts_meets_the_limit_per_source_only(
    server: Server,
) -> None:
    people = [f"listener-{number}@trax.test" for number in range(40)]
    for per_source, statuses in ((1_000, {401: 40}), (30, {401: 30, 429: 10})):
        limit(server, Throttle(10, 900), Throttle(per_source, 900))
        assert Counter(sign_in(server, email=one).status_code for one in people) == statuses


def test_a_throttle_counts_under_each_key_and_starts_over_in_time() -> None:
    now = [0.0]
    throttle = Throttle(2, 100, clock=lambda: now[0])
    for key in ("ada", "ada", "grace"):
        throttle.take(key)
    with pytest.raises(TooManyTries) as refused:
        throttle.take("ada")
    assert refused.value.headers == {"Retry-After": "120"}  # 100 seconds, in whole minutes
    throttle.take("grace")
    now[0] = 100
    throttle.take("ada")
    throttle.take("ada")
    with pytest.raises(TooManyTries):
        throttle.take("ada")
    throttle.forget("ada")
    throttle.take("ada")
