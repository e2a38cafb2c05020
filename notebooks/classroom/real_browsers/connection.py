"""The connection to a browser's remote control: send a command, receive its response.

Chromium (DevTools Protocol) and Firefox (WebDriver BiDi) use the same form. A command is a JSON
object with a number, a method and parameters, and its response has the same number. Events, which
a browser sends by itself, are ignored unless `on_event` names a command to send for one.
"""

import json
import time

import websocket

from classroom.real_browsers.pipe import Pipe

SECONDS = 60.0  # a busy machine is slow


class BrowserFailed(Exception):
    """A browser could not start or could not do what it was told; the message says why."""


class BrowserUnresponsive(BrowserFailed):
    """A browser did not respond in time, so nothing is known about what it would have done."""


class Connection:
    """The connection to one running browser; not safe to use from two threads at once."""

    def __init__(self, name: str, way: str | Pipe, endpoint: str = "") -> None:
        """Connect to the browser called `name` by a pipe, or at `endpoint` of a ws:// address.

        Raises BrowserFailed if nothing is there.
        """
        self.name, self._number = name, 0
        self._extra: dict[str, object] = {}
        self._commands_on_event: dict[str, tuple[str, dict]] = {}
        self._socket = way if isinstance(way, Pipe) else self._connected(way + endpoint)

    def _connected(self, address: str) -> websocket.WebSocket:
        try:
            return websocket.create_connection(
                address,
                timeout=SECONDS,
                suppress_origin=True,  # browsers reject a client that looks like a page
                http_no_proxy=["*"],  # ignore the environment: the browser is on this machine
                skip_utf8_validation=True,  # in Python it takes longer than a screenshot does
            )
        except (websocket.WebSocketException, OSError) as problem:
            kind = BrowserUnresponsive if _is_timeout(problem) else BrowserFailed
            raise kind(f"{self.name} could not be reached: {problem}.") from problem

    def add(self, **fields: object) -> None:
        """Add `fields` to every command from now on, beside its method and parameters."""
        self._extra |= fields

    def on_event(self, event: str, method: str, **params: object) -> None:
        """Send the command `method` whenever `event` arrives during a call."""
        self._commands_on_event[event] = (method, params)

    def call(self, method: str, seconds: float = SECONDS, **params: object) -> dict:
        """Send one command and return its result.

        Raises BrowserFailed if the browser rejects the command, and BrowserUnresponsive if no
        response comes within `seconds`.
        """
        try:
            number = self._send(method, params)
            response = self._response(number, time.monotonic() + seconds)
        except (websocket.WebSocketException, OSError, ValueError) as problem:
            why = f"{self.name} did not answer {method}: {problem}."
            raise BrowserUnresponsive(why) from problem
        if "error" in response:
            raise BrowserFailed(f"{self.name} refused {method}: {_reason(response)}.")
        return response["result"]

    def close(self) -> None:
        """End the connection. Safe to call twice."""
        self._socket.shutdown()

    def _send(self, method: str, params: dict[str, object]) -> int:
        """Send one command and return its number."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": params, **self._extra}
        self._socket.send(json.dumps(command))
        return self._number

    def _response(self, number: int, deadline: float) -> dict:
        """Read messages until the response with this number arrives."""
        while True:
            self._socket.settimeout(max(0.001, deadline - time.monotonic()))
            message = json.loads(self._socket.recv())
            if message.get("id") == number:
                return message
            if command := self._commands_on_event.get(message.get("method")):
                self._send(*command)


def _is_timeout(problem: Exception) -> bool:
    return isinstance(problem, TimeoutError | websocket.WebSocketTimeoutException)


def _reason(response: dict) -> str:
    """Return why a command was rejected: Chromium says it one level deeper than Firefox."""
    error = response["error"]
    message = error["message"] if isinstance(error, dict) else response["message"]
    return message.rstrip(".")
