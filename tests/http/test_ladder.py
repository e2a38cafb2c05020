"""The ladder: small steps, and a table of which rung withstands which check, cell by cell.

The table proves that every check can fail, that every rung earns its place, and that the lessons'
text and the code have not drifted apart. Each check is an attack or a question over HTTP.
"""

import threading
from collections.abc import Callable

import bcrypt
import jwt
import pytest

from classroom.compare import compare
from minisrv.auth import passwords
from minisrv.routes.signup import LADDER
from tests.support.actor import Visitor, morsel, set_cookies
from tests.support.live import Live, serve

LONG = "a passphrase of many words that goes on well past the seventy-second byte of all"
OTHER_SITE = {"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.test"}
HASH = passwords.hash(LONG, 4, "")
NAMES = list(LADDER)


def hides_the_password(server: Live) -> bool:
    Visitor(server, password=LONG[:40]).signs_up()
    return LONG[:40] not in str(server.rows("users"))


def answers_a_duplicate(server: Live) -> bool:
    Visitor(server).signs_up()
    return Visitor(server).signs_up().status_code < 500


def signs_a_token(server: Live) -> bool:
    return bool(token_of(server))


def sets_a_cookie(server: Live) -> bool:
    return bool(set_cookies(Visitor(server).signs_up()))


def answers_post_only(server: Live) -> bool:
    return Visitor(server).sends("PUT", "/api/signup", json=credentials()).status_code == 405


def refuses_a_form_in_disguise(server: Live) -> bool:
    kind = {"Content-Type": "text/plain"}
    return Visitor(server).signs_up(headers=kind).status_code == 415


def survives_a_malformed_body(server: Live) -> bool:
    return Visitor(server).signs_up(json=[1]).status_code == 400


def knows_one_mailbox(server: Live) -> bool:
    Visitor(server).signs_up()
    Visitor(server, "ADA@trax.test").signs_up()
    return len(server.rows("users")) == 1


def counts_the_whole_password(server: Live) -> bool:
    Visitor(server, password=LONG).signs_up()
    return Visitor(server, password=LONG).signs_in().status_code == 200


def leaves_the_loop_free(server: Live) -> bool:
    """Hashing happens in another thread than the one that serves, which has a running loop."""
    threads: list[str] = []
    original = bcrypt.hashpw
    bcrypt.hashpw = lambda *a: threads.append(threading.current_thread().name) or original(*a)
    try:
        Visitor(server).signs_up()
    finally:
        bcrypt.hashpw = original
    return bool(threads) and all(name.startswith("minisrv-hash") for name in threads)


def refuses_a_short_password(server: Live) -> bool:
    return Visitor(server, password="trax").signs_up().status_code == 422


def tells_faults_apart(server: Live) -> bool:
    server.run("ALTER TABLE users RENAME TO elsewhere")
    try:
        return Visitor(server).signs_up().status_code == 500
    finally:
        server.run("ALTER TABLE elsewhere RENAME TO users")


def calls_a_duplicate_409(server: Live) -> bool:
    Visitor(server).signs_up()
    return Visitor(server).signs_up().status_code == 409


def keeps_the_row_to_itself(server: Live) -> bool:
    answer = Visitor(server).signs_up()
    return "password" not in answer.json() and answer.headers.get("Cache-Control") == "no-store"


def signs_with_a_strong_key(server: Live) -> bool:
    token = token_of(server)
    try:
        jwt.decode(token or "", "hello", algorithms=["HS256"], options={"verify_aud": False})
    except jwt.InvalidSignatureError:
        return True
    except jwt.PyJWTError:
        return False
    return False


def owns_its_cookie(server: Live) -> bool:
    lines = set_cookies(Visitor(server).signs_up())
    return bool(lines) and morsel(lines[0]).key.startswith("__Host-")


def refuses_another_site(server: Live) -> bool:
    return Visitor(server).signs_up(headers=OTHER_SITE).status_code == 403


def lets_nobody_stay_signed_in(server: Live) -> bool:
    """Grace signs up in Ada's browser, and a copy of Ada's token is worth nothing any more."""
    server.run(f"INSERT INTO users (id, email, password) VALUES (1, 'ada@trax.test', '{HASH}')")
    ada = Visitor(server, password=LONG)
    assert ada.signs_in().status_code == 200
    grace = Visitor(server, "grace@trax.test", LONG)
    grace.cookies = dict(ada.cookies)
    grace.signs_up()
    return ada.asks_me().status_code == 401


# Each check and the first rung that withstands it; all rungs above do, and none below.
FIRST: dict[Callable[[Live], bool], str] = {
    hides_the_password: "hashed",
    answers_a_duplicate: "catch_all",
    signs_a_token: "signed",
    sets_a_cookie: "as_taught",
    answers_post_only: "post_only",
    refuses_a_form_in_disguise: "checked_body",
    survives_a_malformed_body: "checked_body",
    knows_one_mailbox: "one_spelling",
    counts_the_whole_password: "whole_password",
    leaves_the_loop_free: "off_the_loop",
    refuses_a_short_password: "policy",
    calls_a_duplicate_409: "only_duplicates",
    keeps_the_row_to_itself: "public_answer",
    signs_with_a_strong_key: "real_token",
    owns_its_cookie: "host_cookie",
    refuses_another_site: "same_origin",
    lets_nobody_stay_signed_in: "reference",
}


def credentials() -> dict[str, str]:
    return {"email": "ada@trax.test", "password": LONG[:40]}


def token_of(server: Live) -> str | None:
    """Return the token of a new account, from its cookie or from the body of the rung `signed`."""
    ada = Visitor(server)
    answer = ada.signs_up()
    return next(iter(ada.cookies.values()), None) or answer.json().get("token")


@pytest.fixture(scope="module", params=NAMES)
def rung(request):
    with serve(signup=LADDER[request.param]) as server:
        yield request.param, server


@pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")
@pytest.mark.parametrize("check", FIRST, ids=lambda check: check.__name__)
def test_a_rung_withstands_what_it_should_and_nothing_else(rung, check) -> None:
    name, server = rung
    server.empty()
    expected = NAMES.index(name) >= NAMES.index(FIRST[check])
    assert check(server) is expected, f"{name}: {check.__name__} should be {expected}"


@pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")
def test_a_fault_of_ours_is_called_a_duplicate_only_where_everything_is(rung) -> None:
    name, server = rung
    server.empty()
    catches_all = NAMES.index("catch_all") <= NAMES.index(name) < NAMES.index("only_duplicates")
    assert tells_faults_apart(server) is not catches_all


def test_every_rung_earns_its_place() -> None:
    assert set(FIRST.values()) == set(NAMES[1:])


@pytest.mark.parametrize(("lower", "upper"), list(zip(NAMES, NAMES[1:], strict=False)))
def test_a_step_is_small(lower: str, upper: str) -> None:
    lines = str(compare(LADDER[lower], LADDER[upper])).splitlines()
    before = {line[1:].strip() for line in lines if line.startswith("−")}
    added = [line for line in lines[3:] if line.startswith("+") and line[1:].strip() not in before]
    assert 1 <= len(added) <= 5, "\n".join(lines)
