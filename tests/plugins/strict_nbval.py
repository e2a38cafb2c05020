"""nbval without its holes: what a cell shows must be what is committed, in kind, order and number.

nbval's own comparison runs first, for its readable messages; what it lets through is looked at
in strict_cell.py. test_strict_nbval.py has an example of each hole. Left out: the share of
compared cells (share.py).
"""

import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from nbval.plugin import IPyNbFile

from tests.plugins.markers import excused
from tests.plugins.outputs import Output
from tests.plugins.strict_cell import StrictCell
from tests.plugins.watched_kernel import WatchedKernel
from tests.support.notebooks import PATHS
from tests.support.tiers import turns

SHOWN = {"stream", "display_data", "execute_result", "error", "update_display_data", "clear_output"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the list of cells that may be silent."""
    parser.addini("notebook_excuses", "Cells whose output is not compared.", "linelist", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Refuse the mode of nbval that compares nothing."""
    if config.option.nbval_lax:
        raise pytest.UsageError("--nbval-lax compares nothing; notebooks are tested with --nbval")


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Generator:
    """Put our collector in the place of nbval's."""
    found = yield
    return [
        StrictNotebook.from_parent(parent, path=file_path) if type(node) is IPyNbFile else node
        for node in found
    ]


class StrictNotebook(IPyNbFile):
    """A notebook, its kernel, and what the kernel has shown since the present cell began."""

    def collect(self) -> Iterator[StrictCell]:
        """The code cells, counted from 1 as in JupyterLab."""
        self.heard: list[tuple[str, Output]] = []
        cells = list(super().collect())
        self.total = len(cells)
        self.excused = excused(self.config.getini("notebook_excuses"), self.path.name)
        if stale := self.excused - {cell.cell.get("id") for cell in cells}:
            raise self.CollectError(f"notebook_excuses names cells that are not there: {stale}")
        for number, cell in enumerate(cells, start=1):
            yield StrictCell.from_parent(
                self, name=f"Cell {number}", cell_num=number, cell=cell.cell, options=cell.options
            )

    def get_sanitize_files(self) -> list[str]:
        """The file of rules, seen from where pytest was started, or else from pyproject.toml."""
        here, project = self.config.invocation_params.dir, self.config.inipath
        folders = [here, project.parent] if project else [here]
        places = [folder / name for name in super().get_sanitize_files() for folder in folders]
        return [str(place) for place in places if place.is_file()][:1] or list(map(str, places))

    def setup(self) -> None:
        """Start a kernel of this environment in the notebook's folder."""
        self.ipython = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        startup = self.config.option.nbval_kernel_startup_timeout
        by_day = self.config.option.markexpr == "not slow"  # then one browser is enough
        one = by_day or self.path not in turns(PATHS)
        variables = {"LAB_BROWSER": "chromium"} if one else {}
        self.kernel = WatchedKernel(self.path.parent, Path(self.ipython.name), startup, **variables)
        self.setup_sanitize_files()

    def teardown(self) -> None:
        """End the kernel, and remove what IPython wrote."""
        if self.kernel is not None:
            self.kernel.close()
        self.ipython.cleanup()

    def get_kernel_message(self, timeout: float | None = None, stream: str = "iopub") -> dict:
        """The next message, of which a copy is kept, each piece apart, if it shows something."""
        message = super().get_kernel_message(timeout, stream)
        if (kind := message["msg_type"]) in SHOWN:
            parent = message["parent_header"].get("msg_id", "")
            self.heard.append((parent, {"output_type": kind, **message["content"]}))
        return message
