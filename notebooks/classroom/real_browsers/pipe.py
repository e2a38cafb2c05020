"""The remote control of Chromium over two pipes, which only this process and the browser have.

A port at 127.0.0.1 has no password: every user of this computer could control the browser, and read
files with it as its user. Messages end with a zero byte. Left out: Windows, where Chromium takes
pipes in another way, and Firefox, which has a port only, and one session at a time.
"""

import os
import select
import sys
import time

POSSIBLE = os.name == "posix"
_BYTES = 1 << 20
# It becomes the browser, which reads from 3 and writes to 4. The ends that it is given are above.
_EXEC = (
    "import os, sys; [os.dup2(int(end), place) for place, end in zip((3, 4), sys.argv[1:3])]; "
    "os.execv(sys.argv[3], sys.argv[3:])"
)


class Pipe:
    """Both pipes: `send` and `recv` as a websocket has them; OSError if the browser has ended."""

    def __init__(self) -> None:
        """Make the pipes; `ends` are those of the browser, for `Popen(pass_fds=…)`."""
        import fcntl  # which Windows does not have

        read, self._write = os.pipe()
        self._read, write = os.pipe()
        self.ends = tuple(fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, 10) for one in (read, write))
        os.close(read)
        os.close(write)
        self._received, self._seconds = b"", 0.0

    def command(self, browser: list[str]) -> list[str]:
        """Return the command that starts `browser` with its ends in the right places."""
        return [sys.executable, "-I", "-S", "-c", _EXEC, *map(str, self.ends), *browser]

    def give_away(self) -> None:
        """Close the browser's ends here, so that we notice when the browser closes them."""
        for end in self.ends:
            os.close(end)
        self.ends = ()

    def settimeout(self, seconds: float) -> None:
        """Let `recv` wait for at most `seconds`."""
        self._seconds = seconds

    def send(self, message: str) -> None:
        """Send one message."""
        rest = message.encode() + b"\0"
        while rest:
            rest = rest[os.write(self._write, rest) :]

    def recv(self) -> str:
        """Return the next message, or raise TimeoutError."""
        end = time.monotonic() + self._seconds
        while b"\0" not in self._received:
            if not select.select([self._read], [], [], max(0.0, end - time.monotonic()))[0]:
                raise TimeoutError("timed out")
            part = os.read(self._read, _BYTES)
            if not part:
                raise ConnectionResetError("it has ended")
            self._received += part
        message, _, self._received = self._received.partition(b"\0")
        return message.decode()

    def shutdown(self) -> None:
        """Close our ends; safe to call twice."""
        self.give_away()
        for end in {self._read, self._write} - {-1}:
            os.close(end)
        self._read = self._write = -1
