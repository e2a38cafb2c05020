"""Keep what the server's threads warn of and log out of the cells.

It would be printed into the cell that happens to run. Left out: warnings raised by the code of a
cell itself; those belong there.
"""

import logging
import threading
import warnings

from classroom.server.never_awaited import always_warn, note_warning

THREADS = ("classroom-server", "minisrv-", "AnyIO worker")  # the beginnings of their names
LOGGERS = ("asyncio", "concurrent.futures", "uvicorn", "uvicorn.access", "uvicorn.error")


def hush_threads() -> None:
    """Show nothing that a thread of the server warns of or logs; safe to call twice."""
    always_warn()
    _hush_warnings()
    for name in LOGGERS:  # a logger keeps its filters when uvicorn.run sets up logging for all
        logging.getLogger(name).addFilter(belongs_in_a_cell)


def belongs_in_a_cell(record: logging.LogRecord) -> bool:
    """Return False for what our threads log, and for the routine of a student's own uvicorn.

    That one runs in a thread, too. What goes wrong there is shown.
    """
    if str(record.threadName).startswith(THREADS):
        return False
    routine = record.name.startswith("uvicorn") and record.levelno < logging.WARNING
    return not routine or record.thread == threading.main_thread().ident


def _hush_warnings() -> None:
    shown = warnings.showwarning
    if getattr(shown, "hushes_threads", False):
        return

    def show_others(*args: object, **options: object) -> None:
        if threading.current_thread().name.startswith(THREADS):
            note_warning(args[0])
        else:
            shown(*args, **options)  # type: ignore[arg-type]

    show_others.hushes_threads = True  # type: ignore[attr-defined]
    warnings.showwarning = show_others
