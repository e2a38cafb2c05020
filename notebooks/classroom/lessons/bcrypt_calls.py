"""Count how often bcrypt runs. An attacker measures the same with a clock; a count is exact.

    with counting_hashes() as costs:
        requests.post(...)
    len(costs)  # how many hashes that request cost

Left out: functions of bcrypt that were imported under another name (`import … as`).
"""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import bcrypt

_NAMES = ("hashpw", "checkpw")
Hash = Callable[..., object]


@contextmanager
def counting_hashes() -> Iterator[list[int]]:
    """Yield a list. Until the `with` ends, it gets the cost of each hash that bcrypt computes.

    Calls from modules that imported the functions by name are counted as well.
    """
    costs: list[int] = []
    with wrapped_hashes(lambda original: _counted(original, costs)):
        yield costs


@contextmanager
def wrapped_hashes(wrap: Callable[[Hash], Hash]) -> Iterator[None]:
    """Put `wrap(function)` in the place of each of bcrypt's functions that hash, in all modules."""
    replaced = []
    for name in _NAMES:
        original = getattr(bcrypt, name)
        wrapped = wrap(original)
        for module in list(sys.modules.values()):
            names = getattr(module, "__dict__", {})
            if names.get(name) is original:
                names[name] = wrapped
                replaced.append((names, name, original))
    try:
        yield
    finally:
        for names, name, original in replaced:
            names[name] = original


def rounds(costs: list[int]) -> int:
    """Return how many rounds of bcrypt the hashes of these costs need: cost 12 needs 2**12."""
    return sum(2**cost for cost in costs)


def _counted(original: Hash, costs: list[int]) -> Hash:
    def counted(*args: object, **named: object) -> object:
        result = original(*args, **named)  # first, because a call that raises computes no hash
        text = named.get("salt") or named.get("hashed_password") or args[1]
        cost = re.match(rb"\$2[abxy]\$(\d\d)\$", bytes(text))
        costs.append(int(cost[1]) if cost else 0)
        return result

    return counted
