"""What became of one event, and the words for what can happen to it."""

import json
from dataclasses import dataclass

ANSWERED, FAILED, TIMED_OUT, NO_ROOM = "answered", "failed", "timed out", "no room"
STATUS = {FAILED: 502, TIMED_OUT: 504, NO_ROOM: 503}  # RFC 9110 §15.6


@dataclass(frozen=True)
class Outcome:
    """What became of the event `id`: `how`, and the text that the function sent back.

    `instance` is the letter of the instance, "" if there was none. `cold` says that it was started
    for this event, and `milliseconds` how long everything took. `why` is a sentence that says why
    it was not answered, else "".
    """

    id: str
    how: str
    text: str = ""
    instance: str = ""
    cold: bool = False
    milliseconds: float = 0.0
    why: str = ""

    @property
    def result(self) -> object:
        """What the handler returned, or the report of its error; ValueError if it is no JSON."""
        return json.loads(self.text) if self.text else None
