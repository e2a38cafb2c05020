"""73 bytes, a NUL, and two spellings of café, over HTTP: at the naive routes, then at ours."""

import unicodedata

import bcrypt
import pytest
import requests
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.server.server import Server
from minisrv.db.models import User
from minisrv.routes.signup import as_taught, hashed, whole_password
from tests.support.lesson_server import server as server

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}
GRACE = {"email": "grace@trax.test", "password": "café noir at midnight"}
LONG = {"email": "linus@trax.test", "password": "a" * 72 + "b"}
TWICE = ADA | {"password": ADA["password"] + "\0" + ADA["password"]}
LAPTOP = GRACE | {"password": unicodedata.normalize("NFD", GRACE["password"])}
TOO_LONG = ADA | {"password": LONG["password"]}


async def naive(request: Request) -> Response:
    body = await request.json()
    with request.app.state.database() as session:
        user = session.scalar(select(User).where(User.email == body["email"]))
    if user and bcrypt.checkpw(body["password"].encode(), user.password.encode()):
        return JSONResponse(user.public())
    return JSONResponse({}, 401)


def post(server: Server, path: str, body: dict[str, str]) -> requests.Response:
    return requests.post(server.url + path, json=body, timeout=60)


def signed_in(server: Server, *bodies: dict[str, str]) -> list[int]:
    for person in (ADA, GRACE):
        assert post(server, "/api/signup", person).ok
        assert post(server, "/api/signin", person).status_code == 200
    return [post(server, "/api/signin", body).status_code for body in bodies]


def test_a_nul_other_spelling_and_73_bytes_are_all_answered_wrongly_by_checkpw_alone(
    server: Server,
) -> None:
    server.plug("signup", hashed)
    server.plug("signin", naive)
    assert signed_in(server, TWICE, LAPTOP, TOO_LONG) == [200, 401, 500]


def test_a_nul_other_spelling_and_73_bytes_are_all_answered_rightly_by_ours(server: Server) -> None:
    assert signed_in(server, TWICE, LAPTOP, TOO_LONG) == [401, 200, 401]


def test_a_nul_does_not_open_an_older_account_at_our_sign_in_either(server: Server) -> None:
    server.plug("signup", hashed)
    post(server, "/api/signup", ADA)
    assert post(server, "/api/signin", TWICE).status_code == 401
    assert post(server, "/api/signin", TOO_LONG).status_code == 401
    assert post(server, "/api/signin", ADA).status_code == 200


# The rungs sign with the tutorial's key of five letters, which is not the subject here.
@pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")
def test_73_bytes_fail_at_the_lower_rungs_and_count_whole_at_the_mended_one(server: Server) -> None:
    server.plug("signup", as_taught)
    taught = post(server, "/api/signup", LONG)
    assert (taught.status_code, taught.json()) == (401, {"error": "User already exists"})
    server.plug("signup", hashed)
    assert post(server, "/api/signup", LONG).status_code == 500
    assert not server.rows("users")
    server.plug("signup", whole_password)
    assert post(server, "/api/signup", LONG).ok
    other = LONG | {"password": "a" * 72 + "c"}
    assert post(server, "/api/signin", other).status_code == 401
    assert post(server, "/api/signin", LONG).status_code == 200
