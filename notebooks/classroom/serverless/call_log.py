"""Who asked whom: the requests at the gateway and at the Runtime API, in order.

Left out: bodies, which `requests` shows, and times, which differ in every run.
"""

from collections import deque
from dataclasses import dataclass

from classroom.display.table import Table

KEPT = 500  # calls; the oldest are forgotten
COLUMNS = ("who asks", "whom", "request", "response")


@dataclass(frozen=True)
class Call:
    """One request: who asked whom for what, and what came back."""

    who: str
    whom: str
    request: str
    response: str


class CallLog:
    """The calls so far, the oldest first."""

    def __init__(self) -> None:
        """Begin empty."""
        self.calls: deque[Call] = deque(maxlen=KEPT)

    def add(self, who: str, whom: str, request: str, response: str) -> None:
        """Note a call when its response is ready."""
        self.calls.append(Call(who, whom, request, response))

    def as_table(self, last: int = 16) -> Table:
        """Return the `last` calls, each as a row."""
        rows = [
            dict(zip(COLUMNS, (one.who, one.whom, one.request, one.response), strict=True))
            for one in list(self.calls)[-last:]
        ]
        return Table(rows, COLUMNS, plain=COLUMNS)
