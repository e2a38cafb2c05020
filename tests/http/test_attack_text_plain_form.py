"""A text/plain form of another site that reads as JSON: at a route that looks at no type, at ours.

What a browser makes of such a form is the HTML standard's; here it is written by hand.
"""

import json

import pytest
import requests

from classroom.attacks.text_plain_form import text_plain_form
from classroom.server.server import Server
from minisrv.routes.signup import checked_body, post_only
from tests.support.lesson_server import server as server

MALLORY = {"email": "mallory@evil.test", "password": "your playlists are mine"}

# The rungs sign with the tutorial's key of five letters, which is not the subject here.
pytestmark = pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")


def sent(server: Server, **headers: str) -> requests.Response:
    body, form_headers = text_plain_form(MALLORY)
    url = server.url + "/api/signup"
    return requests.post(url, data=body, headers=form_headers | headers, timeout=60)


def test_what_the_form_sends_is_a_name_an_equals_sign_a_value_and_json() -> None:
    body, headers = text_plain_form(MALLORY)
    assert json.loads(body) == MALLORY | {"pad": "="}
    name, equals, value = body.decode().partition("=")
    assert name.startswith('{"email"') and value == '"}\r\n' and "\n" not in name
    assert headers["Content-Type"] == "text/plain"


def test_a_route_that_looks_at_no_type_makes_the_account_and_sets_its_cookie(
    server: Server,
) -> None:
    server.plug("signup", post_only)
    answer = sent(server)
    assert answer.status_code == 200 and "set-cookie" in answer.headers
    assert [row["email"] for row in server.rows("users")] == [MALLORY["email"]]


def test_a_checked_body_is_refused_for_its_type_alone(server: Server) -> None:
    server.plug("signup", checked_body)
    answer = sent(server)
    assert answer.status_code == 415 and "set-cookie" not in answer.headers
    assert not server.rows("users")
    as_json = {"Content-Type": "application/json"}  # which the form cannot say
    assert sent(server, **as_json).status_code == 200
