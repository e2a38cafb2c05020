"""Guess the hash in a response offline; a response of chosen columns has no hash."""

import pytest
import requests

from classroom.attacks.leaks import common_words
from classroom.attacks.offline_guessing import guess_offline, hashes_in
from classroom.attacks.wordlist import Guessed
from classroom.server.server import Server
from minisrv.routes.signup import LADDER
from tests.support.lesson_server import server as server

TIM = {"email": "tim@trax.test", "password": "I love sunshine"}
PHRASES = [f"I love {word}" for word in common_words()[:60]]
FOUND, NOTHING = Guessed("I love sunshine", 46), Guessed(None, 0)

# The rungs sign with the tutorial's key of five letters, which is not the subject here.
pytestmark = pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")


@pytest.mark.parametrize(
    ("rung", "found"),
    [
        ("hashed", FOUND),
        ("as_taught", FOUND),
        ("only_duplicates", FOUND),
        ("public_answer", NOTHING),
        ("reference", NOTHING),
    ],
)
def test_guessing_offline_finds_the_password_when_the_row_is_sent(
    server: Server, rung: str, found: Guessed
) -> None:
    server.plug("signup", LADDER[rung])
    answer = requests.post(server.url + "/api/signup", json=TIM, timeout=60)
    assert answer.ok and len(server.rows("users")) == 1
    assert guess_offline(answer.text, PHRASES) == found


def test_hashes_are_found_wherever_they_stand() -> None:
    bare = "$2b$04$" + "A" * 53
    assert hashes_in(f'{{"a": "{bare}", "b": ["hmac-sha384${bare}"]}}') == [
        bare,
        "hmac-sha384$" + bare,
    ]
