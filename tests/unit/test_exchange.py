"""How an exchange is shown, as text and as HTML."""

from collections.abc import Iterator

import jwt
import pytest

from classroom.exchanges.exchange import Exchange
from tests.support.html_parsed import Parsed, assert_same_words, bundle, emptied, fresh
from tests.support.recorded_server import ADA, KEY, Served


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    server = Served()
    server.thread.start()
    yield server
    server.thread.stop()


def test_as_text_it_reads_like_http_on_the_wire(served: Served) -> None:
    assert repr(served.send("POST", "/api/signup", json=ADA)) == (
        "POST /api/signup\n"
        "content-type: application/json\n"
        "\n"
        '{"email": "ada@trax.test", "password": "midnight train to georgia"}\n'
        "\n"
        "→ 201 Created\n"
        "content-type: application/json\n"
        "set-cookie: __Host-TRAX_ACCESS_TOKEN=‹token-1›; Max-Age=28800 (8 h); Path=/; "
        "SameSite=lax; Secure\n"
        "set-cookie: theme=dark; Path=/; SameSite=lax\n"
        "\n"
        '{"id": 1, "email": "ada@trax.test", "created": ‹time-1›}\n'
        "\n"
        "‹token-1›, read without a key, not verified\n"
        '  header   alg: "HS256", typ: "JWT"\n'
        '  payload  sub: "1", iat: ‹time-1›, exp: iat + 8 h, jti: ‹id-1›'
    )


def test_the_html_says_the_same_and_the_real_values_besides(served: Served) -> None:
    found = served.send("POST", "/api/signup", json=ADA)
    assert_same_words(found)
    text, html = bundle(found)
    assert found.token in html and found.token not in text
    assert "1795000000" in html and "1795000000" not in text
    assert found.token not in emptied(html)


def test_two_runs_look_the_same_to_a_test(served: Served) -> None:
    one = served.send("POST", "/api/signup", json=ADA)
    body = one.response_body.replace(b"1795000000", b"1805000000")
    claims = {"sub": "1", "iat": 1805000000, "exp": 1805028800, "jti": "e1" * 16}
    token = jwt.encode(claims, KEY, algorithm="HS256")
    headers = [(n, v.replace(str(one.token), token)) for n, v in one.response_headers]
    fields = {**vars(one), "response_headers": tuple(headers), "response_body": body}
    assert fresh(lambda: one) == fresh(lambda: Exchange(**fields))


def test_a_token_that_ends_later_looks_different_to_a_test(served: Served) -> None:
    one = served.send("POST", "/api/signup", json=ADA)
    claims = {"sub": "1", "iat": 1795000000, "exp": 1795000000 + 9000000, "jti": "7f" * 16}
    token = jwt.encode(claims, KEY, algorithm="HS256")
    headers = [(n, v.replace(str(one.token), token)) for n, v in one.response_headers]
    other = Exchange(**{**vars(one), "response_headers": tuple(headers)})
    assert fresh(lambda: one)[0] != fresh(lambda: other)[0]


def test_headers_that_differ_from_machine_to_machine_are_not_shown(served: Served) -> None:
    text, html = bundle(served.send("POST", "/echo", data="x"))
    for name in ("date:", "server:", "host:", "user-agent:", "content-length:"):
        assert name not in text and name not in Parsed(html).text


def test_a_line_that_deletes_a_cookie_says_so(served: Served) -> None:
    one = served.send("POST", "/api/signup", json=ADA)
    line = ("set-cookie", "__Host-TRAX_ACCESS_TOKEN=; Max-Age=0; Path=/; Secure")
    text, html = bundle(Exchange(**{**vars(one), "response_headers": (line,)}))
    assert "Max-Age=0 (delete now)" in text and "Max-Age=0 (delete now)" in Parsed(html).text
