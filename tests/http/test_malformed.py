"""Malformed requests never cause a 500: the right status, a sentence in JSON, no cookie."""

import gzip
import json

import jwt
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from classroom.browser_model import set_cookie_lines
from tests.support.live import Live, serve
from tests.support.visitor import PASSWORD, Visitor, assert_refused

JSON = {"Content-Type": "application/json"}
GOOD = json.dumps({"email": "ada@trax.test", "password": PASSWORD}).encode()

MALFORMED = {
    "nothing": b"",
    "half an object": b"{",
    "an array": b"[1]",
    "an empty object": b"{}",
    "null": b"null",
    "a number": b"5",
    "a string": b'"ada"',
    "NaN": b'{"email": NaN, "password": "a long enough passphrase"}',
    "a name twice": b'{"email": "a@b.test", ' + GOOD[1:],
    "a thousand brackets": b"[" * 5000,
    "brackets in a field": b'{"email": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    "a long number": b'{"email": ' + b"9" * 5000 + b"}",
    "not UTF-8": b"\xff\xfe\x00",
    "UTF-16": GOOD.decode().encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf" + GOOD,
    "something behind": GOOD + b"x",
    "a number as address": b'{"email": 5, "password": "a long enough passphrase"}',
    "an object as address": b'{"email": {}, "password": "a long enough passphrase"}',
    "a number as password": b'{"email": "ada@trax.test", "password": 5}',
    "null as password": b'{"email": "ada@trax.test", "password": null}',
    "a list as password": b'{"email": "ada@trax.test", "password": ["x"]}',
    "no password": b'{"email": "ada@trax.test"}',
}
INVALID = ["", "ada", "ada@", "@trax.test", "a@b", "a b@trax.test", "ada@trax.test\n", "a\0@b.test"]
INVALID += ["\ud800@trax.test", "a@localhost", "a@[127.0.0.1]", "x" * 65 + "@trax.test", "x" * 9000]


@pytest.mark.parametrize("path", ["/api/signup", "/api/signin"])
@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_body_is_400(server: Live, path: str, body: bytes) -> None:
    answer = Visitor(server).sends("POST", path, data=body, headers=JSON)
    assert_refused(answer, 400, "malformed_body")
    assert server.rows("users") == []


@pytest.mark.parametrize("email", INVALID)
def test_an_impossible_address_is_422(server: Live, email: str) -> None:
    answer = Visitor(server).signs_up(json={"email": email, "password": PASSWORD})
    assert_refused(answer, 422, "invalid_email")


def test_sixteen_kilobytes_of_accents_are_no_password(server: Live) -> None:
    told = {"email": "ada@trax.test", "password": "a" + "\u0316\u0301" * 4000}
    sent = {"data": json.dumps(told, ensure_ascii=False).encode(), "headers": JSON}
    assert 16_000 < len(sent["data"]) < 16_384
    ada = Visitor(server)
    assert_refused(ada.sends("POST", "/api/signup", **sent), 422, "weak_password")
    assert_refused(ada.sends("POST", "/api/signin", **sent), 401, "bad_credentials")


def test_half_a_character_in_a_password_is_422(server: Live) -> None:
    answer = Visitor(server, password=PASSWORD + "\ud800").signs_up()
    assert_refused(answer, 422, "weak_password")


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "json"]
)
def test_a_body_of_another_type_is_415(server: Live, kind: str) -> None:
    headers = {"Content-Type": kind} if kind else {"Content-Type": None}
    answer = Visitor(server).sends("POST", "/api/signup", data=GOOD, headers=headers)
    assert_refused(answer, 415, "not_json")
    assert server.rows("users") == []


@pytest.mark.parametrize("coding", ["gzip", "GZIP", "br", "gzip, identity", "nonsense"])
def test_a_body_that_is_compressed_is_415_and_told_how_it_should_be(
    server: Live, coding: str
) -> None:
    headers = {"Content-Encoding": coding, "Content-Type": "application/json"}
    answer = Visitor(server).sends("POST", "/api/signup", data=gzip.compress(GOOD), headers=headers)
    assert_refused(answer, 415, "unknown_coding")
    assert answer.headers["Accept-Encoding"] == "identity"
    assert Visitor(server).signs_up(headers={"Content-Encoding": "identity"}).status_code == 201


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON"])
def test_json_may_be_spelt_and_have_parameters(server: Live, kind: str) -> None:
    headers = {"Content-Type": kind}
    answer = Visitor(server).sends("POST", "/api/signup", data=GOOD, headers=headers)
    assert answer.status_code == 201


@pytest.mark.parametrize("size", [16_385, 300_000])
def test_a_body_that_is_too_large_is_413(server: Live, size: int) -> None:
    body = b" " * size
    assert_refused(
        Visitor(server).sends("POST", "/api/signup", data=body, headers=JSON), 413, "body_too_large"
    )
    chunks = iter([body[:9000], body[9000:]])
    answer = Visitor(server).sends("POST", "/api/signup", data=chunks, headers=JSON)
    assert_refused(answer, 413, "body_too_large")


def test_a_body_of_the_largest_size_is_read(server: Live) -> None:
    body = GOOD + b" " * (16_384 - len(GOOD))
    assert Visitor(server).sends("POST", "/api/signup", data=body, headers=JSON).status_code == 201


def test_a_client_that_hangs_up_midway_leaves_no_account_and_no_harm(server: Live) -> None:
    import socket

    head = b"POST /api/signup HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    with socket.create_connection(("127.0.0.1", server.port)) as wire:
        wire.sendall(head + b"Content-Length: 100\r\n\r\n" + GOOD[:20])
    assert Visitor(server).sends("GET", "/health").status_code == 200
    assert server.rows("users") == []


@pytest.mark.parametrize(
    ("path", "status"), [("/nowhere", 404), ("/api/signup/", 404), ("/api", 404)]
)
def test_an_address_without_anything_is_json_too(server: Live, path: str, status: int) -> None:
    assert_refused(Visitor(server).sends("GET", path), status, "not_found")


@pytest.fixture(scope="module")
def alone():
    with serve() as server:
        yield server


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("\ud800"),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
paths = st.sampled_from(["/api/signup", "/api/signin", "/api/signout", "/api/playlists"])


def assert_no_fault(answer) -> None:
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert set(answer.json()) == {"error", "code"} and not set_cookie_lines(answer)


@tries(max_examples=30)
@given(path=paths, body=st.binary(max_size=200) | values.map(lambda v: json.dumps(v).encode()))
def test_no_body_makes_a_500(alone: Live, path: str, body: bytes) -> None:
    assert_no_fault(Visitor(alone).sends("POST", path, data=body, headers=JSON))


@tries(max_examples=30)
@given(path=paths, email=st.text() | values, password=st.text() | values)
def test_no_credentials_make_a_500(alone: Live, path: str, email: object, password: object) -> None:
    body = json.dumps({"email": email, "password": password, "name": email})
    assert_no_fault(Visitor(alone).sends("POST", path, data=body, headers=JSON))


header_values = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60)
origins = st.sampled_from(["null", "http://127.0.0.1", "https://evil.test", "http://[", "*"])


@tries(max_examples=40)
@given(
    headers=st.dictionaries(
        st.sampled_from(["Origin", "Sec-Fetch-Site", "Content-Type", "Host", "Accept", "Referer"]),
        header_values.map(str.strip) | origins | st.sampled_from(["same-origin", "cross-site"]),
    ),
    path=paths,
)
def test_no_header_makes_a_500(alone: Live, headers: dict[str, str], path: str) -> None:
    assert_no_fault(Visitor(alone).sends("POST", path, data=GOOD, headers=JSON | headers))


numbers = st.sampled_from([1e999, -1e999, 10**30, 4e9]) | values
claims = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(["iss", "aud", "jti", "nbf", "sid"], values)
    | {"sub": st.integers().map(str) | values, "exp": numbers, "iat": numbers},
)
ASKED = [("GET", "/api/me"), ("POST", "/api/refresh"), ("POST", "/api/signout")]
REFRESH = "__Host-TRAX_REFRESH_TOKEN"


@tries(max_examples=40)
@given(
    told=claims,
    header=st.fixed_dictionaries(
        {"typ": st.just("trax-access+jwt") | st.text(max_size=9)},
        optional={"kid": st.text(max_size=9)},
    ),
)
def test_no_claim_of_a_well_signed_token_makes_a_500(alone: Live, told: dict, header: dict) -> None:
    usual = {"iss": "trax", "aud": "trax", "sub": "1", "iat": 1, "exp": 4_000_000_000, "jti": "x"}
    payload = json.dumps(usual | told).encode()
    key = alone.settings.secret.encode()
    token = jwt.api_jws.encode(payload, key, "HS256", headers=header)
    for method, path in ASKED:
        visitor = Visitor(alone)
        visitor.token = token
        visitor.cookies[REFRESH] = "x"
        assert_no_fault(visitor.sends(method, path))


tokens = st.text(
    st.characters(min_codepoint=33, max_codepoint=255, exclude_characters=";,")
) | st.binary(max_size=60).map(lambda raw: "eyJ." + raw.hex() + ".x")


@tries(max_examples=30)
@given(token=tokens)
def test_no_cookie_makes_a_500(alone: Live, token: str) -> None:
    cookie = ("__Host-TRAX_ACCESS_TOKEN=" + token).encode("latin-1")
    for method, path in ASKED:
        assert_no_fault(Visitor(alone).sends(method, path, headers={"Cookie": cookie}))


@tries(max_examples=30)
@given(token=tokens)
def test_no_refresh_token_makes_a_500(alone: Live, token: str) -> None:
    ada = Visitor(alone)
    ada.signs_up()
    assert ada.signs_in_for_weeks().status_code == 200
    ada.cookies.pop(REFRESH)
    access = "; ".join(f"{name}={value}" for name, value in ada.cookies.items())
    cookie = f"{access}; {REFRESH}={token}".encode("latin-1")
    answer = ada.refreshes(headers={"Cookie": cookie})
    assert_refused(answer, 401, "token_reused" if token.strip() else "not_signed_in")
