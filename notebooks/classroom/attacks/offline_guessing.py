"""Loot an answer: take whatever password hash stands in it home, and guess there.

The server hears nothing of the guessing, and no limit on tries slows it down. Left out: answers
that hide a hash in another spelling, such as base64.
"""

import re
from collections.abc import Iterable

from classroom.attacks.wordlist import Guessed, guess
from minisrv.auth import passwords

_HASH = re.compile(r"(?:hmac-sha384\$)?\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}")


def hashes_in(text: str) -> list[str]:
    """Return the password hashes that stand in `text`, in order."""
    return _HASH.findall(text)


def guess_offline(text: str, words: Iterable[str]) -> Guessed:
    """Guess the password behind the first hash in `text`; without one there are no guesses."""
    found = hashes_in(text)
    if not found:
        return Guessed(None, 0)
    cost = int(found[0].split("$")[-2])  # which the hash itself says
    return guess(words, lambda word: passwords.verify(word, found[0], cost))
