"""A minimal HTTP/1.1 client over a plain socket: one connection, one request at a time.

It does little work, because it shares the cores with the server that it measures. Left out: chunked
bodies and everything else that the measured servers do not send.
"""

import re
import socket
from contextlib import suppress
from dataclasses import dataclass

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
_COOKIE = re.compile(rb"\r\nset-cookie: *([^;\r]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Response:
    """The status of a response, 0 if none came, and the cookie that it sets."""

    status: int = 0
    cookie: str = ""


class HttpClient:
    """A connection to 127.0.0.1 that is made when needed, and kept as long as the server does."""

    def __init__(self, port: int, limit: float) -> None:
        """Connect to `port` with the first request; wait `limit` seconds for a response."""
        self._address, self._limit = ("127.0.0.1", port), limit
        self._socket: socket.socket | None = None

    def request(self, method: str, path: str, cookie: str = "", body: bytes = b"") -> bytes:
        """Return a request as it is sent."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self._address[1]}"]
        lines += [f"Cookie: {cookie}"] if cookie else []
        if body:
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "\r\n"]).encode() + body

    def send(self, request: bytes) -> None:
        """Send the request; an error shows when the response is read."""
        try:
            if self._socket is None:
                self._socket = socket.create_connection(self._address, self._limit)
            self._socket.sendall(request)
        except OSError:
            self.close()

    @property
    def socket(self) -> socket.socket | None:
        """The open connection, or None."""
        return self._socket

    def receive(self) -> Response:
        """Return the response, once it is complete."""
        if self._socket is None:
            return Response()
        try:
            received, end = self._more(), -1
            while (end := received.find(b"\r\n\r\n")) < 0:
                received += self._more()
            length = _LENGTH.search(received, 0, end)
            while len(received) < end + 4 + (int(length[1]) if length else 0):
                received += self._more()
        except OSError:
            self.close()
            return Response()
        if _CLOSES.search(received, 0, end):
            self.close()
        cookie = _COOKIE.search(received, 0, end)
        return Response(int(received[9:12]), cookie[1].decode() if cookie else "")

    def abort(self) -> None:
        """End the connection while another thread waits for a response."""
        connection = self._socket  # the other thread may close it at any moment
        if connection is not None:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End the connection."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _more(self) -> bytes:
        assert self._socket is not None
        if more := self._socket.recv(65536):
            return more
        raise ConnectionError
