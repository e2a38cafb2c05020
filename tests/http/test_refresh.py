"""A remembered session: short access tokens, renewed once each, until the session ends."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from classroom.browser_model import parse, set_cookie_lines
from minisrv.auth import access_tokens
from tests.support.live import SECRET, Live, serve, settings_of_tests
from tests.support.visitor import Visitor, assert_refused

ACCESS, REFRESH = "__Host-TRAX_ACCESS_TOKEN", "__Host-TRAX_REFRESH_TOKEN"
WEEKS = 30 * 24 * 60 * 60


@pytest.fixture
def ada(server: Live) -> Visitor:
    """Ada, signed in and remembered."""
    visitor = Visitor(server)
    assert visitor.signs_up().status_code == 201
    assert visitor.signs_in_for_weeks().status_code == 200
    return visitor


def copy_of(visitor: Visitor, **cookies: str) -> Visitor:
    """Return somebody else with the same cookies, or with others in their place."""
    other = Visitor(visitor.server)
    other.cookies = {**visitor.cookies, **cookies}
    return other


def at(server: Live, visitor: Visitor) -> Visitor:
    """Return `visitor` with the same cookies at another server."""
    other = Visitor(server, visitor.email)
    other.cookies = dict(visitor.cookies)
    return other


def waits(visitor: Visitor) -> None:
    """Let sixteen minutes pass, for the access token and for the table."""
    visitor.server.run("UPDATE refresh_tokens SET exchanged = exchanged - 960")
    claims = access_tokens.read(visitor.cookies[ACCESS], SECRET)
    visitor.cookies[ACCESS] = access_tokens.issue(
        claims.user_id, SECRET, 900, now=time.time() - 960, family=claims.family
    )


def test_a_remembered_user_gets_a_short_session_and_a_token_that_renews_it(
    ada: Visitor,
) -> None:
    lines = [parse(line) for line in set_cookie_lines(ada.signs_in_for_weeks())]
    assert [line.name for line in lines] == [ACCESS, REFRESH]
    for line in lines:
        assert (
            line.get("max-age") == str(WEEKS) and line.get("path") == "/" and not line.has("domain")
        )
        assert line.has("httponly") and line.has("secure")
    assert [line.get("samesite") for line in lines] == ["lax", "strict"]
    claims = access_tokens.read(ada.cookies[ACCESS], SECRET)
    assert claims.expires == pytest.approx(time.time() + 15 * 60, abs=5)
    assert len(ada.cookies[REFRESH]) == 43 and "." not in ada.cookies[REFRESH]  # no JWT


def test_a_user_who_does_not_ask_is_not_remembered_and_an_odd_value_is_refused(
    server: Live,
) -> None:
    visitor = Visitor(server)
    visitor.signs_up()
    for remember in ({}, {"remember": False}):
        body = {"email": visitor.email, "password": visitor.password, **remember}
        answer = visitor.signs_in(json=body)
        assert answer.status_code == 200 and set(visitor.cookies) == {ACCESS}
    for value in (None, 1, "true", []):
        refused = visitor.signs_in(json={**body, "remember": value})
        assert_refused(refused, 400, "malformed_body")
    assert_refused(visitor.refreshes(), 401, "not_signed_in")
    assert not server.rows("refresh_tokens")


def test_a_session_that_is_over_is_told_so_and_is_renewed(ada: Visitor) -> None:
    for _ in range(3):
        waits(ada)
        before = dict(ada.cookies)
        assert_refused(ada.asks_me(), 401, "token_expired")
        answer = ada.refreshes()
        assert answer.status_code == 200 and answer.json()["email"] == ada.email
        assert answer.headers["Cache-Control"] == "no-store"
        assert set(ada.cookies) == {ACCESS, REFRESH}
        assert all(ada.cookies[name] != before[name] for name in before)
        assert ada.asks_me().status_code == 200
    assert len(ada.server.rows("refresh_tokens")) == 1


def test_renewing_does_not_put_off_the_end(ada: Visitor) -> None:
    ada.server.run("UPDATE refresh_tokens SET expires = expires - 2591900")  # 100 seconds are left
    answer = ada.refreshes()
    assert {int(parse(line).get("max-age")) for line in set_cookie_lines(answer)} <= set(
        range(90, 101)
    )
    claims = access_tokens.read(ada.cookies[ACCESS], SECRET)
    assert claims.expires <= time.time() + 101
    ada.server.run("UPDATE refresh_tokens SET expires = expires - 101")
    assert_refused(ada.refreshes(), 401, "not_signed_in")


def test_eight_tabs_that_renew_at_once_go_on_with_one_token(ada: Visitor) -> None:
    waits(ada)
    tabs = [copy_of(ada) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        assert {answer.status_code for answer in pool.map(Visitor.refreshes, tabs)} == {200}
    assert len({tab.cookies[REFRESH] for tab in tabs}) == 1
    assert {tab.asks_me().status_code for tab in tabs} == {200}
    assert tabs[3].refreshes().status_code == 200


def test_an_answer_that_got_lost_can_be_asked_for_again_also_after_an_hour(ada: Visitor) -> None:
    waits(ada)
    for _ in range(4):  # a laptop that sleeps before each response arrives
        assert copy_of(ada).refreshes().status_code == 200
        ada.server.run("UPDATE refresh_tokens SET exchanged = exchanged - 3600")
    before = ada.cookies[REFRESH]
    assert ada.refreshes().status_code == 200 and ada.cookies[REFRESH] != before
    assert ada.asks_me().status_code == 200
    waits(ada)
    assert ada.refreshes().status_code == 200


def test_a_copy_that_renews_as_often_as_the_owner_ends_the_session(ada: Visitor) -> None:
    thief = copy_of(ada)
    for visitor in (ada, thief):
        waits(visitor)
        assert visitor.refreshes().status_code == 200
    assert_refused(ada.refreshes(), 401, "token_reused")
    assert_refused(thief.asks_me(), 401, "not_signed_in")


def test_a_thief_who_comes_too_late_ends_the_session_for_both(ada: Visitor) -> None:
    thief = copy_of(ada)
    for _ in range(2):
        waits(ada)
        assert ada.refreshes().status_code == 200
    assert_refused(thief.refreshes(), 401, "token_reused")
    assert_refused(ada.asks_me(), 401, "not_signed_in")
    assert_refused(ada.refreshes(), 401, "not_signed_in")
    assert ada.signs_in().status_code == 200


def test_a_thief_who_comes_first_is_found_out_when_the_owner_comes(ada: Visitor) -> None:
    thief = copy_of(ada)
    for _ in range(2):
        waits(thief)
        assert thief.refreshes().status_code == 200
    assert_refused(ada.refreshes(), 401, "token_reused")
    assert_refused(thief.asks_me(), 401, "not_signed_in")
    assert_refused(thief.refreshes(), 401, "not_signed_in")


def test_neither_cookie_is_worth_anything_in_the_place_of_the_other(ada: Visitor) -> None:
    swapped = copy_of(ada, **{ACCESS: ada.cookies[REFRESH], REFRESH: ada.cookies[ACCESS]})
    assert_refused(swapped.asks_me(), 401, "not_signed_in")
    assert_refused(swapped.refreshes(), 401, "not_signed_in")
    alone = Visitor(ada.server)
    alone.cookies = {REFRESH: ada.cookies[REFRESH]}
    assert_refused(alone.refreshes(), 401, "not_signed_in")
    alone.cookies = {ACCESS: ada.cookies[ACCESS]}
    assert_refused(alone.refreshes(), 401, "not_signed_in")
    assert ada.refreshes().status_code == 200  # none of it did her any harm


def test_a_token_that_was_not_signed_here_renews_nothing(ada: Visitor) -> None:
    claims = access_tokens.read(ada.cookies[ACCESS], SECRET)
    forged = access_tokens.issue(claims.user_id, SECRET + "!", 60, family=claims.family)
    assert_refused(copy_of(ada, **{ACCESS: forged}).refreshes(), 401, "not_signed_in")
    assert ada.refreshes().status_code == 200


def test_the_refresh_token_of_one_does_not_renew_the_session_of_another(ada: Visitor) -> None:
    bob = Visitor(ada.server, "bob@trax.test")
    bob.signs_up()
    bob.signs_in_for_weeks()
    assert_refused(copy_of(bob, **{REFRESH: ada.cookies[REFRESH]}).refreshes(), 401, "token_reused")
    assert ada.refreshes().status_code == 200


def test_another_user_of_her_browser_is_not_turned_into_her_later(ada: Visitor) -> None:
    browser = copy_of(ada)
    browser.email = "bob@trax.test"
    assert browser.signs_up().status_code == 201
    assert set(browser.cookies) == {ACCESS}  # hers is gone from it, as after a sign-in
    kept = copy_of(browser, **{REFRESH: ada.cookies[REFRESH]})
    for hers in (browser, kept, ada):
        assert_refused(hers.refreshes(), 401, "not_signed_in")
    assert_refused(ada.asks_me(), 401, "not_signed_in")  # nor is her session left behind
    assert browser.asks_me().json()["email"] == "bob@trax.test"
    assert kept.signs_in().status_code == 200
    assert set(kept.cookies) == {ACCESS}


def test_signing_in_again_ends_what_the_browser_had(ada: Visitor) -> None:
    before = copy_of(ada)
    assert ada.signs_in_for_weeks().status_code == 200
    assert_refused(before.asks_me(), 401, "not_signed_in")
    assert_refused(before.refreshes(), 401, "not_signed_in")
    assert len(ada.server.rows("refresh_tokens")) == 1
    between = copy_of(ada)
    ada.signs_in()
    plain = copy_of(ada)
    ada.signs_in()
    for copy in (between, plain):
        assert_refused(copy.asks_me(), 401, "not_signed_in")
    assert ada.asks_me().status_code == 200


def test_a_wrong_password_ends_nothing(ada: Visitor) -> None:
    body = {"email": ada.email, "password": "not hers at all", "remember": True}
    assert_refused(ada.signs_in(json=body), 401, "bad_credentials")
    assert ada.refreshes().status_code == 200


@pytest.mark.parametrize("late", [False, True])
def test_signing_out_ends_it_for_every_copy_of_every_token(ada: Visitor, late: bool) -> None:
    older = copy_of(ada)
    waits(ada)
    ada.refreshes()
    newer = copy_of(ada)
    if late:
        waits(ada)
    answer = ada.signs_out()
    assert answer.status_code == 204 and ada.cookies == {}
    assert [parse(line).name for line in set_cookie_lines(answer)] == [ACCESS, REFRESH]
    for copy in (older, newer):
        assert_refused(copy.asks_me(), 401, "not_signed_in")
        assert_refused(copy.refreshes(), 401, "not_signed_in")
    assert not ada.server.rows("refresh_tokens")


def test_a_refresh_token_alone_is_enough_to_sign_out(ada: Visitor) -> None:
    half = Visitor(ada.server)
    half.cookies = {REFRESH: ada.cookies[REFRESH]}
    assert half.signs_out().status_code == 204 and half.cookies == {}
    assert_refused(ada.asks_me(), 401, "not_signed_in")


def test_beside_the_access_token_of_another_it_is_so_too(ada: Visitor) -> None:
    bob = Visitor(ada.server, "bob@trax.test")
    bob.signs_up()
    both = copy_of(bob, **{REFRESH: ada.cookies[REFRESH]})
    both.signs_out()
    for visitor in (ada, bob):
        assert_refused(visitor.asks_me(), 401, "not_signed_in")


def test_signing_out_here_leaves_other_browsers_alone(ada: Visitor) -> None:
    phone = Visitor(ada.server)
    phone.signs_in_for_weeks()
    ada.signs_out()
    assert phone.asks_me().status_code == 200 and phone.refreshes().status_code == 200


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}])
def test_no_other_site_can_have_it_renewed(ada: Visitor, headers: dict[str, str]) -> None:
    before = ada.server.rows("refresh_tokens")
    assert_refused(ada.refreshes(headers=headers), 403, "cross_site_request")
    assert ada.server.rows("refresh_tokens") == before


def test_an_account_that_is_gone_is_not_renewed(ada: Visitor) -> None:
    ada.server.run("PRAGMA foreign_keys = OFF")
    try:
        ada.server.run("DELETE FROM users")
    finally:
        ada.server.run("PRAGMA foreign_keys = ON")
    assert_refused(ada.refreshes(), 401, "not_signed_in")


def test_a_new_key_signs_nobody_out(tmp_path: Path) -> None:
    url, new = f"sqlite:///{tmp_path / 'trax.sqlite3'}", "2:" + SECRET[::-1]
    with serve(settings_of_tests(database_url=url)) as server:
        ada, bob, eve = (Visitor(server, f"{name}@trax.test") for name in ("ada", "bob", "eve"))
        for visitor in (ada, bob, eve):
            visitor.signs_up()
        bob.signs_in_for_weeks()
        eve.signs_in_for_weeks()
        waits(eve)
        assert copy_of(eve).refreshes().status_code == 200  # she does not get the response
        waits(bob)
    with serve(settings_of_tests(database_url=url, secret=new, old_secret=SECRET)) as server:
        ada, bob, eve = (at(server, visitor) for visitor in (ada, bob, eve))
        assert ada.asks_me().status_code == 200
        assert_refused(bob.asks_me(), 401, "token_expired")
        for visitor in (bob, eve):
            assert visitor.refreshes().status_code == 200
            assert visitor.asks_me().status_code == 200
    with serve(settings_of_tests(database_url=url, secret=new)) as server:
        ada, bob = (at(server, visitor) for visitor in (ada, bob))
        assert_refused(ada.asks_me(), 401, "not_signed_in")
        assert bob.asks_me().status_code == 200 and bob.refreshes().status_code == 200


def test_the_settings_say_how_long() -> None:
    values = {"remember_seconds": 100, "access_seconds": 50, "idle_seconds": 70}
    with serve(settings_of_tests(**values)) as server:
        ada = Visitor(server)
        ada.signs_up()
        lines = set_cookie_lines(ada.signs_in_for_weeks())
        assert {parse(line).get("max-age") for line in lines} == {"100"}
        claims = access_tokens.read(ada.cookies[ACCESS], SECRET)
        assert claims.expires == pytest.approx(time.time() + 50, abs=5)
        server.run("UPDATE refresh_tokens SET exchanged = exchanged - 60")
        assert ada.refreshes().status_code == 200
        server.run("UPDATE refresh_tokens SET exchanged = exchanged - 71")
        assert_refused(ada.refreshes(), 401, "not_signed_in")
