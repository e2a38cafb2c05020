"""Read the stolen tables and the word list in data/, and show which passwords were found.

data/README.md says where they come from. Left out: how a password is found (rainbow.py,
wordlist.py).
"""

import csv
from collections.abc import Callable
from pathlib import Path

from classroom.attacks.wordlist import guess
from classroom.display.table import Table
from minisrv.auth import blocklist

DATA = Path(__file__).resolve().parents[3] / "data"


def stolen(name: str) -> Table:
    """Return the rows of the stolen table `name`, such as "leaked-users", in order."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Table(rows, plain=tuple(rows[0]))  # fixed data: no value differs from run to run


def common_words() -> list[str]:
    """Return 10,000 common passwords, the most common first."""
    return (DATA / "common-passwords.txt").read_text(encoding="utf-8").split()


def long_words() -> list[str]:
    """Return the common passwords of 15 characters and more that our sign-up rejects, sorted."""
    file = Path(blocklist.__file__).with_name("common_passwords.txt")
    return file.read_text(encoding="utf-8").splitlines()


def opened(rows: Table, words: dict[str, str]) -> Table:
    """Return each e-mail address in `rows` with the password found for its digest, or ""."""
    found = [words.get(str(row["sha256"]), "") for row in rows]
    return Table(
        [{"email": row["email"], "password": word} for row, word in zip(rows, found, strict=True)]
    )


def guess_each(rows: Table, digest: Callable[[str, str], str]) -> Table:
    """Try the common words at each person of a table with salts; return those who were opened.

    `digest(salt, word)` computes what the server stored, with the person's own salt.
    """
    found, words = [], common_words()
    for row in rows:
        salt, stored = str(row["salt"]), row["sha256"]
        tried = guess(words, lambda word, salt=salt, stored=stored: digest(salt, word) == stored)
        if tried.word:
            found.append({"email": row["email"], "password": tried.word, "guesses": tried.guesses})
    return Table(found, plain=("email", "password", "guesses"))
