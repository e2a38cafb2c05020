"""Measure how long a notebook takes to start its first server, and to stop it."""

from tests.support.kernels import kernel

TIMED = """
import time
start = time.perf_counter()
{code}
seconds = time.perf_counter() - start
"""
CELLS = {
    "kernel_import_s": "from classroom import Server",
    "kernel_server_s": "server = Server()",
    "kernel_stop_s": "server.stop()",
}


def first_server() -> dict[str, float]:
    """Return the seconds of importing the classroom, of the first Server(), and of its stop."""
    figures = {}
    with kernel() as one:
        for name, code in CELLS.items():
            one.run(TIMED.format(code=code))
            figures[name] = float(one.value("seconds"))
    return figures
