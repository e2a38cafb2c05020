"""A lost table, and a client that takes 401 at its word: as taught, and with one error caught."""

import pytest
import requests
from sqlalchemy import text

from classroom.server.server import Server
from minisrv.routes.signup import LADDER
from tests.support.lesson_server import server as server

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}
LIES = ["catch_all", "as_taught", "policy"]
TELLS = ["only_duplicates", "reference"]

# The rungs sign with the tutorial's key of five letters, which is not the subject here.
pytestmark = pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")


def post(server: Server, path: str = "/api/signup") -> requests.Response:
    return requests.post(server.url + path, json=ADA, timeout=60)


@pytest.mark.parametrize("rung", LIES + TELLS)
def test_a_lost_table_is_called_a_duplicate_where_all_errors_are_caught(
    server: Server, rung: str
) -> None:
    server.plug("signup", LADDER[rung])
    with server.running.shared.engine.begin() as connection:
        connection.execute(text("ALTER TABLE users RENAME TO listeners"))
    answer = post(server)
    if rung in LIES:
        assert (answer.status_code, answer.json()) == (401, {"error": "User already exists"})
    else:
        assert (answer.status_code, answer.json()["code"]) == (500, "server_error")
        assert answer.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(("rung", "tries"), [("as_taught", 5), ("only_duplicates", 1)])
def test_a_client_that_renews_its_session_on_401_never_ends_at_a_duplicate(
    server: Server, rung: str, tries: int
) -> None:
    post(server)
    server.plug("signup", LADDER[rung])
    answers = []
    while len(answers) < 5 and 409 not in answers:
        answers.append(post(server).status_code)
        assert post(server, "/api/signin").ok  # a new session each time, and it does not help
    assert answers == ([401] * 5 if tries == 5 else [409])
