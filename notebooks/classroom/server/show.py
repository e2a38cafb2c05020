"""Show a `requests.Response` as the exchange that the server recorded, or the code of a route.

Left out: how long it took, which differs in every run.
"""

from collections.abc import Callable
from dataclasses import dataclass

import requests
from IPython import InteractiveShell
from IPython.display import display
from markupsafe import Markup
from starlette.routing import Route

from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import split_volatile
from classroom.display.source import source_of
from classroom.display.text import labelled
from classroom.display.verdict_names import COLORS, OURS_RAISED, RAISED
from classroom.exchanges.exchange import Exchange
from classroom.exchanges.find_exchange import as_client_saw, find_exchange
from classroom.server.crash import Crash
from classroom.server.server import Server

CLIENT_SIDE = "As the client saw it: the server of this notebook has no record of it."


@dataclass(frozen=True, repr=False)
class ResponseView(Displayable):
    """An exchange, with the note and the crash that belong to it."""

    exchange: Exchange
    note: str = ""
    crash: Crash | None = None

    def as_text(self) -> str:
        """Return exchange, note, crash."""
        report = self._report()
        raised = [self._raised] if report else []
        note = [self.note] if self.note else []
        return "\n".join([self.exchange.as_text(), *note, *raised, *map(labelled, report)])

    def as_html(self) -> Markup:
        """Return the same as HTML."""
        return html.render(
            "response_view",
            exchange=self.exchange,
            note=self.note,
            raised=self._raised,
            color=COLORS[RAISED],
            report=[split_volatile(line) for line in self._report()],
        )

    @property
    def _raised(self) -> str:
        return OURS_RAISED if self.crash and self.crash.ours else RAISED

    def _report(self) -> list[str]:
        return self.crash.text.splitlines() if self.crash else []


def view_of(response: requests.Response | Exchange) -> ResponseView:
    """Return how `response` is shown: as it was recorded, or else as the client saw it."""
    app = Server.current.running.switch.app if Server.current else None
    if isinstance(response, Exchange):
        exchange = response
    else:
        exchange = find_exchange(response, app.exchanges) if app else None
        if exchange is None:
            return ResponseView(as_client_saw(response), note=CLIENT_SIDE)
    return ResponseView(exchange, crash=app.crash_in(exchange) if app else None)


def show(*things: requests.Response | Exchange | Callable[..., object] | Route) -> None:
    """Display each thing, in order: a response with its request, or the code of a route.

    TypeError for anything else.
    """
    for thing in things:
        is_response = isinstance(thing, requests.Response | Exchange)
        display(view_of(thing) if is_response else source_of(thing))


def register(shell: InteractiveShell) -> None:
    """Let a `requests.Response` at the end of a cell display itself as `show` would.

    `print` shows the crash of its route, which would else be seen nowhere.
    """
    formatter = shell.display_formatter.mimebundle_formatter
    formatter.for_type(requests.Response, lambda response: view_of(response)._repr_mimebundle_())
    requests.Response.__str__ = _printed  # type: ignore[method-assign]


def _printed(response: requests.Response) -> str:
    """Return what print(response) prints: the usual text, with the crash of the route, if any."""
    crash = view_of(response).crash
    raised = OURS_RAISED if crash and crash.ours else RAISED
    report = [raised, *map(labelled, crash.text.splitlines())] if crash else []
    return "\n".join([repr(response), *report])
