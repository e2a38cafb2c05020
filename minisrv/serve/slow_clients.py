"""uvicorn's connection, made ready for clients that are slow, or say something that is no HTTP.

uvicorn waits for ever for the head of a request, for a client that does not read, and for one that
sends a body byte by byte after the answer; and what it cannot parse it answers in plain text. Left
out: how many connections one client may have, which a proxy in front knows better.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from minisrv.errors import MalformedRequest, Refused, TooSlow
from minisrv.web.error_handlers import refusal
from minisrv.web.security_headers import completed


class Connection(H11Protocol):
    """A connection that ends when its client keeps it waiting, and says in JSON why if it can."""

    def __init__(self, *, patience: float, **options: Any) -> None:
        """Wait `patience` seconds for the client's next step; `options` are uvicorn's own."""
        super().__init__(**options)
        self._patience = patience
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait; uvicorn itself waits only between two requests."""
        super().connection_made(transport)
        self._wait(self._give_up)

    def data_received(self, data: bytes) -> None:
        """Read on, and stop waiting once a head is there; single bytes do not win time."""
        super().data_received(data)
        # DONE: the answer has been given, and what still comes is the rest of a body for nobody.
        if self.conn.their_state is h11.IDLE or self.conn.our_state is h11.DONE:
            self._wait(self._give_up)
        else:
            self._stop_waiting()

    def pause_writing(self) -> None:
        """Begin to wait for the client to read; what it does not take stays in our memory."""
        super().pause_writing()
        self._stop_waiting()
        self._wait(self.transport.abort)  # a close would wait until it has read everything

    def resume_writing(self) -> None:
        """Stop waiting, the client reads."""
        self._stop_waiting()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadline."""
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request, as everything else is answered; uvicorn calls this."""
        self._refuse(MalformedRequest())

    def _wait(self, then: Callable[[], None]) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self._patience, then)

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
        asked = self.conn.our_state is h11.SEND_RESPONSE  # the head was right, the body is not
        if asked:
            self.cycle.disconnected = True  # the route has nobody to answer any more
        if asked or self.conn.our_state is h11.IDLE:
            answer = refusal(error)
            silent = asked and self.scope["method"] == "HEAD"
            headers = completed(answer.raw_headers, self.scheme or "http")
            self._say(
                h11.Response(
                    status_code=answer.status_code,
                    headers=self.server_state.default_headers + headers,  # the date
                    reason=STATUS_PHRASES[answer.status_code],
                ),
                h11.Data(data=b"" if silent else answer.body),
                h11.EndOfMessage(),
            )
        self.transport.close()

    def _say(self, *events: h11.Event) -> None:
        for event in events:
            self.transport.write(self.conn.send(event) or b"")
