"""Thirteen odd bodies over HTTP: at the route as taught, then at ours."""

import pytest

from classroom.attacks.odd_bodies import odd_bodies, responses, try_bodies
from classroom.server.server import Server
from minisrv.routes.signup import as_taught, checked_body, hashed, reference
from tests.support.lesson_server import server as server

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}
ODD = odd_bodies(ADA)
LIES = {"{}", "[1]", "password 5", "e-mail {}", "e-mail NaN", "half a character", "73 characters"}
LET_IN = {"e-mail twice", "UTF-16", "1 MB of blanks"}
LIE = {"error": "User already exists"}

# The rungs sign with the tutorial's key of five letters, which is not the subject here.
pytestmark = pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")


def test_the_route_as_taught_lies_crashes_or_lets_in(server: Server) -> None:
    said = dict(zip(ODD, responses(server, as_taught, ODD), strict=True))
    told = {name for name, (answer, _) in said.items() if answer.json() == LIE}
    assert told == LIES
    assert {name for name, (answer, _) in said.items() if answer.status_code == 200} == LET_IN
    crashed = {name for name, (answer, error) in said.items() if answer.status_code == 500}
    assert crashed == set(ODD) - LIES - LET_IN
    assert all(bool(error) is (name in crashed) for name, (_, error) in said.items())


def test_nine_kinds_of_error_are_behind_it(server: Server) -> None:
    errors = [error for _, error in responses(server, hashed, ODD)]
    assert len(set(errors) - {""}) == 9 and errors.count("") == len(LET_IN)


def test_a_checked_body_leaves_two_lies(server: Server) -> None:
    said = dict(zip(ODD, responses(server, checked_body, ODD), strict=True))
    assert {name for name, (answer, _) in said.items() if answer.json() == LIE} == {
        "half a character",
        "73 characters",
    }
    assert not {answer.status_code for answer, _ in said.values()} - {400, 401, 413}


def test_ours_refuses_each_with_a_reason_and_takes_a_long_passphrase(server: Server) -> None:
    for name, (answer, _) in zip(ODD, responses(server, reference, ODD), strict=True):
        right = name == "73 characters"
        assert answer.status_code == 201 if right else answer.status_code in (400, 413, 422), name
        assert right or answer.json()["error"].endswith("."), name
        assert len(server.rows("users")) == right, name


def test_a_table_has_the_status_at_each_route_the_crash_and_the_last_sentence(
    server: Server,
) -> None:
    few = {name: ODD[name] for name in ("{}", "nothing")}
    table = try_bodies(server, few, {"a": as_taught, "b": hashed, "c": checked_body}, says=True)
    missing = "The field email is missing or is not a string."
    assert table[0] == {
        "sent": "{}",
        "a": "401",
        "b": "500 KeyError",
        "c": "400",
        "it says": missing,
    }
    assert table[1]["a"] == "500 JSONDecodeError"
    assert table.columns == ("sent", "a", "b", "c", "it says")
    assert try_bodies(server, few, {"a": as_taught}).columns == ("sent", "a")
