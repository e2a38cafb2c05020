"""The outcome of an attack: a row for each browser, and whether the attack gets through there.

The text is the same for a run here and for a recorded run, as long as both saw the same. Only the
volatile label hides which of the two it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from classroom.attack_lab.tab_pictures import TabPicture, TabPictures
from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import Volatile
from classroom.display.table import Table
from classroom.display.text import visible

NAMES = {"chromium": "Chromium", "firefox": "Firefox"}
NEVER = (
    "No browser was found here, and this was never recorded with these routes: "
    "try it in a browser of your own, with the `link` method."
)
WORDS = {True: "gets through", False: "is stopped", None: "nothing arrived"}
SEEN_WITH = "seen with ‹browsers›"
COLORS = {True: "pink", False: "green", None: "blue"}  # classes of style.css


@dataclass(frozen=True)
class Row:
    """What was seen in one engine, whether the attack gets through, and how we know.

    `works` is None if nothing arrived in time: then nothing is known, and `seen` is empty.
    """

    seen: Mapping[str, str]
    works: bool | None
    how: str  # "Chromium 156.0 here", "Firefox, recorded on …"
    here: bool
    difference: str = ""  # from the recorded run
    picture: TabPicture | None = None  # None for a recorded run, or when none was wanted
    not_ready: str = ""  # why there was no attack, in a sentence


@dataclass(frozen=True, repr=False)
class Outcome(Displayable):
    """The attack `name`, its idea, and a Row for each engine in which it was seen."""

    name: str
    idea: str
    rows: Mapping[str, Row]

    @property
    def works_in(self) -> list[str]:
        """The names of the browsers in which the attack gets through."""
        return self._browsers(True)

    @property
    def tabs(self) -> TabPictures:
        """Ada's tab in each browser that ran here, and the cookies that it lists."""
        rows = self.rows.items()
        return TabPictures({NAMES[engine]: row.picture for engine, row in rows if row.picture})

    @property
    def verdict(self) -> str:
        """Sentences that say where it gets through, is stopped, and where nothing arrived."""
        parts = [
            f"The attack {WORDS[works]} in {' and '.join(names)}."
            for works in (True, False)
            if (names := self._browsers(works))
        ]
        if not_ready := next((row.not_ready for row in self.rows.values() if row.not_ready), ""):
            parts += [f"{not_ready} Mend that route, then run the cell again."]
        elif silent := self._browsers(None):
            parts += [f"Nothing arrived from {' and '.join(silent)} in time. Run the cell again."]
        return " ".join(parts) or NEVER

    def as_text(self) -> str:
        """Return idea, table and verdict."""
        table = [self._table().as_text()] if self.rows else []
        how = [SEEN_WITH] if self.rows else []
        return "\n".join([visible(self._head()), *table, self.verdict, *self._differences(), *how])

    def as_html(self) -> Markup:
        """Return the same as a card."""
        works = self._works_anywhere()
        return html.render(
            "attack_outcome",
            head=self._head(),
            word=WORDS[works] if self.rows else "",
            color=COLORS[works],
            table=self._table() if self.rows else None,
            lines=[self.verdict, *self._differences()],
            how=_how(self.rows.values()) if self.rows else None,
        )

    def _browsers(self, works: bool | None) -> list[str]:
        return [NAMES[engine] for engine, row in self.rows.items() if row.works is works]

    def _head(self) -> str:
        return f"{self.name}: {self.idea}"

    def _works_anywhere(self) -> bool | None:
        """Return True if it gets through anywhere, False if nowhere, None if that is not known."""
        known = {row.works for row in self.rows.values()}
        return next((one for one in (True, None, False) if one in known), None)

    def _table(self) -> Table:
        columns = next((tuple(row.seen) for row in self.rows.values() if row.seen), ("request",))
        silent = dict.fromkeys(columns, "?") | {columns[0]: WORDS[None]}
        rows = [
            {"browser": NAMES[engine], **(row.seen or silent)} for engine, row in self.rows.items()
        ]
        return Table(rows, plain=tuple(rows[0]))

    def _differences(self) -> list[str]:
        return [
            f"{NAMES[engine]} did something else when it was recorded: {row.difference}."
            for engine, row in self.rows.items()
            if row.difference
        ]


class OutcomeTable(Table):
    """Where an attack gets through: a row for each server, a column for each browser."""

    def __init__(self, rows: Sequence[Mapping[str, str]], seen: Iterable[Row]) -> None:
        """Show `rows`; `seen` are the Rows behind them, which know in which browsers."""
        super().__init__(rows, plain=("the attack against", *NAMES.values()))
        self.seen = tuple(seen)

    def as_text(self) -> str:
        """Return the table, and the label of the browsers."""
        return "\n".join([super().as_text(), SEEN_WITH])

    def as_html(self) -> Markup:
        """Return the same, with the browsers' versions."""
        return html.render("outcome_table", table=super().as_html(), how=_how(self.seen))


def side_by_side(outcomes: Mapping[str, Outcome]) -> OutcomeTable:
    """Return a row for each outcome, under the name given, and a column for each browser."""
    rows = [
        {"the attack against": against}
        | {NAMES[engine]: _cell(row) for engine, row in outcome.rows.items()}
        for against, outcome in outcomes.items()
    ]
    return OutcomeTable(rows, (row for one in outcomes.values() for row in one.rows.values()))


def _how(rows: Iterable[Row]) -> Volatile:
    """Return in which browsers it was seen; a recorded run says so first."""
    rows = tuple(rows)
    recorded = "" if all(row.here for row in rows) else "Recorded earlier, not run here. "
    return Volatile("", recorded + "; ".join(dict.fromkeys(row.how for row in rows)) + ".")


def _cell(row: Row) -> str:
    return WORDS[row.works] + (": run the cell again" if row.works is None else "")
