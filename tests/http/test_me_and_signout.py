"""Who is signed in, for how long, and what ends a session."""

import time

from classroom.browser_model import parse, set_cookie_lines
from minisrv.auth import access_tokens
from tests.support.live import SECRET, Live
from tests.support.visitor import Visitor, assert_refused


def test_a_stranger_is_nobody_and_is_told_how_to_change_that(server: Live) -> None:
    answer = Visitor(server).asks_me()
    assert_refused(answer, 401, "not_signed_in")
    assert answer.headers["WWW-Authenticate"].startswith("Cookie ")


def test_the_cookie_says_who_is_there(ada: Visitor) -> None:
    answer = ada.asks_me()
    assert answer.json()["email"] == ada.email and "password" not in answer.json()
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_token_that_is_over_is_refused_by_its_own_name(ada: Visitor) -> None:
    number = ada.asks_me().json()["id"]
    ada.token = access_tokens.issue(number, SECRET, 60, now=time.time() - 61)
    assert_refused(ada.asks_me(), 401, "token_expired")


def test_a_token_of_an_account_that_is_gone_is_refused(ada: Visitor) -> None:
    ada.server.run("DELETE FROM users")
    assert_refused(ada.asks_me(), 401, "not_signed_in")


def test_the_id_of_an_account_that_is_gone_is_not_given_away_again(ada: Visitor) -> None:
    before = ada.asks_me().json()["id"]
    ada.server.run("DELETE FROM users")
    assert Visitor(ada.server, "mallory@evil.test").signs_up().json()["id"] > before
    assert ada.asks_me().status_code == 401


def test_signing_out_ends_the_session_for_every_copy_of_the_token(ada: Visitor) -> None:
    copy = ada.token
    answer = ada.signs_out()
    assert answer.status_code == 204 and not answer.content and ada.cookies == {}
    for token in (copy, copy + "=", copy + "=="):
        ada.token = token
        assert_refused(ada.asks_me(), 401, "not_signed_in")


def test_signing_out_clears_the_cookie_in_words_that_a_browser_obeys(ada: Visitor) -> None:
    (line,) = set_cookie_lines(ada.signs_out())
    cookie = parse(line)
    assert cookie.name == "__Host-TRAX_ACCESS_TOKEN" and cookie.get("max-age") == "0"
    assert cookie.has("secure") and cookie.get("path") == "/" and not cookie.has("domain")


def test_signing_out_leaves_other_sessions_alone(ada: Visitor) -> None:
    elsewhere = Visitor(ada.server)
    elsewhere.signs_in()
    ada.signs_out()
    assert elsewhere.asks_me().status_code == 200


def test_signing_out_twice_or_as_nobody_is_no_error(ada: Visitor) -> None:
    token = ada.token
    for _ in range(2):
        ada.token = token
        assert ada.signs_out().status_code == 204
    assert Visitor(ada.server).signs_out().status_code == 204


def test_tokens_that_are_over_are_forgotten(ada: Visitor) -> None:
    ada.server.run("INSERT INTO revoked_tokens (id, expires) VALUES ('old', 1)")
    ada.signs_out()
    assert [row["id"] for row in ada.server.rows("revoked_tokens")] != ["old"]
    assert len(ada.server.rows("revoked_tokens")) == 1
