"""How much of each notebook was really compared, printed at the end; too little fails the run.

It counts on the side that prints, from what tests/plugins/strict_cell.py tells with each report,
so it counts the same with one process and with many. Left out: which outputs were equal.
"""

from collections import defaultdict

import pytest

ENOUGH = 95  # per cent of a notebook's code cells


class Shares:
    """Notebook by notebook, how many code cells there are and what was done with them."""

    def __init__(self) -> None:
        """Nothing has run."""
        self.cells: defaultdict[str, dict[str, dict]] = defaultdict(dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what became of a cell; the last word on it is the report of its teardown."""
        told = dict(report.user_properties).get("notebook cell")
        if told:
            notebook = report.nodeid.partition("::")[0]
            self.cells[notebook][report.nodeid] = told

    def rows(self) -> list[tuple[str, int, int, int, float]]:
        """Notebook, code cells, compared ones, those of them with outputs, per cent compared."""
        rows = []
        for notebook, cells in sorted(self.cells.items()):
            total = next(iter(cells.values()))["cells"]
            compared = [cell for cell in cells.values() if cell["compared"]]
            with_outputs = sum(cell["outputs"] for cell in compared)
            share = 100 * len(compared) / total
            rows.append((notebook, total, len(compared), with_outputs, share))
        return rows

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a run that is green but for a notebook with too few compared cells."""
        too_few = any(share < ENOUGH for *_, share in self.rows())
        if too_few and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print a line for each notebook that ran."""
        if not self.cells:
            return
        terminalreporter.section("notebooks under strict nbval")
        for notebook, total, compared, with_outputs, share in self.rows():
            enough = share >= ENOUGH
            terminalreporter.write_line(
                f"{notebook}: {total} code cells, {compared} compared "
                f"({with_outputs} with outputs), {share:.1f} %"
                + ("" if enough else f"  FAILED: below {ENOUGH} %"),
                red=not enough,
            )


def pytest_configure(config: pytest.Config) -> None:
    """Count, but not in an xdist worker: it prints nothing and decides nothing."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Shares(), "shares")
