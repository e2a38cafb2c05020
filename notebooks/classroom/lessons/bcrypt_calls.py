"""Count how often bcrypt runs: what a visitor could measure with a clock, without a clock.

    with counting_hashes() as costs:
        requests.post(...)
    len(costs)  # how many hashes that request cost

Left out: other hashes, and names that bcrypt's functions were given in an `import … as`.
"""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import bcrypt

_NAMES = ("hashpw", "checkpw")


@contextmanager
def counting_hashes() -> Iterator[list[int]]:
    """Yield a list that gets the cost of each hash which is computed until the end of the `with`.

    Calls by code that imported the functions by name are counted as well.
    """
    costs: list[int] = []
    replaced = []
    for name in _NAMES:
        original = getattr(bcrypt, name)
        counted = _counted(original, costs)
        for module in list(sys.modules.values()):
            names = getattr(module, "__dict__", {})
            if names.get(name) is original:
                names[name] = counted
                replaced.append((names, name, original))
    try:
        yield costs
    finally:
        for names, name, original in replaced:
            names[name] = original


def rounds(costs: list[int]) -> int:
    """Return how much work hashes of these costs are, in rounds of bcrypt."""
    return sum(2**cost for cost in costs)


def _counted(original: Callable[..., object], costs: list[int]) -> Callable[..., object]:
    def counted(*args: object, **named: object) -> object:
        answer = original(*args, **named)  # first: what raises has not hashed
        text = named.get("salt") or named.get("hashed_password") or args[1]
        cost = re.match(rb"\$2[abxy]\$(\d\d)\$", bytes(text))
        costs.append(int(cost[1]) if cost else 0)
        return answer

    return counted
