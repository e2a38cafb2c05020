"""A browser's remote control: a question goes out over a websocket, and its answer comes back.

Chromium (DevTools Protocol) and Firefox (WebDriver BiDi) put it alike: a question is a JSON object
with a number, a method and parameters, and its answer has the same number. Left out: events, which
a browser sends without being asked; they are passed over, unless there is a reflex to one.
"""

import json
import time

import websocket

SECONDS = 30.0


class BrowserFailed(Exception):
    """A browser did not start, did not answer, or could not do what it was asked; says why."""


class Wire:
    """The connection to one running browser; not for use from two threads at once."""

    def __init__(self, name: str, address: str) -> None:
        """Connect to the browser called `name` at a ws:// address, or raise BrowserFailed."""
        self.name, self._number = name, 0
        self._envelope: dict[str, object] = {}
        self._reflexes: dict[str, tuple[str, dict]] = {}
        try:
            self._socket = websocket.create_connection(
                address,
                timeout=SECONDS,
                suppress_origin=True,  # browsers refuse a caller that seems to be a page
                http_no_proxy=["*"],  # whatever the environment says: it is this machine
                skip_utf8_validation=True,  # in Python it takes longer than a screenshot does
            )
        except (websocket.WebSocketException, OSError) as problem:
            raise BrowserFailed(f"{name} could not be reached: {problem}.") from problem

    def add(self, **fields: object) -> None:
        """Add `fields` to every question from now on, beside its method and parameters."""
        self._envelope |= fields

    def reflex(self, event: str, method: str, **params: object) -> None:
        """Say `method` whenever `event` comes while an answer is waited for."""
        self._reflexes[event] = (method, params)

    def ask(self, method: str, seconds: float = SECONDS, **params: object) -> dict:
        """Ask one question and return the result; BrowserFailed if it is refused, or none comes."""
        try:
            number = self._say(method, params)
            answer = self._answer(number, time.monotonic() + seconds)
        except (websocket.WebSocketException, OSError, ValueError) as problem:
            raise BrowserFailed(f"{self.name} did not answer {method}: {problem}.") from problem
        if "error" in answer:
            raise BrowserFailed(f"{self.name} refused {method}: {_reason(answer)}.")
        return answer["result"]

    def close(self) -> None:
        """End the connection; again is harmless."""
        self._socket.shutdown()

    def _say(self, method: str, params: dict[str, object]) -> int:
        """Send one question and return its number."""
        self._number += 1
        question = {"id": self._number, "method": method, "params": params, **self._envelope}
        self._socket.send(json.dumps(question))
        return self._number

    def _answer(self, number: int, end: float) -> dict:
        """Read until the answer with this number comes."""
        while True:
            self._socket.settimeout(max(0.001, end - time.monotonic()))
            heard = json.loads(self._socket.recv())
            if heard.get("id") == number:
                return heard
            if reflex := self._reflexes.get(heard.get("method")):
                self._say(*reflex)


def _reason(answer: dict) -> str:
    """Return why a question was refused: Chromium says it one level deeper than Firefox."""
    error = answer["error"]
    said = error["message"] if isinstance(error, dict) else answer["message"]
    return said.rstrip(".")
