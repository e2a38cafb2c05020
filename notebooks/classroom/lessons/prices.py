"""What one guess costs on this computer, for several hashes of one password, as bars.

Left out: an attacker's graphics card (attacks/gpu.py).
"""

from collections.abc import Sequence
from hashlib import scrypt, sha256

import bcrypt
from argon2 import PasswordHasher

from classroom.display.chart import bars
from classroom.display.table import Table
from classroom.lessons.stopwatch import milliseconds

MIB = 2**20
SCRYPT = {"n": 2**17, "r": 8, "p": 1, "maxmem": 256 * MIB}  # OWASP, Password Storage: 128 MiB


def guess_prices(password: bytes, costs: Sequence[int]) -> Table:
    """Return a bar for SHA-256, and one for bcrypt with each of `costs`. ValueError: a bad cost."""
    rows = [("SHA-256", milliseconds(lambda: sha256(password).digest()), "made to be fast")]
    rows += [
        (f"bcrypt, cost {cost}", bcrypt_milliseconds(password, cost), f"{2**cost:,} rounds")
        for cost in costs
    ]
    return bars(rows, "One guess, measured here", "ms", log=True)


def memory_prices(password: bytes) -> Table:
    """Return a bar for bcrypt with cost 12, argon2id and scrypt, each with the memory it needs."""
    argon2, salt = PasswordHasher(), bcrypt.gensalt()
    rows = [
        ("bcrypt, cost 12", bcrypt_milliseconds(password, 12), "4 KiB"),
        (
            "argon2id",
            milliseconds(lambda: argon2.hash(password)),
            f"{argon2.memory_cost // 1024} MiB",
        ),
        (
            "scrypt",
            milliseconds(lambda: scrypt(password, salt=salt, **SCRYPT)),
            f"{128 * SCRYPT['n'] * SCRYPT['r'] // MIB} MiB",
        ),
    ]
    return bars(rows, "One hash, measured here", "ms")


def bcrypt_milliseconds(password: bytes, cost: int) -> float:
    """Return how long one bcrypt hash takes here. ValueError: a `cost` that bcrypt has not."""
    salt = bcrypt.gensalt(cost)
    return milliseconds(lambda: bcrypt.hashpw(password, salt))
