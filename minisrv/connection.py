"""uvicorn's connection, made ready for clients that write slowly, or something that is not HTTP.

uvicorn waits for the head of a request for ever, and answers what it cannot parse in plain text.
Left out: how many connections one client may have, which a proxy in front knows better.
"""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from minisrv.answers import refusal
from minisrv.errors import MalformedRequest, Refused
from minisrv.headers import completed
from minisrv.limits import TooSlow


class Connection(H11Protocol):
    """A connection that ends when no whole head of a request comes, and says in JSON why."""

    def __init__(self, *, head_seconds: float, **options: Any) -> None:
        """Wait `head_seconds` for the head of a request; `options` are uvicorn's own."""
        super().__init__(**options)
        self._head_seconds = head_seconds
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait; uvicorn itself waits only between two requests."""
        super().connection_made(transport)
        self._begin_to_wait()

    def data_received(self, data: bytes) -> None:
        """Read on, and stop waiting once a head is there; single bytes do not win time."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._begin_to_wait()
        else:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadline."""
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request, as everything else is answered; uvicorn calls this."""
        self._refuse(MalformedRequest())

    def _begin_to_wait(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self._head_seconds, self._give_up)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        begun, _ = self.conn.trailing_data
        if begun:
            self._refuse(TooSlow())
        else:  # whoever has said nothing is told nothing: browsers open connections in advance
            self.transport.close()

    def _refuse(self, error: Refused) -> None:
        """Answer, unless another answer has begun, and hang up."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            answer = refusal(error)
            headers = completed(answer.raw_headers, self.scheme or "http")
            reason = STATUS_PHRASES[answer.status_code]
            head = h11.Response(status_code=answer.status_code, headers=headers, reason=reason)
            for event in (head, h11.Data(data=answer.body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
