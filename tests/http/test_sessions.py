"""The list of a user's sessions, and how one of them, or all, are ended."""

import time

import pytest

from tests.support.live import Live
from tests.support.visitor import Visitor, assert_refused


@pytest.fixture
def phone(ada: Visitor) -> Visitor:
    """Ada's other device, which remembers her."""
    visitor = Visitor(ada.server)
    visitor.signs_in_for_weeks()
    return visitor


def test_each_session_is_listed_with_its_end_and_its_kind(ada: Visitor, phone: Visitor) -> None:
    weeks, hours = ada.lists_sessions()
    assert set(weeks) == {"id", "expires", "remembered", "current"}
    assert weeks["remembered"] and not hours["remembered"]
    assert hours["current"] and not weeks["current"]
    assert [one["current"] for one in phone.lists_sessions()] == [True, False]
    settings = ada.server.settings
    for one, seconds in ((weeks, settings.remember_seconds), (hours, settings.session_seconds)):
        assert abs(one["expires"] - time.time() - seconds) < 60


def test_one_that_was_signed_out_or_replaced_is_not_listed(ada: Visitor, phone: Visitor) -> None:
    phone.signs_out()
    assert len(ada.lists_sessions()) == 1
    ada.signs_in()
    assert [one["current"] for one in ada.lists_sessions()] == [True]
    ada.signs_in_for_weeks()
    assert [one["remembered"] for one in ada.lists_sessions()] == [True]


def test_one_that_has_expired_is_not_listed(ada: Visitor, phone: Visitor) -> None:
    ada.server.run("UPDATE plain_sessions SET expires = 1")
    assert [one["remembered"] for one in ada.lists_sessions()] == [True]
    ada.server.run("UPDATE refresh_tokens SET exchanged = exchanged - 700000")  # a week and more
    assert ada.lists_sessions() == []


def test_rows_of_sessions_that_are_over_are_forgotten(ada: Visitor, grace: Visitor) -> None:
    ada.server.run("UPDATE plain_sessions SET expires = 1")
    grace.signs_in()
    assert len(ada.server.rows("plain_sessions")) == 1


def test_another_one_is_ended_and_this_one_lives_on(ada: Visitor, phone: Visitor) -> None:
    (other,) = [one for one in ada.lists_sessions() if not one["current"]]
    answer = ada.ends_session(other["id"])
    assert answer.status_code == 204 and "Set-Cookie" not in answer.headers
    assert_refused(phone.asks_me(), 401, "not_signed_in")
    assert_refused(phone.refreshes(), 401, "not_signed_in")
    assert ada.asks_me().status_code == 200 and len(ada.lists_sessions()) == 1


def test_a_plain_one_is_ended_from_elsewhere(ada: Visitor, phone: Visitor) -> None:
    (other,) = [one for one in phone.lists_sessions() if not one["current"]]
    assert phone.ends_session(other["id"]).status_code == 204
    assert_refused(ada.asks_me(), 401, "not_signed_in")
    assert_refused(phone.ends_session(other["id"]), 404, "not_found")


def test_ending_this_one_is_signing_out(ada: Visitor) -> None:
    (this,) = ada.lists_sessions()
    copy = ada.token
    assert ada.ends_session(this["id"]).status_code == 204 and ada.cookies == {}
    ada.token = copy
    assert_refused(ada.asks_me(), 401, "not_signed_in")


def test_a_session_of_another_is_neither_seen_nor_ended(ada: Visitor, grace: Visitor) -> None:
    (hers,) = grace.lists_sessions()
    assert hers["id"] not in [one["id"] for one in ada.lists_sessions()]
    assert_refused(ada.ends_session(hers["id"]), 404, "not_found")
    assert ada.signs_out_everywhere().status_code == 204
    assert grace.asks_me().status_code == 200


@pytest.mark.parametrize("number", ["0", "x" * 65, "%00", "a%2Fb", "%F0%9F%8E%B5", "'--"])
def test_an_id_that_names_nothing_is_answered_404(ada: Visitor, number: str) -> None:
    assert_refused(ada.ends_session(number), 404, "not_found")


def test_signing_out_everywhere_ends_all_sessions_and_clears_the_cookies(
    ada: Visitor, phone: Visitor
) -> None:
    copy, kept = ada.token, dict(phone.cookies)
    assert phone.signs_out_everywhere().status_code == 204 and phone.cookies == {}
    ada.token, phone.cookies = copy, kept
    for visitor in (ada, phone):
        assert_refused(visitor.asks_me(), 401, "not_signed_in")
    assert_refused(phone.refreshes(), 401, "not_signed_in")
    assert ada.server.rows("plain_sessions") == ada.server.rows("refresh_tokens") == []
    assert ada.signs_in().status_code == 200 and len(ada.lists_sessions()) == 1


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/api/sessions"), ("DELETE", "/api/sessions"), ("DELETE", "/api/sessions/x")],
)
def test_a_stranger_has_none(server: Live, method: str, path: str) -> None:
    assert_refused(Visitor(server).sends(method, path), 401, "not_signed_in")


def test_who_was_signed_out_sees_and_ends_nothing(ada: Visitor, phone: Visitor) -> None:
    copy = ada.token
    ada.signs_out()
    ada.token = copy
    assert_refused(ada.sends("GET", "/api/sessions"), 401, "not_signed_in")
    assert_refused(ada.signs_out_everywhere(), 401, "not_signed_in")
    assert phone.asks_me().status_code == 200
