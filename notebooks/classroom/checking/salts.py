"""Look at salts as an attacker does: how many bits of them vary, and where they come from.

A salt is computed, and not random, if it comes out the same when everything but the random bytes of
the operating system is the same. So a check lets the same route run twice, with `rewound` clocks.
Left out: routes that draw random bytes and do not use them, or read them from /dev/urandom.
"""

import base64
import os
import random
import re
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import bcrypt

from classroom.checking.replacing import replacing

NOW = time.time()  # when the clock stops
_HASH = re.compile(r"(?:[\w-]+\$)*\$2[abxy]\$\d\d\$([./A-Za-z0-9]{22})[./A-Za-z0-9]{31}")
_ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_USUAL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def salt_of(raw: bytes, cost: int = 4) -> bytes:
    """Return 16 bytes as a salt of bcrypt, whose base64 has an alphabet of its own."""
    text = base64.b64encode(raw).decode()[:22].translate(str.maketrans(_USUAL, _ALPHABET))
    return f"$2b${cost:02d}${text}".encode()


def salt_in(stored: object) -> int | None:
    """Return the salt in a bcrypt hash as a number of 128 bits, or None if it is no such text."""
    found = _HASH.fullmatch(stored) if isinstance(stored, str) else None
    if found is None:
        return None
    number = 0
    for character in found[1]:
        number = number << 6 | _ALPHABET.index(character)
    return number >> 4  # 22 characters have 132 bits


def varying_bits(salts: list[int]) -> int:
    """Return how many bits are not the same in all `salts`."""
    different = 0
    for salt in salts:
        different |= salt ^ salts[0]
    return different.bit_count()


def changed_bits(before: list[int], after: list[int]) -> int:
    """Return how many bits some account's salt of `before` has otherwise in `after`."""
    different = 0
    for old, new in zip(before, after, strict=True):
        different |= old ^ new
    return different.bit_count()


@contextmanager
def rewound() -> Iterator[None]:
    """Until the `with` ends, the clock stands still, and `random` begins where it always does."""
    state = random.getstate()
    random.seed(20_261_129)
    try:
        with replacing({time.time: lambda: NOW, time.time_ns: lambda: int(NOW * 1e9)}):
            yield
    finally:
        random.setstate(state)


@contextmanager
def counting_random_bytes() -> Iterator[list[int]]:
    """Yield a list. Until the `with` ends, it gets how many bytes each call drew from the system.

    `secrets`, `uuid.uuid4`, `random.SystemRandom` and bcrypt.gensalt draw from it as well.
    """
    drawn: list[int] = []

    def counted(original: Callable[..., bytes]) -> Callable[..., bytes]:
        def run(*args: object, **named: object) -> bytes:
            result = original(*args, **named)
            drawn.append(min(len(result), 16))
            return result

        return run

    sources = [os.urandom, bcrypt.gensalt, ssl.RAND_bytes]
    if hasattr(os, "getrandom"):  # Linux
        sources.append(os.getrandom)
    with replacing({original: counted(original) for original in sources}):
        yield drawn


def with_another_digest(stored: str) -> Iterator[str]:
    """Yield `stored`, a bcrypt hash, 31 times, each time with another letter of its digest changed.

    No password fits it; a comparison that skips that letter does not notice.
    """
    for place in range(-31, 0):
        letter = _ALPHABET[_ALPHABET.index(stored[place]) ^ 32]
        yield stored[:place] + letter + stored[place:][1:]
