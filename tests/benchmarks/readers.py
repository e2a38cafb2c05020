"""Readers who ask for one path as fast as they are answered, with hardly any work of their own.

All ask, then all read, then all ask again, over plain sockets: against a server that answers
thousands of requests a second, asyncio and a parser of headers would measure themselves.
"""

import re
import socket
import time
from collections import Counter

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)


class Reader:
    """One reader with one connection, made anew when the server ended it."""

    def __init__(self, port: int, path: str, cookie: str, limit: float) -> None:
        """Ask for `path` with `cookie`; wait `limit` seconds for an answer."""
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
        lines += [f"Cookie: {cookie}"] if cookie else []
        self._request = "\r\n".join([*lines, "\r\n"]).encode()
        self._address, self._limit = ("127.0.0.1", port), limit
        self._wire: socket.socket | None = None

    def asks(self) -> None:
        """Send the request; what goes wrong shows when the answer is read."""
        try:
            if self._wire is None:
                self._wire = socket.create_connection(self._address, self._limit)
            self._wire.sendall(self._request)
        except OSError:
            self.hangs_up()

    def status(self) -> int:
        """Return the answer's status once the whole answer is there; 0 when none came."""
        if self._wire is None:
            return 0
        try:
            answer, end = self._wire.recv(65536), -1
            while (end := answer.find(b"\r\n\r\n")) < 0:
                answer += self._more()
            length = _LENGTH.search(answer, 0, end)
            while len(answer) < end + 4 + (int(length[1]) if length else 0):
                answer += self._more()
        except OSError:
            self.hangs_up()
            return 0
        if _CLOSES.search(answer, 0, end):
            self.hangs_up()
        return int(answer[9:12])

    def hangs_up(self) -> None:
        """End the connection."""
        if self._wire is not None:
            self._wire.close()
            self._wire = None

    def _more(self) -> bytes:
        assert self._wire is not None
        if more := self._wire.recv(65536):
            return more
        raise ConnectionError


def read(
    port: int, path: str, cookie: str, readers: int, seconds: float, limit: float
) -> Counter[int]:
    """Return the statuses that `readers` at once saw in `seconds`."""
    everybody = [Reader(port, path, cookie, limit) for _ in range(readers)]
    statuses: Counter[int] = Counter()
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for reader in everybody:
            reader.asks()
        statuses.update([reader.status() for reader in everybody])
    for reader in everybody:
        reader.hangs_up()
    return statuses
