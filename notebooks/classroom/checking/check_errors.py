"""How a check ends when it does not end well: three exceptions, and what each one knows."""

from classroom.exchanges.exchange import Exchange
from classroom.server.crash import Crash


class NotStarted(Exception):
    """The route is still a stub: it returns nothing."""


class NotYet(Exception):
    """Something does not hold yet: `reason` is what should, `exchange` showed that it does not."""

    def __init__(self, reason: str, exchange: Exchange | None = None) -> None:
        """Keep both for the verdict."""
        super().__init__(reason)
        self.reason, self.exchange = reason, exchange


class YourCodeRaised(Exception):
    """The route crashed while it answered `exchange`."""

    def __init__(self, crash: Crash, exchange: Exchange) -> None:
        """Keep both for the verdict."""
        super().__init__(crash.error)
        self.crash, self.exchange = crash, exchange
