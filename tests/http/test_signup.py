"""Signing up at the reference route, over HTTP."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from classroom.browser_model import set_cookie_lines
from tests.support.live import Live, serve, settings_of_tests
from tests.support.visitor import PASSWORD, Visitor, assert_refused


def test_a_new_account_is_answered_with_201_and_the_public_user(server: Live) -> None:
    answer = Visitor(server).signs_up()
    assert answer.status_code == 201
    assert answer.json() == {"id": server.rows("users")[0]["id"], "email": "ada@trax.test"}
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_new_user_is_signed_in(server: Live) -> None:
    ada = Visitor(server)
    ada.signs_up()
    assert ada.asks_me().json()["email"] == "ada@trax.test"


def test_the_database_holds_nothing_of_the_password(server: Live) -> None:
    Visitor(server).signs_up()
    (row,) = server.rows("users")
    assert PASSWORD not in str(row) and row["password"].startswith("hmac-sha384$$2b$04$")


def test_two_people_with_one_password_are_stored_differently(server: Live) -> None:
    Visitor(server).signs_up()
    Visitor(server, "grace@trax.test").signs_up()
    assert len({row["password"] for row in server.rows("users")}) == 2


def test_a_second_account_for_an_address_is_refused_in_any_spelling(server: Live) -> None:
    Visitor(server).signs_up()
    for spelling in ("ada@trax.test", "ADA@trax.test", "ada@TRAX.TEST", "Ada@Trax.Test"):
        assert_refused(Visitor(server, spelling).signs_up(), 409, "email_taken")
    assert len(server.rows("users")) == 1


def test_of_sixteen_sign_ups_at_once_one_wins(server: Live) -> None:
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: Visitor(server).signs_up().status_code, range(16)))
    assert sorted(answers) == [201] + [409] * 15
    assert len(server.rows("users")) == 1


def test_no_acknowledged_sign_up_is_lost(server: Live) -> None:
    emails = [f"fan{number}@trax.test" for number in range(40)]
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda email: Visitor(server, email).signs_up(), emails))
    assert {answer.status_code for answer in answers} == {201}
    assert sorted(row["email"] for row in server.rows("users")) == sorted(emails)


@pytest.mark.parametrize("password", ["trax", "fourteen chars", "a" * 14])
def test_a_short_password_is_refused(server: Live, password: str) -> None:
    assert_refused(Visitor(server, password=password).signs_up(), 422, "weak_password")


@pytest.mark.parametrize("password", ["a" * 40, "trax" * 8, "passwordpassword", "1234567891234567"])
def test_a_long_password_that_everybody_has_is_refused(server: Live, password: str) -> None:
    assert_refused(Visitor(server, password=password).signs_up(), 422, "weak_password")


def test_fields_that_nobody_asked_for_do_nothing(server: Live) -> None:
    body = {"email": "ada@trax.test", "password": PASSWORD, "id": 999, "is_admin": True}
    assert Visitor(server).signs_up(json=body).status_code == 201
    assert server.rows("users")[0]["id"] != 999


def test_only_post_signs_up(server: Live) -> None:
    for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"):
        answer = Visitor(server).sends(method, "/api/signup")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST"), method
    assert server.rows("users") == []


def test_allow_and_its_sentence_name_the_methods_in_order(server: Live) -> None:
    answer = Visitor(server).sends("DELETE", "/api/me")
    assert answer.headers["Allow"] == "GET, HEAD"
    assert answer.json()["error"] == "This address takes GET, HEAD and no other method."


def test_a_database_that_is_down_is_our_fault_and_nothing_else_is_told() -> None:
    with serve() as server:
        server.run("DROP TABLE users")
        answer = Visitor(server).signs_up()
        assert_refused(answer, 500, "server_error")
        for secret in ("users", "sqlite", "SELECT", "INSERT", "Traceback", "OperationalError"):
            assert secret not in answer.text


def test_what_was_answered_201_is_in_the_file(tmp_path) -> None:
    url = f"sqlite:///{tmp_path / 'trax.sqlite3'}"
    with serve(settings_of_tests(database_url=url)) as server:
        assert Visitor(server).signs_up().status_code == 201
    with serve(settings_of_tests(database_url=url)) as again:
        assert Visitor(again).signs_in().status_code == 200
        with again.app.state.engine.connect() as connection:
            assert connection.execute(text("PRAGMA synchronous")).scalar() == 2  # FULL


def test_a_failed_sign_up_never_sets_a_cookie(server: Live) -> None:
    Visitor(server).signs_up()
    bad = [{"json": {}}, {"data": b"{"}, {"json": {"email": "x", "password": PASSWORD}}, {}]
    for options in bad:
        answer = Visitor(server).signs_up(**options)
        assert answer.status_code >= 400 and not set_cookie_lines(answer)


def test_a_constraint_that_is_not_the_unique_one_is_a_fault_of_ours(server: Live) -> None:
    server.run("CREATE TRIGGER closed BEFORE INSERT ON users BEGIN SELECT RAISE(ABORT, 'no'); END")
    try:
        assert_refused(Visitor(server).signs_up(), 500, "server_error")
    finally:
        server.run("DROP TRIGGER closed")
