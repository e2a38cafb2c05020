"""Run attacks on the sign-up route that is plugged in, and show which of them get through.

Each attack is a function in account.py, secret.py or session.py.
"""

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import requests
from markupsafe import Markup

from classroom.checking.check_errors import NotYet, YourCodeRaised
from classroom.checking.visit import Visit, visiting
from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import split_volatile
from classroom.display.table import Table
from classroom.display.text import labelled
from classroom.scoreboard.attack import Attack
from classroom.scoreboard.our_page import OurPage
from classroom.server.live_server import LiveServer
from classroom.server.server import Server

WIDTH = 62  # characters of a line of names
ENDPOINT = "signup"  # the route that is attacked; all others are those of the finished server


@dataclass(frozen=True)
class Result:
    """The result of one attack: `expected` says what should be true, "" if it was stopped."""

    attack: Attack
    expected: str


@dataclass(frozen=True, repr=False)
class Scoreboard(Displayable):
    """The results of a run, shown lesson by lesson, with the next one to look at."""

    results: tuple[Result, ...]

    @property
    def through(self) -> list[str]:
        """The names of the attacks that got through, in order."""
        return [one.attack.name for one in self.results if one.expected]

    @property
    def stopped(self) -> int:
        """How many attacks the route stopped."""
        return len(self.results) - len(self.through)

    def as_text(self) -> str:
        """Return a line for each lesson, how many were stopped, and the first that got through."""
        return "\n".join([self._table().as_text(), "", *map(labelled, self._lines())])

    def as_html(self) -> Markup:
        """Return the same, with each attack that got through on a line of its own."""
        lines = [split_volatile(line) for line in self._lines()]
        return html.render("scoreboard", rows=list(self._by_lesson()), lines=lines)

    def _table(self) -> Table:
        rows = []
        for lesson, stopped, through in self._by_lesson():
            for line in _lines_of(through):
                rows.append({"lesson": lesson, "stopped": stopped, "gets through": line})
                lesson = stopped = ""  # say them once
        return Table(rows, plain=("lesson", "stopped", "gets through"))

    def _by_lesson(self) -> Iterator[tuple[str, str, list[str]]]:
        """Yield each lesson, how many of its attacks were stopped, and the names of the others."""
        for lesson in sorted({one.attack.lesson for one in self.results}):
            part = Scoreboard(tuple(one for one in self.results if one.attack.lesson == lesson))
            yield lesson, f"{part.stopped} of {len(part.results)}", part.through

    def _lines(self) -> list[str]:
        lines = [f"{self.stopped} of {len(self.results)} stopped."]
        first = next((one for one in self.results if one.expected), None)
        if first:
            lines.append(f"Next: “{first.attack.name}”. Expected: {first.expected}.")
        return lines


def _lines_of(names: Sequence[str]) -> list[str]:
    """Return the names in lines of at most WIDTH characters; no name is broken."""
    whole = [name.replace(" ", "\N{NO-BREAK SPACE}") for name in names]
    lines = textwrap.wrap(" · ".join(whole), WIDTH, break_on_hyphens=False) or [""]
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


def scoreboard(attacks: Sequence[Attack] = ()) -> Scoreboard:
    """Run `attacks`, by default all, on the present sign-up route, and return the scoreboard.

    Each attack has an empty database of its own. Raises RuntimeError if there is no server.
    """
    from classroom.scoreboard import (
        ATTACKS,  # the package's own name, which is not there any earlier
    )

    server = Server.current
    if server is None:
        raise RuntimeError("Run the cell with server = Server() first.")
    results = [Result(one, _expected(one, server.running)) for one in attacks or ATTACKS]
    return Scoreboard(tuple(results))


def stops_all(attacks: Sequence[Attack]) -> Callable[[Visit], None]:
    """Return the check of an exercise: the route stops all of `attacks`, one after the other."""

    def check(_visit: Visit) -> None:
        for attack in attacks:
            with visiting(Server.current.running, ENDPOINT, **attack.settings) as visit:
                attack.check(OurPage(visit))

    return check


def _expected(attack: Attack, running: LiveServer) -> str:
    """Return what should be true, or "" if the route stopped the attack; never raise."""
    with visiting(running, ENDPOINT, **attack.settings) as visit:
        try:
            attack.check(OurPage(visit))
        except YourCodeRaised as raised:
            if raised.crash.gap:
                return f"the route is finished ({raised.crash.gap})"
            return f"the route does not crash ({raised.crash.error})"
        except NotYet as not_yet:
            return not_yet.reason
        except requests.RequestException:
            return "the route answers in time"
        except Exception as error:  # a response that no check foresees is not right
            return f"the answer has the usual form ({type(error).__name__})"
    return ""
