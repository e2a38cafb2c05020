"""Changing the password: it needs the present one, and ends every session."""

import threading
from pathlib import Path

import pytest

from minisrv.auth import passwords
from minisrv.routes import password as change
from minisrv.routes import signin
from tests.support.live import Live, serve, settings_of_tests
from tests.support.old_passwords import sign_in_while_it_changes
from tests.support.visitor import NEW_PASSWORD, PASSWORD, Visitor, assert_refused


def test_the_new_one_opens_and_the_old_one_does_not(ada: Visitor) -> None:
    answer = ada.changes_password(NEW_PASSWORD)
    assert answer.status_code == 200 and answer.json() == ada.asks_me().json()
    assert answer.headers["Cache-Control"] == "no-store"
    assert Visitor(ada.server, password=NEW_PASSWORD).signs_in().status_code == 200
    assert_refused(Visitor(ada.server).signs_in(), 401, "bad_credentials")


@pytest.mark.parametrize("remembered", [False, True])
def test_all_other_sessions_end_and_this_one_is_replaced(ada: Visitor, remembered: bool) -> None:
    laptop, phone = Visitor(ada.server), Visitor(ada.server)
    laptop.signs_in()
    phone.signs_in_for_weeks()
    if remembered:
        ada.signs_in_for_weeks()
    copy = dict(ada.cookies)
    assert ada.changes_password(NEW_PASSWORD).status_code == 200
    for other in (laptop, phone):
        assert_refused(other.asks_me(), 401, "not_signed_in")
    assert_refused(phone.refreshes(), 401, "not_signed_in")
    (one,) = ada.lists_sessions()
    assert one["current"] and one["remembered"] is remembered
    ada.cookies = copy
    assert_refused(ada.asks_me(), 401, "not_signed_in")


def test_it_can_be_changed_also_after_the_pepper_was(tmp_path: Path) -> None:
    url, old = f"sqlite:///{tmp_path / 'trax.sqlite3'}", "1:the pepper before"
    with serve(settings_of_tests(database_url=url, pepper=old)) as server:
        before = Visitor(server)
        before.signs_up()
    peppers = {"pepper": "2:a new pepper", "old_peppers": (old,)}
    with serve(settings_of_tests(database_url=url, **peppers)) as server:
        ada = Visitor(server)
        ada.cookies = dict(before.cookies)
        assert ada.changes_password(NEW_PASSWORD).status_code == 200
        assert server.rows("users")[0]["password"].startswith("hmac-sha384$2$$2b$")


@pytest.mark.parametrize("present", ["", NEW_PASSWORD, PASSWORD + "!", "\ud800", "x" * 9000])
def test_without_the_present_one_nothing_changes(ada: Visitor, present: str) -> None:
    other = Visitor(ada.server)
    other.signs_in()
    body = {"password": present, "new_password": NEW_PASSWORD}
    assert_refused(ada.changes_password(NEW_PASSWORD, json=body), 401, "bad_credentials")
    assert ada.asks_me().status_code == 200 and other.asks_me().status_code == 200
    assert Visitor(ada.server).signs_in().status_code == 200


@pytest.mark.parametrize(
    "weak", ["", "short", "traxtraxtrax2026", "ada@trax.test 2026", "x" * 1001]
)
def test_the_new_one_meets_the_policy(ada: Visitor, weak: str) -> None:
    assert_refused(ada.changes_password(weak), 422, "weak_password")
    assert Visitor(ada.server).signs_in().status_code == 200


@pytest.mark.parametrize(
    "body", [{}, {"password": PASSWORD}, {"new_password": NEW_PASSWORD}, {"password": 1}]
)
def test_both_are_needed(ada: Visitor, body: dict[str, object]) -> None:
    assert_refused(ada.changes_password(NEW_PASSWORD, json=body), 400, "malformed_body")


def test_a_stranger_changes_nothing(server: Live) -> None:
    assert_refused(Visitor(server).changes_password(NEW_PASSWORD), 401, "not_signed_in")


def test_a_page_of_another_site_changes_nothing(ada: Visitor) -> None:
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert_refused(ada.changes_password(NEW_PASSWORD, headers=elsewhere), 403, "cross_site_request")


def test_guesses_at_it_count_as_failed_sign_ins() -> None:
    with serve(settings_of_tests(attempts_per_account=3)) as server:
        ada = Visitor(server)
        ada.signs_up()
        for _ in range(3):
            body = {"password": "a wrong guess", "new_password": NEW_PASSWORD}
            assert_refused(ada.changes_password(NEW_PASSWORD, json=body), 401, "bad_credentials")
        assert ada.changes_password(NEW_PASSWORD).status_code == 429
        assert Visitor(server).signs_in().status_code == 429


@pytest.mark.parametrize("remembered", [False, True])
def test_a_sign_in_with_the_old_one_meanwhile_gets_no_session(
    ada: Visitor, remembered: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has checked the old password, and is held up until the new one is stored."""
    checked, changed = threading.Event(), threading.Event()
    verify = passwords.verify

    def verify_and_wait(*args: object, **options: object) -> bool:
        matches = verify(*args, **options)
        if threading.current_thread().name.startswith("minisrv-hash") and not checked.is_set():
            checked.set()
            assert changed.wait(60)
        return matches

    thief, answers = Visitor(ada.server), []
    signs_in = thief.signs_in_for_weeks if remembered else thief.signs_in
    monkeypatch.setattr(signin.passwords, "verify", verify_and_wait)
    slow = threading.Thread(target=lambda: answers.append(signs_in()))
    slow.start()
    assert checked.wait(60)
    hashed = passwords.hash(NEW_PASSWORD, 4)
    with ada.server.app.state.database() as session:
        user = session.get(change.User, ada.asks_me().json()["id"])
    assert change._store(ada.server.app.state.database, user, hashed)
    changed.set()
    slow.join(60)
    assert_refused(answers[0], 401, "bad_credentials")
    assert thief.cookies == {}
    assert ada.server.rows("refresh_tokens") == ada.server.rows("plain_sessions") == []


def test_no_sign_in_with_an_old_password_outlives_it(tmp_path: Path) -> None:
    file = f"sqlite:///{tmp_path / 'trax.sqlite3'}"
    with serve(settings_of_tests(database_url=file)) as server:
        found = sign_in_while_it_changes(server, "dorothy@trax.test")
    assert found == [401] * len(found)


def test_of_two_changes_at_once_one_wins(ada: Visitor) -> None:
    wishes = [f"{NEW_PASSWORD} number {number}" for number in range(4)]
    visitors = [Visitor(ada.server) for _ in wishes]
    for visitor in visitors:
        visitor.signs_in()
    answers: dict[str, int] = {}

    def change_to(visitor: Visitor, wish: str) -> None:
        answers[wish] = visitor.changes_password(wish).status_code

    threads = [
        threading.Thread(target=change_to, args=pair) for pair in zip(visitors, wishes, strict=True)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    opens = [w for w in wishes if Visitor(ada.server, password=w).signs_in().status_code == 200]
    won = [wish for wish, status in answers.items() if status == 200]
    assert opens == won and len(won) == 1
    assert set(answers.values()) == {200, 401}
