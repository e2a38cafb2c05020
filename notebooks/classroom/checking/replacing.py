"""Put other functions in the place of some, in every module that has imported them.

    with replacing({time.time: stopped}):
        ...

Left out: functions that an object keeps, such as a default value or a method.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

Function = Callable[..., object]


@contextmanager
def replacing(changes: Mapping[Function, Function]) -> Iterator[None]:
    """Until the `with` ends, let every name in a module that means a key mean its value."""
    by_id = {id(original): (original, by) for original, by in changes.items()}
    found = [
        (names, name, *by_id[id(value)])
        for module in list(sys.modules.values())
        for names in [getattr(module, "__dict__", {})]
        if not by_id.keys().isdisjoint(map(id, list(names.values())))  # quick, and true of few
        for name, value in list(names.items())
        if id(value) in by_id
    ]
    for names, name, _, by in found:
        names[name] = by
    try:
        yield
    finally:
        for names, name, original, _ in found:
            names[name] = original
