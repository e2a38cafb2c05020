"""Two exceptions that end a check, each with what the verdict shows."""

from classroom.exchanges.exchange import Exchange
from classroom.server.crash import Crash


class NotYet(Exception):
    """An expectation is not met: `reason` states it, and `exchange` shows that it is not met."""

    def __init__(self, reason: str, exchange: Exchange | None = None) -> None:
        """Keep both for the verdict."""
        super().__init__(reason)
        self.reason, self.exchange = reason, exchange


class YourCodeRaised(Exception):
    """The route crashed while it handled `exchange`."""

    def __init__(self, crash: Crash, exchange: Exchange) -> None:
        """Keep both for the verdict."""
        super().__init__(crash.error)
        self.crash, self.exchange = crash, exchange
