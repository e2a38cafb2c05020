"""A route without one of its lines, to see which attacks that line stops.

If other lines need it, the route crashes, and that is a result, too.
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
