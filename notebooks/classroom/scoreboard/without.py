"""A route with one line less, to see what that line was there for.

Left out: lines that others cannot do without; such a route crashes, which is an answer, too.
"""

import inspect
import textwrap

from starlette.routing import Route


def without(route: Route, words: str) -> Route:
    """Return `route` without the one line of its function that has `words` in it.

    Raises ValueError unless there is exactly one such line.
    """
    endpoint = route.endpoint
    lines = textwrap.dedent(inspect.getsource(endpoint)).splitlines()
    found = [line for line in lines if words in line]
    if len(found) != 1:
        raise ValueError(f"{len(found)} lines have {words!r} in them, and it should be one.")
    names = dict(endpoint.__globals__)
    source = "\n".join(line for line in lines if line not in found)
    exec(compile(source, f"<{endpoint.__name__} without a line>", "exec"), names)
    return Route(route.path, names[endpoint.__name__], methods=sorted(route.methods or ()))
