"""Shucking: remove a slow hash with the fast hashes that another service lost.

If a service stores bcrypt(SHA-256(password)), the SHA-256 digests that another service leaked are
ready-made guesses. A digest that fits takes the slow hash off, like the husk of an ear of corn:
from then on the attacker guesses against the fast hash. OWASP, Password Storage Cheat Sheet,
"Pre-Hashing Passwords with bcrypt". MD5 and SHA-1 are shucked in the same way.
"""

import base64
from collections.abc import Iterable

import bcrypt

from classroom.attacks.wordlist import Guessed, guess
from minisrv.auth.passwords import SCHEME


def shuck(stored: str, digests: Iterable[str]) -> Guessed:
    """Return the digest, in hex, that `stored` was made from, and how many were tried.

    `stored` is bcrypt of a digest in base64, with or without the prefix of minisrv's own scheme.
    """
    hashed = stored.removeprefix(SCHEME).encode()
    return guess(digests, lambda digest: bcrypt.checkpw(_in_base64(digest), hashed))


def _in_base64(digest: str) -> bytes:
    return base64.b64encode(bytes.fromhex(digest))
