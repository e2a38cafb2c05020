"""What the security log says of each event, and what it never says."""

import logging
import re

import pytest

from minisrv.auth.security_log import LOGGER, Event
from tests.support.live import Live, serve, settings_of_tests
from tests.support.visitor import NEW_PASSWORD, PASSWORD, Visitor

LINE = re.compile(r"[a-z_]+ account=([0-9]+|-) source=127\.0\.0\.1")


@pytest.fixture(autouse=True)
def heard(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Every line that is written to the log."""
    caplog.set_level(logging.INFO, logger=LOGGER.name)
    return caplog


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return the lines, and forget them."""
    found = [one.getMessage() for one in caplog.records if one.name == LOGGER.name]
    assert all(LINE.fullmatch(line) for line in found), found
    caplog.clear()
    return found


def test_a_session_starts_and_ends(ada: Visitor, heard: pytest.LogCaptureFixture) -> None:
    who = f"account={ada.asks_me().json()['id']} source=127.0.0.1"
    ada.signs_out()
    assert lines(heard) == [f"session_ended {who}"]
    ada.signs_in()
    ada.ends_session(ada.lists_sessions()[0]["id"])
    assert lines(heard) == [f"session_started {who}", f"session_ended {who}"]
    ada.signs_in()
    ada.signs_out_everywhere()
    assert lines(heard) == [f"session_started {who}", f"all_sessions_ended {who}"]


def test_one_that_has_ended_does_not_end_again(
    ada: Visitor, heard: pytest.LogCaptureFixture
) -> None:
    copy = dict(ada.cookies)
    lines(heard)
    for _ in range(3):
        ada.cookies = dict(copy)
        assert ada.signs_out().status_code == 204
    assert len(lines(heard)) == 1


def test_one_that_ends_by_its_refresh_token_alone(
    ada: Visitor, heard: pytest.LogCaptureFixture
) -> None:
    who = f"account={ada.asks_me().json()['id']} source=127.0.0.1"
    ada.signs_in_for_weeks()
    del ada.cookies[ada.server.settings.cookie.name]
    copy = dict(ada.cookies)
    lines(heard)
    for _ in range(2):
        ada.cookies = dict(copy)
        assert ada.signs_out().status_code == 204
    assert lines(heard) == [f"session_ended {who}"]


def test_a_proxy_that_passes_on_what_its_client_wrote_forges_no_line(
    heard: pytest.LogCaptureFixture,
) -> None:
    with serve(settings_of_tests(trusted_proxies=("127.0.0.1",))) as server:
        Visitor(server).signs_in(headers={"X-Forwarded-For": "192.0.2.7, forged account=7"})
        Visitor(server).signs_in(headers={"X-Forwarded-For": "forged account=7, 192.0.2.7"})
    said = [one.getMessage() for one in heard.records if one.name == LOGGER.name]
    failed = "sign_in_failed account=- source="
    assert said == [failed + "-", failed + "192.0.2.7"]


def test_a_change_of_password(ada: Visitor, heard: pytest.LogCaptureFixture) -> None:
    lines(heard)
    ada.changes_password(NEW_PASSWORD)
    assert [line.split()[0] for line in lines(heard)][0] == "password_changed"


def test_a_failed_sign_in_names_the_account_if_there_is_one(
    ada: Visitor, heard: pytest.LogCaptureFixture
) -> None:
    number = ada.asks_me().json()["id"]
    lines(heard)
    for email in (ada.email, "nobody@trax.test", PASSWORD, "a\nsign_in_failed account=1\n"):
        ada.signs_in(json={"email": email, "password": "a wrong guess"})
    failed, unknown = "sign_in_failed account={} source=127.0.0.1", ["-"] * 3
    assert lines(heard) == [failed.format(who) for who in [number, *unknown]]


def test_a_throttled_sign_in(heard: pytest.LogCaptureFixture) -> None:
    with serve(settings_of_tests(attempts_per_account=1)) as server:
        for _ in range(2):
            Visitor(server).signs_in()
    names = [line.split()[0] for line in lines(heard)]
    assert names == ["sign_in_failed", "sign_in_throttled"]


def test_a_refresh_token_that_comes_back_is_an_error(
    ada: Visitor, heard: pytest.LogCaptureFixture
) -> None:
    ada.signs_in_for_weeks()
    stolen = dict(ada.cookies)
    for _ in range(2):
        ada.server.run("UPDATE refresh_tokens SET exchanged = exchanged - 3600")
        ada.refreshes()
    lines(heard)
    thief = Visitor(ada.server)
    thief.cookies = stolen
    thief.refreshes()
    assert [one.levelname for one in heard.records if one.name == LOGGER.name] == ["ERROR"]
    (line,) = lines(heard)
    assert re.match(r"refresh_token_reused account=[0-9]+ ", line)


def test_a_request_of_another_site(ada: Visitor, heard: pytest.LogCaptureFixture) -> None:
    lines(heard)
    ada.signs_out(headers={"Sec-Fetch-Site": "cross-site"})
    assert lines(heard) == ["cross_site_refused account=- source=127.0.0.1"]


def test_no_line_holds_what_somebody_typed_or_a_token(
    ada: Visitor, heard: pytest.LogCaptureFixture
) -> None:
    ada.signs_in_for_weeks()
    secrets = [*ada.cookies.values(), PASSWORD, NEW_PASSWORD, ada.email]
    ada.signs_in(json={"email": PASSWORD, "password": ada.email})
    ada.refreshes()
    ada.changes_password(NEW_PASSWORD)
    ada.signs_out_everywhere()
    said = "\n".join(lines(heard))
    assert said and not any(secret in said for secret in secrets)


def test_it_is_silent_unless_somebody_listens(
    server: Live, capfd: pytest.CaptureFixture[str]
) -> None:
    root, handlers = logging.getLogger(), logging.getLogger().handlers[:]
    for handler in handlers:  # pytest's own
        root.removeHandler(handler)
    try:
        Visitor(server).signs_in()
    finally:
        for handler in handlers:
            root.addHandler(handler)
    assert capfd.readouterr() == ("", "")


def test_each_event_has_a_level_and_a_sentence() -> None:
    for event in Event:
        level, sentence = event.value
        assert level in (logging.INFO, logging.WARNING, logging.ERROR) and sentence
