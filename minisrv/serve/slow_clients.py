"""Close connections of clients that are too slow; send JSON to those that do not speak HTTP.

And to those of another user of this computer, where only our own is served (peer_user.py).

uvicorn waits for ever for a request's head, for a client that does not read its response, and for
the rest of a body that nobody reads. To bytes that are not HTTP it sends plain text. Left out: how
many connections one client may have, which a proxy in front knows better.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from minisrv.errors import MalformedRequest, MisdirectedRequest, Refused, TooSlow
from minisrv.serve.peer_user import is_own_user
from minisrv.web.error_handlers import error_response
from minisrv.web.security_headers import completed

NOT_YOURS = "This server answers only the user of this computer who started it."


class TimeoutProtocol(H11Protocol):
    """uvicorn's connection, with a deadline for the client's next step."""

    def __init__(self, *, patience: float, own_user_only: bool = False, **options: Any) -> None:
        """Wait `patience` seconds for the client; `options` are uvicorn's own.

        With `own_user_only` other users of this computer get a 421.
        """
        super().__init__(**options)
        self._patience = patience
        self._own_user_only, self._is_welcome = own_user_only, True
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first head."""
        super().connection_made(transport)
        self._wait(self._give_up)
        if self._own_user_only:
            self._is_welcome = is_own_user(self.client, self.server)

    def data_received(self, data: bytes) -> None:
        """Read on. Receiving more bytes does not extend the deadline; a whole head ends it."""
        if not self._is_welcome:
            return self._reject(MisdirectedRequest(NOT_YOURS))
        super().data_received(data)
        # IDLE: the next head is incomplete. DONE: the response is sent, the body still arrives.
        if self.conn.their_state is h11.IDLE or self.conn.our_state is h11.DONE:
            self._wait(self._give_up)
        else:
            self._stop_waiting()

    def pause_writing(self) -> None:
        """Wait for the client to read; until then the response stays in our memory."""
        super().pause_writing()
        self._stop_waiting()
        self._wait(self.transport.abort)  # close() would wait until everything is read

    def resume_writing(self) -> None:
        """Stop waiting: the client reads."""
        self._stop_waiting()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting: the client has gone."""
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Send our own 400; uvicorn calls this for bytes that are not HTTP."""
        self._reject(MalformedRequest())

    def _wait(self, then: Callable[[], None]) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self._patience, then)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        received, _ = self.conn.trailing_data
        if received:
            self._reject(TooSlow())
        else:  # browsers open connections in advance; they expect no response on them
            self.transport.close()

    def _reject(self, error: Refused) -> None:
        """Send `error`, unless a response has begun, and close the connection."""
        in_request = self.conn.our_state is h11.SEND_RESPONSE  # the head was right, the body is not
        if in_request:
            self.cycle.disconnected = True  # the route's own response is not sent any more
        if in_request or self.conn.our_state is h11.IDLE:
            response = error_response(error)
            bodiless = in_request and self.scope["method"] == "HEAD"
            headers = completed(response.raw_headers, self.scheme or "http")
            for event in (
                h11.Response(
                    status_code=response.status_code,
                    headers=self.server_state.default_headers + headers,  # the date
                    reason=STATUS_PHRASES[response.status_code],
                ),
                h11.Data(data=b"" if bodiless else response.body),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
