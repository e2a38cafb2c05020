"""What the recorder does not keep: the rest of long bodies, and what belongs to others."""

import asyncio
from collections import deque
from collections.abc import Iterator

import pytest
from starlette.types import Message, Receive, Scope, Send

from classroom.exchanges.exchange import Exchange
from classroom.exchanges.recording import ID_HEADER, Recorder
from tests.support.recorded_server import ADA, Served, asked, no_message, no_send, quiet


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    server = Served()
    server.thread.start()
    yield server
    server.thread.stop()


def names(headers: tuple[tuple[str, str], ...]) -> list[str]:
    return [name for name, _ in headers]


def test_long_bodies_are_kept_up_to_a_bound_and_counted(served: Served) -> None:
    found = served.send("POST", "/echo", data=b"x" * 100000)
    assert len(found.request_body) == len(found.response_body) == 65536
    assert found.request_left_out == found.response_left_out == 100000 - 65536
    assert "… (34,464 more bytes, not kept)" in repr(found)
    streamed = served.send("GET", "/parts")
    assert len(streamed.response_body) + streamed.response_left_out == 100000


def test_what_the_route_did_not_read_is_counted(served: Served) -> None:
    found = served.send("POST", "/unread", data=b"x" * 42)
    assert (found.request_body, found.unread) == (b"", 42)
    assert "(42 bytes, which the route did not read)" in repr(found)
    assert served.send("POST", "/echo", data=b"x").unread == 0


def test_cookies_of_other_applications_are_not_kept(served: Served) -> None:
    served.send("POST", "/api/signup", json=ADA)
    cookies = "username-127-0-0-1-8888=secret; TRAX_ACCESS_TOKEN=a; _xsrf=b; theme=dark"
    found = served.send("POST", "/echo", data="x", headers={"Cookie": cookies})
    assert dict(found.request_headers)["cookie"] == "TRAX_ACCESS_TOKEN=a; theme=dark"
    only_theirs = served.send("POST", "/echo", data="x", headers={"Cookie": "_xsrf=b"})
    assert "cookie" not in names(only_theirs.request_headers)
    assert not [one for one in (found, only_theirs) if "xsrf" in str(vars(one))]


def test_jupyters_own_token_is_not_kept_and_a_bearer_token_is() -> None:
    theirs = asked(quiet(), headers=[(b"authorization", b"token 0123456789")])
    ours = asked(quiet(), headers=[(b"authorization", b"Bearer x")])
    assert theirs.request_headers == ()
    assert ours.request_headers == (("authorization", "Bearer x"),)


def test_anything_but_http_passes_unheard() -> None:
    types: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        types.append(scope["type"])

    exchanges: deque[Exchange] = deque()
    asyncio.run(Recorder(app, exchanges)({"type": "lifespan"}, no_message, no_send))
    assert (types, list(exchanges)) == (["lifespan"], [])


def test_an_app_that_sends_nothing_is_answered_500_and_found_by_its_id() -> None:
    sent: list[Message] = []

    async def silent(scope: Scope, receive: Receive, send: Send) -> None:
        return None

    async def send(message: Message) -> None:
        sent.append(message)

    found = asked(silent, send=send)
    start, body = sent
    assert (found.status, start["status"], body["body"]) == (500, 500, b"Internal Server Error")
    assert (ID_HEADER.encode(), found.id.encode()) in start["headers"]
