"""Guessing from the wordlist: which passwords fall, and after how many guesses.

Left out: seconds, as everywhere; a guess is a call of the hash function.
"""

import hashlib

import bcrypt
import pytest

from classroom.attacks.leaks import common_words, guess_each, opened, stolen
from classroom.attacks.rainbow import sha256
from classroom.attacks.wordlist import Guessed, guess
from classroom.display.table import Table
from tests.make_stolen_tables import PEOPLE

COMMON = {"karen@trax.test", "radia@trax.test", "tim@trax.test"}


@pytest.fixture(scope="module")
def words() -> list[str]:
    return common_words()


def test_without_a_salt_ten_thousand_hashes_serve_all_accounts(words: list[str]) -> None:
    calls: list[str] = []

    def hash(text: str) -> str:
        calls.append(text)
        return sha256(text)

    table = {hash(word): word for word in words}
    assert len(calls) == 10_000
    assert fallen(opened(stolen("leaked-users"), table)) == COMMON
    assert len(calls) == 10_000


def test_words_hashed_beforehand_open_no_salted_account(words: list[str]) -> None:
    assert (
        fallen(opened(stolen("leaked-users-salted"), {sha256(word): word for word in words}))
        == set()
    )


def test_salted_accounts_with_common_passwords_fall_one_by_one(words: list[str]) -> None:
    tries = {}
    for row in stolen("leaked-users-salted"):
        salt, digest = bytes.fromhex(str(row["salt"])), row["sha256"]

        def fits(word: str, salt: bytes = salt, digest: object = digest) -> bool:
            return hashlib.sha256(salt + word.encode()).hexdigest() == digest

        tries[row["email"]] = guess(words, fits)
    assert {email for email, tried in tries.items() if tried.word} == COMMON
    for email in COMMON:
        rank = words.index(PEOPLE[email]) + 1
        assert tries[email] == Guessed(PEOPLE[email], rank)
    assert all(tries[email] == Guessed(None, 10_000) for email in PEOPLE.keys() - COMMON)


def test_guess_each_shows_who_falls_and_after_how_many_guesses(words: list[str]) -> None:
    def digest(salt: str, word: str) -> str:
        return hashlib.sha256(bytes.fromhex(salt) + word.encode()).hexdigest()

    table = guess_each(stolen("leaked-users-salted"), digest)
    assert fallen(table) == COMMON
    for row in table:
        assert row["password"] == PEOPLE[str(row["email"])]
        assert row["guesses"] == words.index(str(row["password"])) + 1


def test_bcrypt_makes_a_guess_dear_and_a_common_password_no_better() -> None:
    stored = bcrypt.hashpw(b"qwerty", bcrypt.gensalt(4))
    tried = guess(common_words(), lambda word: bcrypt.checkpw(word.encode(), stored))
    assert tried == Guessed("qwerty", 4)


def test_no_words_are_no_guesses() -> None:
    assert guess([], lambda word: True) == Guessed(None, 0)


def test_guessing_stops_at_the_word_that_fits() -> None:
    words = iter(["a", "b", "c"])
    assert guess(words, "b".__eq__) == Guessed("b", 2)
    assert list(words) == ["c"]


def fallen(table: Table) -> set[object]:
    return {row["email"] for row in table if row["password"]}
