"""What the recorder keeps of a request and its response, over HTTP."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import jwt
import pytest

from tests.support.recorded_server import ADA, Served, asked, quiet


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    server = Served()
    server.thread.start()
    yield server
    server.thread.stop()


def names(headers: tuple[tuple[str, str], ...]) -> list[str]:
    return [name for name, _ in headers]


def test_a_request_and_its_response_are_kept_whole(served: Served) -> None:
    found = served.send("POST", "/api/signup?from=ad", json=ADA)
    assert (found.method, found.path, found.query) == ("POST", "/api/signup", "from=ad")
    assert json.loads(found.request_body) == ADA
    assert (found.status, found.reason) == (201, "Created")
    assert found.json() == {"id": 1, "email": ADA["email"], "created": 1795000000}
    assert ("content-type", "application/json") in found.request_headers
    assert {"host", "user-agent", "content-length"} <= set(names(found.request_headers))


def test_two_cookies_are_two_lines_in_order(served: Served) -> None:
    found = served.send("POST", "/api/signup", json=ADA)
    assert names(found.response_headers).count("set-cookie") == 2
    first, second = found.cookies
    assert first.startswith("__Host-TRAX_ACCESS_TOKEN=eyJ")
    assert second == "theme=dark; Path=/; SameSite=lax"


def test_the_token_is_found_in_its_cookie(served: Served) -> None:
    found = served.send("POST", "/api/signup", json=ADA)
    options = {"verify_signature": False}
    assert jwt.decode(found.token, options=options)["sub"] == "1"
    assert served.send("POST", "/echo", data="x").token is None


def test_a_header_that_comes_twice_is_kept_twice() -> None:
    sent = [(b"X-Part", b"1"), (b"x-part", b"2")]
    found = asked(quiet(), headers=sent)
    assert found.request_headers == (("x-part", "1"), ("x-part", "2"))


def test_the_path_is_kept_as_it_was_sent(served: Served) -> None:
    assert served.send("GET", "/a%20b/%3Cimg%3E").path == "/a%20b/%3Cimg%3E"


def test_a_crash_is_recorded_as_the_answer_that_the_client_gets(served: Served) -> None:
    found = served.send("GET", "/crash")
    assert (found.status, found.reason) == (500, "Internal Server Error")
    assert found.response_body == b"Internal Server Error"


def test_requests_at_once_are_all_recorded(served: Served) -> None:
    served.exchanges.clear()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: served.send("POST", "/echo", data=str(n)), range(64)))
    assert {int(one.response_body) for one in served.exchanges} == set(range(64))
    assert all(one.request_body == one.response_body for one in served.exchanges)
