"""Guessed keys, unsigned tokens, tokens for another purpose: at weak `me` routes, then at ours.

Each token is right in every respect but one. Left out: what the claims mean (test_token_table.py).
"""

import hmac
from collections.abc import Iterator

import jwt
import pytest
import requests

from classroom.attacks.confuse import public_key
from classroom.attacks.forge import HEADER, forge, forgeries, unpacked, unsigned
from classroom.attacks.leaks import common_words
from classroom.attacks.wordlist import Guessed, guess
from classroom.lessons.token_table import ask_each_reader
from classroom.server.server import Server
from classroom.weak_routes.me_with_reader import COOKIE, Read, me_with_reader
from minisrv.auth import access_tokens
from minisrv.routes.me import me
from minisrv.routes.signup import as_taught, real_token
from minisrv.settings import CookieSettings

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}
MALLORY = {"email": "mallory@evil.test", "password": "nothing to see here"}


@pytest.fixture
def server() -> Iterator[Server]:
    started = Server(bcrypt_cost=4, cookie=CookieSettings(name=COOKIE))
    yield started
    started.stop()


def mallorys_token(server: Server) -> str:
    for person in (ADA, MALLORY):
        answer = requests.post(server.url + "/api/signup", json=person, timeout=60)
    return answer.cookies[COOKIE]


def ask(server: Server, token: str) -> int:
    cookie = {"Cookie": f"{COOKIE}={token}"}
    return requests.get(server.url + "/api/me", headers=cookie, timeout=60).status_code


def key_found_for(token: str) -> Guessed:
    said, claims = (unpacked(part) for part in token.split(".")[:2])
    return guess(common_words(), lambda word: forge(claims, word.encode(), said) == token)


def naive(key: bytes) -> Read:
    def read(token: str) -> object:
        header, claims = (unpacked(part) for part in token.split(".")[:2])
        if header["alg"] != "none" and forge(claims, key, header) != token:
            raise jwt.InvalidSignatureError
        return claims["sub"]

    return read


@pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")
def test_the_key_hello_is_guessed_from_one_cookie_and_forges_anybody(server: Server) -> None:
    server.plug("signup", as_taught)
    server.plug("me", me_with_reader(lambda t: jwt.decode(t, "hello", algorithms=["HS256"])["id"]))
    token = mallorys_token(server)
    assert key_found_for(token) == Guessed("hello", 83)
    claims = unpacked(token.split(".")[1]) | {"id": 1, "email": ADA["email"]}
    forged = {"Cookie": f"{COOKIE}={forge(claims, b'hello', HEADER)}"}
    answer = requests.get(server.url + "/api/me", headers=forged, timeout=60)
    assert answer.json() == {"id": 1, "email": ADA["email"]}


def test_a_random_key_is_not_guessed_and_hello_forges_nobody(server: Server) -> None:
    server.plug("signup", real_token)
    token = mallorys_token(server)
    assert key_found_for(token) == Guessed(None, 10_000)
    said, claims = (unpacked(part) for part in token.split(".")[:2])
    theirs = claims | {"sub": "1"}
    assert ask(server, forge(theirs, b"hello", said)) == 401
    assert ask(server, forge(theirs, server.settings.secret.encode(), said)) == 200


def test_a_token_that_calls_itself_unsigned_passes_a_verifier_that_asks_it(
    server: Server,
) -> None:
    claims = unpacked(mallorys_token(server).split(".")[1]) | {"sub": "1"}
    server.plug("me", me_with_reader(naive(server.settings.secret.encode())))
    assert ask(server, unsigned(claims)) == 200
    server.plug("me", me)
    assert ask(server, unsigned(claims)) == 401


def test_each_way_of_reading_lets_in_what_it_does_not_check(server: Server) -> None:
    key = server.settings.secret
    tokens = forgeries(mallorys_token(server), key.encode(), victim="1")
    readers = {
        "decoded": lambda t: jwt.decode(t, options={"verify_signature": False})["sub"],
        "signature": naive(key.encode()),
        "verified": lambda t: access_tokens.read(t, key).user_id,
    }
    let_in = {
        reader: {
            row["token"] for row in ask_each_reader(server, readers, tokens) if row[reader] == 200
        }
        for reader in readers
    }
    assert let_in["decoded"] == set(tokens)
    assert let_in["signature"] == set(tokens) - {"changed payload", "key hello"}
    assert let_in["verified"] == {"genuine"}


def test_a_signed_out_token_with_padding_passes_a_list_of_texts_and_not_one_of_ids(
    server: Server,
) -> None:
    token, key = mallorys_token(server), server.settings.secret

    def by_text(text: str) -> int:
        if hmac.compare_digest(text, token):
            raise jwt.InvalidTokenError
        return access_tokens.read(text, key).user_id

    server.plug("me", me_with_reader(by_text))
    assert [ask(server, token), ask(server, token + "=")] == [401, 200]
    server.plug("me", me)
    assert [ask(server, token), ask(server, token + "=")] == [200, 200]
    cookie = {"Cookie": f"{COOKIE}={token}"}
    assert requests.post(server.url + "/api/signout", headers=cookie, timeout=60).ok
    assert [ask(server, token), ask(server, token + "=")] == [401, 401]


def test_a_confused_algorithm_is_a_500_unless_the_whole_family_of_errors_is_caught(
    server: Server,
) -> None:
    pem = public_key()
    claims = unpacked(mallorys_token(server).split(".")[1])

    def read(algorithms: list[str]) -> Read:
        return lambda t: jwt.decode(t, pem, algorithms=algorithms, audience="trax")["sub"]

    confused = forge(claims, pem)
    server.plug("me", me_with_reader(read(["RS256", "HS256"])))
    assert ask(server, confused) == 500
    assert str(server.crash).startswith("InvalidKeyError")
    server.plug("me", me_with_reader(read(["RS256", "HS256"]), catch=jwt.PyJWTError))
    assert ask(server, confused) == 401
    server.plug("me", me_with_reader(read(["RS256"])))
    assert ask(server, confused) == 401
