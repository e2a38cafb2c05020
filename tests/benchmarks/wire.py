"""A minimal HTTP/1.1 client on asyncio: one connection, one request at a time.

Left out: chunked bodies and everything else that the measured servers do not send.
"""

import asyncio


class Dropped(Exception):
    """The connection ended, or could not be made, before the answer was there."""


class Wire:
    """A connection to 127.0.0.1 that is made when needed, and kept as long as the server does."""

    def __init__(self, port: int) -> None:
        """Connect to `port` with the first request."""
        self._host, self._writer = f"127.0.0.1:{port}", None
        self._port = port

    async def __aenter__(self) -> "Wire":
        """Return the wire itself."""
        return self

    async def __aexit__(self, *error: object) -> None:
        """Hang up."""
        self._hang_up()

    async def ask(
        self, method: str, path: str, cookie: str = "", body: bytes = b""
    ) -> tuple[int, dict[str, str]]:
        """Return status and headers, names in lower case, or raise Dropped."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host}"]
        lines += [f"Cookie: {cookie}"] if cookie else []
        if body:
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        try:
            if self._writer is None:
                self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
            self._writer.write("\r\n".join([*lines, "\r\n"]).encode() + body)
            return await self._answer()
        except (OSError, asyncio.IncompleteReadError):
            self._hang_up()
            raise Dropped from None

    async def _answer(self) -> tuple[int, dict[str, str]]:
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in map(_parted, lines)}
        await self._reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection", "").lower() == "close":
            self._hang_up()
        return int(first.split(" ", 2)[1]), headers

    def _hang_up(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None


def _parted(line: str) -> tuple[str, str, str]:
    return line.partition(":")
