"""When the recorder records, with respect to what it sends on."""

from collections import deque

import pytest
from starlette.types import Message, Receive, Scope, Send

from classroom.exchanges.exchange import Exchange
from tests.support.recorded_server import asked


def test_an_answer_that_breaks_off_is_recorded_as_far_as_it_came() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        asked(app, exchanges=(exchanges := deque()))
    assert [(one.status, one.response_body) for one in exchanges] == [(200, b"half")]


def test_a_crash_of_an_app_without_error_handling_is_recorded_too() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise KeyError("email")

    with pytest.raises(KeyError):
        asked(app, exchanges=(exchanges := deque()))
    assert [(one.status, one.response_body) for one in exchanges] == [
        (500, b"Internal Server Error")
    ]


@pytest.mark.parametrize(
    ("status", "length", "parts", "seen"),
    [
        (200, None, [(b"a", True), (b"b", False)], [("start", 0), ("a", 0), ("b", 1)]),
        (204, None, [(b"", False)], [("start", 1), ("", 1)]),
        (200, b"2", [(b"a", True), (b"b", True), (b"", False)], [("start", 0), ("a", 0), ("b", 1)]),
    ],
)
def test_an_exchange_is_recorded_just_before_the_client_has_the_whole_response(
    status: int, length: bytes | None, parts: list[tuple[bytes, bool]], seen: list[tuple[str, int]]
) -> None:
    found: list[tuple[str, int]] = []
    exchanges: deque[Exchange] = deque()
    headers = [(b"content-length", length)] if length else []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": status, "headers": headers})
        for body, more in parts:
            await send({"type": "http.response.body", "body": body, "more_body": more})

    async def send(message: Message) -> None:
        found.append((message.get("body", b"start").decode(), len(exchanges)))

    asked(app, exchanges=exchanges, send=send)
    assert found[: len(seen)] == seen
    assert [one.response_body for one in exchanges] == [b"".join(body for body, _ in parts)]


def test_a_head_is_sent_on_when_nothing_follows_it() -> None:
    sent: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise OSError("gone")

    async def send(message: Message) -> None:
        sent.append(message["type"])

    with pytest.raises(OSError, match="gone"):
        asked(app, send=send)
    assert sent == ["http.response.start"]
