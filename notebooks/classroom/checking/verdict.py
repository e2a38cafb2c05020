"""The verdict of a check: its name, the reason, and the exchange or the crash that shows it."""

from dataclasses import dataclass

from markupsafe import Markup

from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import split_volatile
from classroom.display.text import labelled
from classroom.display.verdict_names import COLORS, DONE, NOT_YET, RAISED
from classroom.exchanges.exchange import Exchange
from classroom.server.crash import Crash

_SEEN = "What was sent, and what came back:"
_STUCK = 'Stuck? hint("{}")'


@dataclass(frozen=True, repr=False)
class Verdict(Displayable):
    """The verdict `name` on the exercise `id`; `reason` says it in at most three lines.

    It is true only if the exercise is done: `assert check("salt-each")` fails otherwise. For
    "not yet", `reason` is what was expected, and `exchange` shows what came instead, or is the
    last one of the check if no single one shows it. `gap` is the sentence on a gap that is left in
    the frame, or on an `await` that seems to be missing. With a gap, a crash is no more than "not
    yet", too.
    """

    name: str
    id: str
    reason: str
    exchange: Exchange | None = None
    crash: Crash | None = None
    gap: str = ""

    def __bool__(self) -> bool:
        """Return True if the exercise is done."""
        return self.name == DONE

    def as_text(self) -> str:
        """Return verdict, reason or crash, and the exchange."""
        parts = [f"{self.name} · {self.id}", *map(labelled, self._lines())]
        if self.exchange:
            parts += [_SEEN, self.exchange.as_text()]
        if self._stuck:
            parts.append(self._stuck)
        return "\n".join(parts)

    def as_html(self) -> Markup:
        """Return the same as a card with the verdict in a pill."""
        return html.render(
            "verdict",
            name=self.name,
            color=COLORS[self.name],
            id=self.id,
            lines=[split_volatile(line) for line in self._lines()],
            crashed=self.crash is not None,
            seen=_SEEN,
            exchange=self.exchange,
            stuck=self._stuck,
        )

    @property
    def _stuck(self) -> str:
        return _STUCK.format(self.id) if self.name in (NOT_YET, RAISED) else ""

    def _lines(self) -> list[str]:
        if self.crash:
            said = self.gap if self.gap != self.crash.gap else ""
            return [*filter(None, [said]), *self.crash.text.splitlines()]
        expected = "expected: " if self.name == NOT_YET else ""
        return [*filter(None, [self.gap]), *f"{expected}{self.reason}".splitlines()]
