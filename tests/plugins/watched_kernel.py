"""The kernel a notebook is run in, for the comparison and for `tests.execute_notebooks` alike.

It runs this environment's Python, in the notebook's folder, with nobody's IPython start-up files.
Left out: what the cells answer.
"""

import os
import subprocess
import time
from functools import partial
from pathlib import Path
from queue import Empty

from nbval.kernel import CURRENT_ENV_KERNEL_NAME, RunningKernel, start_new_kernel

from tests.support.kernels import at_second_try

SLICE = 1  # seconds between two looks at the process while a cell runs


class KernelDied(Exception):
    """The kernel's process ended while a cell was running."""


def environment(ipython: Path) -> dict[str, str]:
    """This process's variables as a kernel gets them, IPython's folder being `ipython`.

    PYTEST_CURRENT_TEST would switch off ipykernel's capture of child processes: what they print
    would stand in JupyterLab and be missed here.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return kept | {"IPYTHONDIR": str(ipython)}


class WatchedKernel(RunningKernel):
    """A kernel whose death is noticed in a second, where nbval waits for the cell's time-out."""

    def __init__(
        self, folder: Path, ipython: Path, startup_timeout: float = 60, **variables: str
    ) -> None:
        """Start it in `folder`, with environment `variables` besides those of this process.

        RuntimeError when it does not answer within `startup_timeout` s, nor at a second try.
        """
        self.running = ""  # the id of the request whose output is expected
        start = partial(
            start_new_kernel,
            startup_timeout=startup_timeout,
            kernel_name=CURRENT_ENV_KERNEL_NAME,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=str(folder),
            env=environment(ipython) | variables,
        )
        self.km, self.kc = at_second_try(start)
        self._ensure_iopub_up()

    def execute_cell_input(self, cell_input: str, allow_stdin: bool | None = None) -> str:
        """Send the cell to the kernel; the answer is the id that all its messages carry."""
        self.running = super().execute_cell_input(cell_input, allow_stdin)
        return self.running

    def await_reply(self, msg_id: str, timeout: float | None = None) -> None:
        """Return when the cell has ended; KernelDied, or Empty after `timeout` seconds."""
        deadline = time.monotonic() + (timeout or 0)
        while True:
            try:
                return super().await_reply(msg_id, timeout=SLICE)
            except Empty:
                if not self.is_alive():
                    raise KernelDied("the kernel died while this cell was running") from None
                if timeout is not None and time.monotonic() >= deadline:
                    raise

    def close(self) -> None:
        """End the process and the channels, whether or not they are there still."""
        if hasattr(self, "km"):  # nbval's stop() deletes it
            self.stop()
