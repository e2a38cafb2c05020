"""Make the stolen tables in data/: `python -m tests.make_stolen_tables` writes them again.

The salts come from a fixed seed so that the files are the same each time. That is right for a file
in a course and wrong everywhere else: real salts come from the operating system's randomness.
"""

import csv
import hashlib
import io
import random

from tests.support.paths import ROOT

DATA = ROOT / "data"

PEOPLE = {
    "ada@trax.test": "wxqj",
    "alan@trax.test": "jazz",
    "annie@trax.test": "rkol",
    "barbara@trax.test": "Qv8-tundra-Lamp-41-otter",
    "dennis@trax.test": "zuqt",
    "grace@trax.test": "wxqj",
    "hedy@trax.test": "jazz",
    "karen@trax.test": "metallica",
    "linus@trax.test": "bpzv",
    "margaret@trax.test": "nofi",
    "radia@trax.test": "metallica",
    "tim@trax.test": "sunshine",
}


def sha256(salt: bytes, password: str) -> str:
    """Return the digest of salt and password in hex."""
    return hashlib.sha256(salt + password.encode()).hexdigest()


def unsalted() -> str:
    """Return leaked-users.csv: SHA-256 of the password alone."""
    return _csv(("email", "sha256"), [(e, sha256(b"", p)) for e, p in PEOPLE.items()])


def salted() -> str:
    """Return leaked-users-salted.csv: a salt of 16 bytes for each account."""
    seeded = random.Random(2026)
    salts = {email: seeded.randbytes(16) for email in PEOPLE}
    rows = [(e, salts[e].hex(), sha256(salts[e], p)) for e, p in PEOPLE.items()]
    return _csv(("email", "salt", "sha256"), rows)


def one_salt() -> str:
    """Return leaked-users-one-salt.csv: one salt for all accounts, the mistake."""
    salt = random.Random(1).randbytes(16)
    rows = [(e, salt.hex(), sha256(salt, p)) for e, p in PEOPLE.items()]
    return _csv(("email", "salt", "sha256"), rows)


FILES = {
    "leaked-users.csv": unsalted,
    "leaked-users-salted.csv": salted,
    "leaked-users-one-salt.csv": one_salt,
}


def _csv(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue()


if __name__ == "__main__":
    for name, recipe in FILES.items():
        (DATA / name).write_text(recipe(), encoding="utf-8", newline="")
        print(f"wrote data/{name}")
