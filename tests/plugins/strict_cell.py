"""One code cell of a notebook under test, and all that may be wrong with it.

Left out: a changed source that shows the same, the text of tracebacks, and what a thread prints
after the last cell.
"""

from collections.abc import Iterator

from nbformat import NotebookNode
from nbval.plugin import IPyNbCell

from tests.plugins.markers import misspelt
from tests.plugins.outputs import comparable, difference, joined
from tests.plugins.watched_kernel import KernelDied


class StrictCell(IPyNbCell):
    """A code cell. What it did is told to tests/plugins/share.py through `user_properties`."""

    def __init__(self, cell: NotebookNode, **kwargs: object) -> None:
        """Keep the committed outputs: nbval's comparison changes them."""
        super().__init__(cell=cell, **kwargs)
        self.committed = joined(cell.outputs)
        self.share = {"cells": self.parent.total, "compared": False, "outputs": bool(cell.outputs)}
        self.user_properties.append(("notebook cell", self.share))
        self.silenced = self.options["skip"] or not self.options["check"]
        if cell.get("id") not in self.parent.excused:
            self.options |= {"skip": False, "check": True}

    def setup(self) -> None:
        """Do not expect a failure after a time-out, as nbval does: such cells are red."""

    def runtest(self) -> None:
        """Run the cell and fail for the first reasons there are."""
        if self.parent.timed_out or not self.parent.kernel.is_alive():
            self.raise_cell_error("An earlier cell ran out of time, or the kernel died in it")
        self.parent.heard.clear()
        try:
            super().runtest()
        except KernelDied as died:
            self.raise_cell_error(str(died))
        if wrong := [*self.wrong_as_committed(), *self.wrong_as_run()]:
            self.raise_cell_error("\n".join(wrong))

    def compare_outputs(self, test: list, ref: list, skip_compare: tuple | None = None) -> bool:
        """Compare as nbval does, and note that it was done."""
        self.share["compared"] = True
        return super().compare_outputs(test, ref, skip_compare)

    def wrong_as_committed(self) -> Iterator[str]:
        """What is wrong with the cell before anything runs."""
        yield from misspelt(self.cell)
        if self.silenced and self.cell.get("id") not in self.parent.excused:
            yield "The cell is silenced, and pyproject.toml gives no reason in notebook_excuses"
        if self.cell.execution_count != self.cell_num:
            yield f"Committed as [{self.cell.execution_count}], but it is cell {self.cell_num}"
        counts = [output.get("execution_count", self.cell_num) for output in self.committed]
        if any(count != self.cell_num for count in counts):
            yield f"Committed with results of another run: {counts}"
        if self.options["check_exception"] and not self.committed_error():
            yield "It may raise an exception by its tag, and none is committed"

    def wrong_as_run(self) -> Iterator[str]:
        """What is wrong with that which the cell has just shown."""
        if self.parent.timed_out:
            yield "It ran out of time and swallowed the interrupt"
        heard, running = self.parent.heard, self.parent.kernel.running
        if late := [output for parent, output in heard if parent != running]:
            yield f"An earlier cell showed something after its end: {late}"
        shown = joined(output for _, output in heard)
        if any(output.get("name") == "stderr" for output in [*shown, *self.committed]):
            yield "It prints on stderr"
        if self.options["check"]:
            before, now = (
                [comparable(output, self.sanitize) for output in outputs]
                for outputs in (self.committed, shown)
            )
            if differs := difference(before, now):
                yield differs

    def committed_error(self) -> bool:
        """Whether an exception is among the committed outputs."""
        return any(output["output_type"] == "error" for output in self.committed)
