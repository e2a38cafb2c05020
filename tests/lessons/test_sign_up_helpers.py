"""The helpers of lessons 04 and 05: SQL, accounts, spellings, an app that tries again."""

import pytest
import requests
from sqlalchemy.exc import OperationalError

from classroom.lessons.accounts import add_account, find_account, make_table_with_role
from classroom.lessons.eager_app import MOST, retry_on_401
from classroom.lessons.run_sql import run_sql
from classroom.lessons.spellings import one_or_two
from classroom.server.server import Server
from minisrv.routes.signup import as_taught, only_duplicates
from tests.support.lesson_server import server as server

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}


def status(server: Server, path: str, body: dict[str, str]) -> int:
    return requests.post(server.url + path, json=body, timeout=60).status_code


def test_sql_returns_rows_or_none_and_raises_what_the_database_says(server: Server) -> None:
    assert run_sql(server, "ALTER TABLE users RENAME TO listeners") is None
    assert run_sql(server, "SELECT count(*) AS accounts FROM listeners") == [{"accounts": 0}]
    with pytest.raises(OperationalError):
        run_sql(server, "SELECT * FROM users")


def test_an_added_account_has_the_cost_and_is_found_and_signs_in_and_can_be_added_again(
    server: Server,
) -> None:
    database = server.running.shared.database
    assert find_account(database, ADA["email"]) is None
    add_account(server, **ADA, cost=5)
    found = find_account(database, ADA["email"])
    assert found and "$2b$05$" in found.password
    assert status(server, "/api/signin", ADA) == 200
    add_account(server, **ADA, cost=4)
    assert ["$2b$04$" in row["password"] for row in server.rows("users")] == [True]


@pytest.mark.parametrize(
    ("route", "tries", "last"), [(as_taught, MOST, 401), (only_duplicates, 1, 409)]
)
def test_an_eager_app_tries_again_after_401_only(
    server: Server, route: object, tries: int, last: int
) -> None:
    status(server, "/api/signup", ADA)
    server.plug("signup", route)
    assert retry_on_401(server, ADA) == {"tries": tries, "status": last}


def test_a_table_with_a_role_is_there_until_the_reset(server: Server) -> None:
    make_table_with_role(server)
    assert run_sql(server, "SELECT count(is_admin) AS roles FROM users") == [{"roles": 0}]
    server.reset()
    with pytest.raises(OperationalError):
        run_sql(server, "SELECT is_admin FROM users")


def test_ways_to_fold_are_compared_pair_by_pair() -> None:
    pairs = [("Ada@", "ada@", "one"), ("ß@", "ss@", "two")]
    table = one_or_two(pairs, lower=str.lower, casefold=str.casefold)
    assert [(row["mailboxes"], row["lower"], row["casefold"]) for row in table] == [
        ("one", "one", "one"),
        ("two", "two", "one"),
    ]
