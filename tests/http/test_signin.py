"""Signing in over HTTP: the owner gets in, and all others get the same response."""

from concurrent.futures import ThreadPoolExecutor

import bcrypt
import pytest

from classroom.checking.bcrypt_calls import counting_hashes, rounds
from minisrv.auth import passwords
from minisrv.db import models
from minisrv.db.models import User
from tests.support.live import Live, serve, settings_of_tests
from tests.support.visitor import PASSWORD, Visitor, assert_refused


@pytest.fixture
def ada(server: Live) -> Visitor:
    visitor = Visitor(server)
    visitor.signs_up()
    visitor.cookies.clear()
    return visitor


def test_the_right_password_signs_in(ada: Visitor) -> None:
    answer = ada.signs_in()
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    assert ada.asks_me().json() == answer.json()


def test_the_address_may_be_spelt_differently(ada: Visitor) -> None:
    assert Visitor(ada.server, "ADA@Trax.test").signs_in().status_code == 200


@pytest.mark.parametrize(
    "password",
    ["", "x", PASSWORD + "!", PASSWORD[:-1], PASSWORD + "\0", "\0", "\ud800", "x" * 9000],
)
def test_a_wrong_password_is_refused(ada: Visitor, password: str) -> None:
    body = {"email": ada.email, "password": password}
    assert_refused(ada.signs_in(json=body), 401, "bad_credentials")


@pytest.mark.parametrize("email", ["grace@trax.test", "", "no address", "a@b", "\0", "x" * 9000])
def test_an_unknown_address_is_told_the_same(ada: Visitor, email: str) -> None:
    wrong = ada.signs_in(json={"email": ada.email, "password": "x"})
    unknown = ada.signs_in(json={"email": email, "password": PASSWORD})
    assert (unknown.status_code, unknown.text) == (wrong.status_code, wrong.text)
    assert unknown.headers["WWW-Authenticate"] == wrong.headers["WWW-Authenticate"]


def test_an_unknown_address_is_as_much_work(ada: Visitor, monkeypatch) -> None:
    costs: list[bytes] = []
    check = bcrypt.checkpw
    monkeypatch.setattr(bcrypt, "checkpw", lambda p, h: costs.append(h[:7]) or check(p, h))
    for email in ("ada@trax.test", "grace@trax.test", "no address"):
        ada.signs_in(json={"email": email, "password": "a wrong password"})
    assert costs == [b"$2b$04$"] * 3


def test_after_the_cost_was_raised_an_unknown_address_is_as_much_work_as_any_account() -> None:
    accounts = {"dormant@trax.test": (4, ""), "peppered@trax.test": (5, "1:an old pepper")}
    accounts |= {"active@trax.test": (6, "2:a new pepper")}
    settings = {"bcrypt_cost": 6, "pepper": "2:a new pepper", "old_peppers": ("1:an old pepper",)}
    with serve(settings_of_tests(**settings)) as server:
        for email, (cost, pepper) in accounts.items():
            hashed = passwords.hash(PASSWORD, cost, pepper)
            models.add(server.app.state.database, User(email=email, password=hashed))
        for email in (*accounts, "nobody@trax.test", "no address"):
            with counting_hashes() as costs:
                refused = Visitor(server, email, "a wrong password").signs_in()
            assert refused.status_code == 401 and rounds(costs) == 2**6, email
        for email in accounts:
            assert Visitor(server, email, PASSWORD).signs_in().status_code == 200
            assert Visitor(server, email, PASSWORD).signs_in().status_code == 200
        for row in server.rows("users"):
            assert row["password"].startswith("hmac-sha384$2$$2b$06$")


def test_each_sign_in_gets_a_token_of_its_own(ada: Visitor) -> None:
    ada.signs_in()
    first = ada.token
    ada.signs_in()
    assert ada.token != first


def test_a_hash_of_a_lower_rung_is_accepted_and_replaced(server: Live) -> None:
    old = bcrypt.hashpw(b"lofi beats", bcrypt.gensalt(4)).decode()
    models.add(server.app.state.database, User(email="old@trax.test", password=old))
    assert Visitor(server, "old@trax.test", "lofi beats").signs_in().status_code == 200
    assert server.rows("users")[0]["password"].startswith("hmac-sha384$$2b$04$")
    assert Visitor(server, "old@trax.test", "lofi beats").signs_in().status_code == 200
    assert Visitor(server, "old@trax.test", "lofi beat").signs_in().status_code == 401


def test_a_nul_does_not_open_a_hash_of_a_lower_rung(server: Live) -> None:
    old = bcrypt.hashpw(b"hunter2", bcrypt.gensalt(4)).decode()
    assert bcrypt.checkpw(b"hunter2\0hunter2", old.encode())  # what bcrypt by itself would say
    models.add(server.app.state.database, User(email="old@trax.test", password=old))
    assert Visitor(server, "old@trax.test", "hunter2\0hunter2").signs_in().status_code == 401


def test_a_password_that_is_stored_in_the_clear_opens_nothing(server: Live) -> None:
    models.add(server.app.state.database, User(email="old@trax.test", password="in the clear"))
    assert Visitor(server, "old@trax.test", "in the clear").signs_in().status_code == 401


def test_of_many_at_once_who_make_a_better_hash_all_are_signed_in(ada: Visitor) -> None:
    """Each has checked the old hash, and one of them stores its own first."""
    ada.server.run(f"UPDATE users SET password = '{passwords.hash(PASSWORD, 5)}'")
    visitors = [Visitor(ada.server) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda visitor: visitor.signs_in().status_code, visitors))
    assert answers == [200] * 8
