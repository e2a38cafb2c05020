"""Watch bcrypt: count its hashes, do something at each one, or make it quick.

An attacker measures with a clock how much is hashed. A count is exact:

    with counting_hashes() as costs:
        requests.post(...)
    len(costs)  # how many hashes that request cost

Left out: hashes that another process computes.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import bcrypt

from classroom.checking.replacing import replacing

_COST = re.compile(rb"(?<=^\$2[abxy]\$)\d\d(?=\$)")
_LOWEST = b"04"
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
    with replacing({original: wrap(original) for original in (bcrypt.hashpw, bcrypt.checkpw)}):
        yield


@contextmanager
def quick_hashes() -> Iterator[None]:
    """Until the `with` ends, bcrypt computes each hash with cost 4, whatever cost it names.

    So a check can make many accounts in no time. Such a hash fits its password only in here.
    """
    hashpw = bcrypt.hashpw

    def quick(password: bytes, salt: bytes) -> bytes:
        if not isinstance(salt, bytes):
            return hashpw(password, salt)  # raises bcrypt's own error
        hashed = hashpw(password, _COST.sub(_LOWEST, salt, count=1))
        return _COST.sub(_cost(salt), hashed, count=1)

    def check(password: bytes, hashed_password: bytes) -> bool:
        return quick(password, hashed_password) == hashed_password

    with replacing({hashpw: quick, bcrypt.checkpw: check}):
        yield


def rounds(costs: list[int]) -> int:
    """Return how many rounds of bcrypt the hashes of these costs need: cost 12 needs 2**12."""
    return sum(2**cost for cost in costs)


def _counted(original: Hash, costs: list[int]) -> Hash:
    def counted(*args: object, **named: object) -> object:
        result = original(*args, **named)  # first, because a call that raises computes no hash
        text = named.get("salt") or named.get("hashed_password") or args[1]
        costs.append(int(_cost(bytes(text)) or 0))
        return result

    return counted


def _cost(text: bytes) -> bytes:
    found = _COST.search(text)
    return found[0] if found else b""
