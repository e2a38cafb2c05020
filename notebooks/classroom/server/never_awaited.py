"""Note the coroutines that a route makes and never awaits, such as `request.json() == body`.

Python warns of each when it is thrown away, which is in the thread and in the context of the
request. Nothing is raised then: the route responds, and wrongly.
"""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_WARNING = "coroutine '(.*)' was never awaited"
_noted: ContextVar[list[str] | None] = ContextVar("noted", default=None)


def always_warn() -> None:
    """Let Python warn each time, and not only the first time in a line; safe to call twice."""
    warnings.filterwarnings("always", _WARNING, RuntimeWarning)


@contextmanager
def noting() -> Iterator[list[str]]:
    """Collect the names of the coroutines that are thrown away during the `with`."""
    names: list[str] = []
    token = _noted.set(names)
    try:
        yield names
    finally:
        _noted.reset(token)


def note_warning(message: object) -> None:
    """Note the coroutine if `message` is Python's warning of one."""
    found, names = re.match(_WARNING, str(message)), _noted.get()
    if found and names is not None:
        names.append(found[1])
