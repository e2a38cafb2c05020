"""What a browser decided about one cookie and why, and how a notebook shows it.

A word says the verdict; the tint behind it repeats it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import split_volatile
from classroom.display.text import cut, labelled, plain

RECORDED = "measured, see data/browser-truth.json"
NOTED = "measured, see data/README.md"

MOST_LINES = 18
NAME_WIDTH = 30
HEAD_WIDTH = 300
VERDICT_WIDTH = 7

Row = tuple[str, str, str, str]  # verdict, name, sentence, source


def rfc(section: str) -> str:
    """Return how a section (and step) of the cookie standard is cited."""
    return f"RFC 6265bis draft 22 §{section}"


@dataclass(frozen=True)
class Reason:
    """One plain sentence, and where the rule is written down or was measured.

    `part` is the part of a Set-Cookie line that it is about: name, value, or an attribute's name.
    """

    sentence: str
    source: str
    part: str = "name"

    def __str__(self) -> str:
        """Return both on one line."""
        return f"{self.sentence} ({self.source})"


class Decided(Displayable):
    """Base of everything that is shown as lines of verdict, name and reason."""

    head = ""

    def rows(self) -> list[Row]:
        """Return verdict, name, sentence and source for each line."""
        raise NotImplementedError

    def as_text(self) -> str:
        """Return the head and one line for each decision, at most about 20."""
        rows = self.rows()
        names = [short(name) for _, name, _, _ in rows]
        width = max((len(name) for name in names[:MOST_LINES]), default=0)
        lines = [
            f"{verdict:{VERDICT_WIDTH}}  {name:{width}}  {sentence} ({source})"
            for name, (verdict, _, sentence, source) in zip(names, rows, strict=True)
        ]
        head = [labelled(self.head)] if self.head else []
        return "\n".join(head + within(lines)) or "nothing to decide"

    def as_html(self) -> Markup:
        """Return the same as HTML, each source in a quieter colour."""
        rows = self.rows()
        head = self.head or ("" if rows else repr(self))
        return html.render(
            "decisions",
            head=cut(split_volatile(head), HEAD_WIDTH),
            rows=[(verdict, short(name), *why) for verdict, name, *why in rows[:MOST_LINES]],
            more=within(rows)[MOST_LINES:],
        )


@dataclass(frozen=True, repr=False)
class Decision(Decided):
    """A verdict about one cookie, and its reason.

    Verdicts on a Set-Cookie line: stored, removed, ignored, blocked. On a stored cookie: sent,
    blocked, evicted, expired, removed.
    """

    verdict: str
    name: str
    reason: Reason

    def rows(self) -> list[Row]:
        """Return the decision as the only line."""
        name = self.name or "(no name)"
        return [(self.verdict, name, self.reason.sentence, self.reason.source)]


class Decisions(Decided, tuple[Decision, ...]):
    """Several decisions in the order in which they were taken."""

    def rows(self) -> list[Row]:
        """Return one line for each decision."""
        return [row for decision in self for row in decision.rows()]

    def about(self, name: str) -> Decision:
        """Return the last decision about the cookie of this name, or raise LookupError."""
        for decision in reversed(self):
            if decision.name == name:
                return decision
        raise LookupError(f"no decision about a cookie named {name!r}")


@dataclass(frozen=True, repr=False)
class Sent(Decided):
    """The Cookie header of one request (empty: there is none) and what was decided for it."""

    cookie_header: str
    decisions: Decisions = field(default_factory=Decisions)

    @property
    def head(self) -> str:
        """The header's line, or a remark that there is none."""
        return f"Cookie: {self.cookie_header}" if self.cookie_header else "no Cookie header"

    @property
    def names(self) -> list[str]:
        """The names of the cookies that are sent, in the order of the header."""
        return [one.name for one in self.decisions if one.verdict == "sent"]

    def rows(self) -> list[Row]:
        """Return one line for each cookie of the jar, those that are sent first."""
        return self.decisions.rows()


def short(name: str) -> str:
    """Return a cookie's name as it fits into a column; a hostile one is made visible."""
    return plain(cut(split_volatile(name), NAME_WIDTH))


def within(lines: Sequence[object]) -> list[object]:
    """Return the first lines, and a note of how many were left out."""
    rest = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], *([f"… and {rest} more"] if rest > 0 else [])]
