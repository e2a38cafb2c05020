"""Guess offline: take a password hash out of a response, and try words on it at home.

The server does not notice, and no rate limit slows it down. Left out: hashes in another encoding,
such as base64.
"""

import re
from collections.abc import Iterable

from classroom.attacks.wordlist import Guessed, guess
from minisrv.auth import passwords

_HASH = re.compile(r"(?:hmac-sha384\$)?\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}")


def hashes_in(text: str) -> list[str]:
    """Return the password hashes in `text`, in order."""
    return _HASH.findall(text)


def guess_offline(text: str, words: Iterable[str]) -> Guessed:
    """Guess the password behind the first hash in `text`; without a hash, make no guess."""
    found = hashes_in(text)
    if not found:
        return Guessed(None, 0)
    cost = int(found[0].split("$")[-2])  # it is part of the hash
    return guess(words, lambda word: passwords.verify(word, found[0], cost))
