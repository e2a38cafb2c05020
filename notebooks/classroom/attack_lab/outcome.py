"""What came of an attack: a row for each browser, and in a sentence whether it worked.

The text is the same whether a browser ran here or an older run is shown, as long as both saw the
same; only the volatile part says which of the two it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from classroom.attack_lab.tabs import Tab, Tabs
from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import Volatile
from classroom.display.table import Table
from classroom.display.text import visible

NAMES = {"chromium": "Chromium", "firefox": "Firefox"}
NEVER = (
    "No browser was found here, and this was never recorded with these routes: "
    "try it in a browser of your own, with stage.link(…)."
)


@dataclass(frozen=True)
class Row:
    """What was seen in one engine, whether the attack worked there, and how we know."""

    seen: Mapping[str, str]
    works: bool
    how: str  # "Chromium 156.0 here", "Firefox, recorded on …"
    here: bool
    otherwise: str = ""  # what was different when it was recorded
    tab: Tab | None = None  # None when it was only recorded


@dataclass(frozen=True, repr=False)
class Outcome(Displayable):
    """The attack `name`, its idea, and a Row for each engine in which it was seen."""

    name: str
    idea: str
    rows: Mapping[str, Row]

    @property
    def works_in(self) -> list[str]:
        """The names of the browsers in which the attack works."""
        return [NAMES[engine] for engine, row in self.rows.items() if row.works]

    @property
    def tabs(self) -> Tabs:
        """Ada's tab in each browser that ran here, and the cookies that it lists."""
        return Tabs({NAMES[engine]: row.tab for engine, row in self.rows.items() if row.tab})

    @property
    def verdict(self) -> str:
        """Whether it works, in a sentence."""
        fails = [NAMES[engine] for engine, row in self.rows.items() if not row.works]
        parts = [
            f"The attack {word} in {' and '.join(names)}."
            for word, names in (("works", self.works_in), ("fails", fails))
            if names
        ]
        return " ".join(parts) or NEVER

    def as_text(self) -> str:
        """Return idea, table and verdict."""
        table = [self._table().as_text()] if self.rows else []
        how = [f"seen with {self._how().label}"] if self.rows else []
        return "\n".join([visible(self._head()), *table, self.verdict, *self._otherwise(), *how])

    def as_html(self) -> str:
        """Return the same as a card."""
        head = html.tag("b", html.escape(self._head()))
        color = html.SOLID[4] if self.works_in else html.SOLID[2]
        pill = html.pill("works" if self.works_in else "fails", color) if self.rows else ""
        lines = [html.escape(self.verdict), *map(html.escape, self._otherwise())]
        if self.rows:
            lines.append("seen with " + html.pieces([self._how()]))
        table = self._table().as_html() if self.rows else ""
        return html.card(pill + head + table + "".join(html.tag("div", line) for line in lines))

    def _head(self) -> str:
        return f"{self.name}: {self.idea}"

    def _table(self) -> Table:
        rows = [{"browser": NAMES[engine], **row.seen} for engine, row in self.rows.items()]
        return Table(rows, plain=tuple(rows[0]))

    def _how(self) -> Volatile:
        return Volatile("‹browsers›", "; ".join(row.how for row in self.rows.values()))

    def _otherwise(self) -> list[str]:
        return [
            f"{NAMES[engine]} did otherwise when it was recorded: {row.otherwise}."
            for engine, row in self.rows.items()
            if row.otherwise
        ]


def side_by_side(outcomes: Mapping[str, Outcome]) -> Table:
    """Return a row for each outcome, under the name given, and a column for each browser."""
    rows = [
        {"against": against}
        | {NAMES[e]: "works" if row.works else "fails" for e, row in outcome.rows.items()}
        for against, outcome in outcomes.items()
    ]
    return Table(rows, plain=("against", *NAMES.values()))
