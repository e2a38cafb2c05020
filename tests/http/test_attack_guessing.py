"""Guessing at the sign-in page: without end, until a rate limit per account and per source.

The rate limit is the one that lesson 05 writes: its cells are run here as they stand there.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
import requests
from starlette.responses import JSONResponse

from classroom.attacks.leaks import common_words
from classroom.attacks.wordlist import Guessed, guess
from classroom.lessons.accounts import find_account
from classroom.server.server import Server
from minisrv.auth import emails, passwords
from minisrv.errors import BadCredentials, TooManyAttempts
from minisrv.web import bodies
from tests.support.lesson_server import lesson_server
from tests.support.notebooks import cells
from tests.support.paths import NOTEBOOKS

LESSON = NOTEBOOKS / "05-who-is-here.ipynb"
CELLS = ("same-work", "count-attempt", "rate-limit")
# From here on a cell attacks.
ATTACK = re.compile(r"^(?:add_account\(|guess\(|statuses\.)", re.MULTILINE)
TIM = {"email": "tim@trax.test", "password": "I love sunshine"}
WORDS = [f"I love {word}" for word in common_words()[:60]]


@pytest.fixture
def server() -> Iterator[Server]:
    with lesson_server() as started:
        requests.post(started.url + "/api/signup", json=TIM, timeout=60)
        yield started


def run_cells(server: Server, now: Callable[[], float]) -> dict:
    """Run the lesson's cells but for the lines that attack; return the names."""
    sources = {cell["id"]: cell["source"] for cell in cells(LESSON)}
    known = {
        "server": server,
        "bodies": bodies,
        "emails": emails,
        "passwords": passwords,
        "find_account": find_account,
        "BadCredentials": BadCredentials,
        "TooManyAttempts": TooManyAttempts,
        "JSONResponse": JSONResponse,
    }
    for name in CELLS:
        exec(ATTACK.split(sources[name])[0], known)
    known["time"] = SimpleNamespace(monotonic=now)
    return known


def limit(server: Server, per_account: int = 10, per_source: int = 30) -> None:
    """Plug in the lesson's `limited`, with other limits than its 10 and 30."""
    lesson = run_cells(server, now=lambda: 0.0)
    count_attempt, limits = lesson["count_attempt"], {10: per_account, 30: per_source}
    lesson["count_attempt"] = lambda key, most: count_attempt(key, limits[most])


def sign_in(server: Server, **changed: str) -> requests.Response:
    return requests.post(server.url + "/api/signin", json=TIM | changed, timeout=60)


def guessed(server: Server) -> Guessed:
    return guess(WORDS, lambda word: sign_in(server, password=word).status_code == 200)


def test_guessing_finds_the_password_without_a_limit_and_not_with_one(server: Server) -> None:
    limit(server, 1_000, 1_000)
    assert guessed(server) == Guessed(TIM["password"], 46)
    limit(server, 10, 1_000)
    assert sign_in(server).status_code == 200  # in time, and the count starts over
    assert guessed(server) == Guessed(None, 60)
    answer = sign_in(server)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")
    assert sign_in(server, email="TIM@trax.test").status_code == 429  # another spelling of it


def test_guessing_at_our_own_sign_in_ends_at_its_limit(server: Server) -> None:
    assert guessed(server) == Guessed(None, 60)
    answer = sign_in(server)
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_attempts")


def test_both_limits_answer_in_the_same_words(server: Server) -> None:
    limit(server)
    assert guessed(server) == Guessed(None, 60)
    said = sign_in(server).json()
    assert said == {"error": TooManyAttempts.message, "code": "too_many_attempts"}


def test_spraying_one_word_over_many_accounts_meets_the_limit_per_source_only(
    server: Server,
) -> None:
    people = [f"listener-{number}@trax.test" for number in range(40)]
    for per_source, statuses in ((1_000, {401: 40}), (30, {401: 30, 429: 10})):
        limit(server, 10, per_source)
        assert Counter(sign_in(server, email=one).status_code for one in people) == statuses


def test_the_rate_limit_counts_under_each_key_and_starts_over_in_time(server: Server) -> None:
    now = [0.0]
    lesson = run_cells(server, now=lambda: now[0])
    count_attempt, tries = lesson["count_attempt"], lesson["tries"]
    for key in ("ada", "ada", "grace"):
        count_attempt(key, 2, seconds=100)
    with pytest.raises(TooManyAttempts) as refused:
        count_attempt("ada", 2, seconds=100)
    assert refused.value.headers == {"Retry-After": "100"}
    count_attempt("grace", 2, seconds=100)
    now[0] = 100
    count_attempt("ada", 2, seconds=100)
    count_attempt("ada", 2, seconds=100)
    with pytest.raises(TooManyAttempts):
        count_attempt("ada", 2, seconds=100)
    tries.pop("ada")
    count_attempt("ada", 2, seconds=100)
