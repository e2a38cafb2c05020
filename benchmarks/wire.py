"""A minimal HTTP/1.1 client over a plain socket: one connection, one request at a time.

It does hardly any work of its own, for it runs on the cores of the server that it measures. Left
out: chunked bodies and everything else that the measured servers do not send.
"""

import re
import socket
from contextlib import suppress
from dataclasses import dataclass

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
_COOKIE = re.compile(rb"\r\nset-cookie: *([^;\r]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """The status of an answer, 0 when none came, and the cookie that it set."""

    status: int = 0
    cookie: str = ""


class Wire:
    """A connection to 127.0.0.1 that is made when needed, and kept as long as the server does."""

    def __init__(self, port: int, limit: float) -> None:
        """Connect to `port` with the first request; wait `limit` seconds for an answer."""
        self._address, self._limit = ("127.0.0.1", port), limit
        self._socket: socket.socket | None = None

    def request(self, method: str, path: str, cookie: str = "", body: bytes = b"") -> bytes:
        """Return a request as it is sent."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self._address[1]}"]
        lines += [f"Cookie: {cookie}"] if cookie else []
        if body:
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "\r\n"]).encode() + body

    def asks(self, request: bytes) -> None:
        """Send the request; what goes wrong shows when the answer is read."""
        try:
            if self._socket is None:
                self._socket = socket.create_connection(self._address, self._limit)
            self._socket.sendall(request)
        except OSError:
            self.hangs_up()

    @property
    def socket(self) -> socket.socket | None:
        """The open connection, or None."""
        return self._socket

    def answer(self) -> Answer:
        """Return what came, once the whole answer is there."""
        if self._socket is None:
            return Answer()
        try:
            answer, end = self._more(), -1
            while (end := answer.find(b"\r\n\r\n")) < 0:
                answer += self._more()
            length = _LENGTH.search(answer, 0, end)
            while len(answer) < end + 4 + (int(length[1]) if length else 0):
                answer += self._more()
        except OSError:
            self.hangs_up()
            return Answer()
        if _CLOSES.search(answer, 0, end):
            self.hangs_up()
        cookie = _COOKIE.search(answer, 0, end)
        return Answer(int(answer[9:12]), cookie[1].decode() if cookie else "")

    def breaks_off(self) -> None:
        """End the connection of somebody who waits for an answer in another thread."""
        wire = self._socket  # which the other thread may let go of at any moment
        if wire is not None:
            with suppress(OSError):
                wire.shutdown(socket.SHUT_RDWR)

    def hangs_up(self) -> None:
        """End the connection."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _more(self) -> bytes:
        assert self._socket is not None
        if more := self._socket.recv(65536):
            return more
        raise ConnectionError
