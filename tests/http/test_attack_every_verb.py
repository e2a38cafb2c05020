"""A sign-up by every verb, over HTTP: at the route as taught, then at the one that takes POST."""

import pytest
import requests

from classroom.attacks.every_verb import VERBS, try_verbs
from classroom.server.server import Server
from minisrv.routes.signup import as_taught, post_only
from minisrv.routes.signup.verbs import EVERY_VERB
from tests.support.lesson_server import server as server

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}

# The rungs sign with the tutorial's key of five letters, which is not the subject here.
pytestmark = pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")


def ask(server: Server, verb: str) -> requests.Response:
    return requests.request(verb, server.url + "/api/signup", json=ADA, timeout=60)


@pytest.mark.parametrize("verb", EVERY_VERB)
def test_the_route_as_taught_makes_an_account_whatever_the_verb(server: Server, verb: str) -> None:
    server.plug("signup", as_taught)
    answer = ask(server, verb)
    assert answer.status_code == 200 and "set-cookie" in answer.headers
    assert len(server.rows("users")) == 1


@pytest.mark.parametrize("verb", [*sorted(set(EVERY_VERB) - {"POST"}), "BREW"])
def test_post_only_answers_405_with_allow_and_makes_nothing(server: Server, verb: str) -> None:
    server.plug("signup", post_only)
    answer = ask(server, verb)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert verb == "HEAD" or answer.json()["error"].endswith(".")
    assert not server.rows("users") and "set-cookie" not in answer.headers
    assert ask(server, "POST").status_code == 200


def test_a_table_has_the_status_and_the_accounts_of_each_verb_at_each_route(
    server: Server,
) -> None:
    table = try_verbs(server, ADA, {"taught": as_taught, "post": post_only})
    assert [row["verb"] for row in table] == VERBS == [*EVERY_VERB, "BREW"]
    assert table.columns == ("verb", "taught", "taught: accounts", "post", "post: accounts")
    assert [row["taught: accounts"] for row in table] == [1] * 7 + [0]
    assert {row["verb"] for row in table if row["post: accounts"]} == {"POST"}
    assert {row["post"] for row in table if row["verb"] != "POST"} == {405}
