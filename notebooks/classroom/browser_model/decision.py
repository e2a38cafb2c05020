"""What the model browser decided about one cookie, and why.

Left out: how a decision looks in a notebook, which is in `view.py`.
"""

from dataclasses import dataclass, field

from classroom.browser_model import view
from classroom.display.displayable import Displayable

RECORDED = "measured, see data/browser-truth.json"
NOTED = "measured, see data/README.md"


def rfc(section: str) -> str:
    """Return how a section (and step) of the cookie standard is cited."""
    return f"RFC 6265bis draft 22 §{section}"


@dataclass(frozen=True)
class Reason:
    """One plain sentence, and where the rule is written down or was measured."""

    sentence: str
    source: str

    def __str__(self) -> str:
        """Return both on one line."""
        return f"{self.sentence} ({self.source})"


class Decided(Displayable):
    """Base of everything that is shown as lines of verdict, name and reason."""

    head = ""

    def rows(self) -> list[view.Row]:
        """Return verdict, name, sentence and source for each line."""
        raise NotImplementedError

    def as_text(self) -> str:
        """Return one line for each decision, at most about 20."""
        return view.decisions_as_text(self.head, self.rows()) or "nothing to decide"

    def as_html(self) -> str:
        """Return the same as HTML."""
        return view.decisions_as_html(self.head or ("" if self.rows() else repr(self)), self.rows())


@dataclass(frozen=True, repr=False)
class Decision(Decided):
    """A verdict (stored, removed, refused, sent, withheld, evicted, expired) and its reason."""

    verdict: str
    name: str
    reason: Reason

    def rows(self) -> list[view.Row]:
        """Return the decision as the only line."""
        name = self.name or "(no name)"
        return [(self.verdict, name, self.reason.sentence, self.reason.source)]


class Decisions(Decided, tuple[Decision, ...]):
    """Several decisions in the order in which they were taken."""

    def rows(self) -> list[view.Row]:
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
        """The names of the cookies that go along, in the order of the header."""
        return [one.name for one in self.decisions if one.verdict == "sent"]

    def rows(self) -> list[view.Row]:
        """Return one line for each cookie of the jar, those that go along first."""
        return self.decisions.rows()
