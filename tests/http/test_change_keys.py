"""Other keys in the running server: who stays signed in, and what a reset brings back."""

from collections.abc import Iterator

import pytest
import requests

from classroom.lessons.change_keys import change_keys
from classroom.server.server import Server
from classroom.weak_routes.me_with_reader import COOKIE
from minisrv.auth import access_tokens
from minisrv.db import models
from minisrv.db.models import User
from minisrv.settings import CookieSettings

FIRST, SECOND = "1:the-first-key-of-these-tests-is-long", "2:the-second-key-of-these-tests-is-long"


@pytest.fixture
def server() -> Iterator[Server]:
    started = Server(bcrypt_cost=4, cookie=CookieSettings(name=COOKIE))
    models.add(started.running.shared.database, User(email="ada@trax.test", password=""))
    yield started
    started.stop()


def status(server: Server, key: str) -> int:
    cookie = {"Cookie": f"{COOKIE}={access_tokens.issue(1, key, 60)}"}
    return requests.get(server.url + "/api/me", headers=cookie, timeout=60).status_code


def test_a_token_of_the_old_key_is_good_while_the_old_key_is_given(server: Server) -> None:
    change_keys(server, FIRST)
    assert (status(server, FIRST), status(server, SECOND)) == (200, 401)
    change_keys(server, SECOND, old_secret=FIRST)
    assert (status(server, FIRST), status(server, SECOND)) == (200, 200)
    change_keys(server, SECOND)
    assert (status(server, FIRST), status(server, SECOND)) == (401, 200)


def test_a_reset_brings_the_first_key_back(server: Server) -> None:
    change_keys(server, SECOND)
    server.reset()
    assert server.running.shared.settings.secret == server.settings.secret


def test_keys_that_the_server_would_not_start_with_are_refused(server: Server) -> None:
    with pytest.raises(ValueError, match="different numbers"):
        change_keys(server, SECOND, old_secret=SECOND)
    assert status(server, server.settings.secret) == 200
