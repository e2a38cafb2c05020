"""The same words against the same passwords, hashed with SHA-256 and with bcrypt.

This counts guesses; lessons/stopwatch.py measures how long a guess takes.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

import bcrypt

from classroom.attacks.wordlist import guess
from classroom.display.table import Table


def crack(rows: Iterable[Mapping[str, object]], words: list[str], cost: int = 4) -> Table:
    """Return whose password was found, and the guesses against SHA-256 and bcrypt of `cost`.

    `rows` are those of a stolen table: `email`, `salt`, and `sha256` of salt and password. A
    password that is in `words` is then hashed with bcrypt, as a better service does.
    """
    found = []
    for row in rows:
        fast = guess(words, lambda word, row=row: _sha256(word, row) == row["sha256"])
        if fast.word is None:
            continue
        stored = bcrypt.hashpw(fast.word.encode(), bcrypt.gensalt(cost))
        slow = guess(words, lambda word, s=stored: bcrypt.checkpw(word.encode(), s))
        found.append({"email": row["email"], "SHA-256": fast.guesses, "bcrypt": slow.guesses})
    return Table(found, caption="guesses until the password was found")


def _sha256(word: str, row: Mapping[str, object]) -> str:
    return sha256(bytes.fromhex(str(row["salt"])) + word.encode()).hexdigest()
