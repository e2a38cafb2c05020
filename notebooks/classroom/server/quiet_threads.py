"""Keep the warnings of the server's threads out of the cells.

A thread's warning would be printed into the cell that happens to run. Left out: warnings raised
by the code of a cell itself; those belong there.
"""

import threading
import warnings

from classroom.server.never_awaited import always_warn, note_warning

THREADS = ("classroom-server", "minisrv-", "AnyIO worker")  # the beginnings of their names


def hush_threads() -> None:
    """Show no more warnings that a thread of the server raises; safe to call twice."""
    always_warn()
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
