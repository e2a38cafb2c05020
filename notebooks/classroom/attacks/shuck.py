"""Shucking: open a slow hash with the fast hashes that another service lost.

Where a service stores bcrypt(SHA-256(password)), the SHA-256 digests of somebody else's leak are
guesses for it, ready made. The one that fits takes the slow hash off like the husk of an ear of
corn: from then on the thief guesses at the fast one. OWASP, Password Storage Cheat Sheet,
"Pre-Hashing Passwords with bcrypt". Left out: leaks of MD5 and SHA-1, which go the same way.
"""

import base64
from collections.abc import Iterable

import bcrypt

from classroom.attacks.wordlist import Guessed, guess
from minisrv.auth.passwords import SCHEME


def shuck(stored: str, digests: Iterable[str]) -> Guessed:
    """Return the digest, in hex, that `stored` was made from, and how many were tried.

    `stored` is bcrypt of a digest in base64, with or without the name of our own scheme before it.
    """
    hashed = stored.removeprefix(SCHEME).encode()
    return guess(digests, lambda digest: bcrypt.checkpw(_in_base64(digest), hashed))


def _in_base64(digest: str) -> bytes:
    return base64.b64encode(bytes.fromhex(digest))
