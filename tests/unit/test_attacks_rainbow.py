"""The rainbow table of lesson 02: what it finds, what it costs, and how a salt stops it.

Left out: seconds. Work is counted in calls of the hash function. Tests of the lesson's own table
are slow: by day its notebook shows the same.
"""

import hashlib
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pytest

from classroom.attacks.leaks import stolen
from classroom.attacks.rainbow import WORDS, RainbowTable, reduce, sha256, word
from tests.make_stolen_tables import PEOPLE

CHAINS, COLUMNS = 8_000, 200  # as in the lesson


class Counted:
    """A hash function that counts its calls."""

    def __init__(self, hash: Callable[[str], str] = sha256) -> None:
        self.hash = hash
        self.calls = 0

    def __call__(self, text: str) -> str:
        self.calls += 1
        return self.hash(text)


@pytest.fixture(scope="module")
def built() -> RainbowTable:
    return RainbowTable.build(CHAINS, COLUMNS)


@pytest.fixture(scope="module")
def held(built: RainbowTable) -> set[str]:
    """All words of the chains that were kept."""
    words = set()
    for text in built.first_of.values():
        for column in range(COLUMNS):
            words.add(text)
            text = reduce(sha256(text), column)
    return words


def salted_like(row: Mapping[str, object]) -> Callable[[str], str]:
    salt = bytes.fromhex(str(row["salt"]))
    return lambda text: hashlib.sha256(salt + text.encode()).hexdigest()


def opened(table: RainbowTable, name: str) -> set[str]:
    leak = stolen(name)
    words = table.look_up_all(row["sha256"] for row in leak)
    found = {row["email"]: words[row["sha256"]] for row in leak if row["sha256"] in words}
    assert found.items() <= PEOPLE.items()  # what is found is the password itself
    return {email.removesuffix("@trax.test") for email in found}


@pytest.mark.slow
def test_the_table_opens_seven_of_the_eight_with_four_letters(built: RainbowTable) -> None:
    four = {e.removesuffix("@trax.test") for e, password in PEOPLE.items() if len(password) == 4}
    assert len(four) == 8
    assert opened(built, "leaked-users") == four - {"linus"}


@pytest.mark.parametrize("name", ["leaked-users-salted", "leaked-users-one-salt"])
@pytest.mark.slow
def test_a_table_made_before_the_leak_opens_nobody(built: RainbowTable, name: str) -> None:
    assert opened(built, name) == set()


@pytest.mark.slow
def test_one_new_table_opens_everybody_who_shares_a_salt_again() -> None:
    again = RainbowTable.build(CHAINS, COLUMNS, salted_like(stolen("leaked-users-one-salt")[0]))
    fallen = opened(again, "leaked-users-one-salt")
    assert len(fallen) == 7 and "linus" in fallen and "dennis" not in fallen


@pytest.mark.slow
def test_a_table_for_one_persons_salt_opens_that_person_and_nobody_else() -> None:
    [annie] = [row for row in stolen("leaked-users-salted") if row["email"] == "annie@trax.test"]
    table = RainbowTable.build(CHAINS, COLUMNS, salted_like(annie))
    assert opened(table, "leaked-users-salted") == {"annie"}


def test_building_costs_one_hash_for_each_step_of_each_chain() -> None:
    hash = Counted()
    RainbowTable.build(300, 20, hash)
    assert hash.calls == 300 * 20


@pytest.mark.slow
def test_a_fiftieth_of_a_dictionary_knows_about_three_words_in_four(
    built: RainbowTable, held: set[str]
) -> None:
    seeded = random.Random(1)
    sample = [word(seeded.randrange(WORDS)) for _ in range(40)]
    found = [built.look_up(sha256(text)) for text in sample]
    assert found == [text if text in held else None for text in sample]
    assert len(built) < WORDS / 50
    assert 26 <= sum(answer is not None for answer in found) <= 34


@pytest.mark.slow
def test_its_chains_hold_72_of_100_words(held: set[str]) -> None:
    """The lesson says this number."""
    assert round(100 * len(held) / WORDS) == 72


@pytest.mark.slow
def test_looking_up_costs_less_than_trying_every_word(built: RainbowTable) -> None:
    counted = replace(built, hash=Counted())
    assert counted.look_up("f" * 64) is None
    assert COLUMNS * (COLUMNS - 1) / 2 <= counted.hash.calls < WORDS / 5


def test_every_word_of_a_chain_that_is_kept_is_found() -> None:
    small = RainbowTable.build(1, 50)
    text = word(0)
    for column in range(50):
        assert small.look_up(sha256(text)) == text
        text = reduce(sha256(text), column)


def test_each_column_reduces_a_digest_to_another_word() -> None:
    digest = sha256("jazz")
    assert len({reduce(digest, column) for column in range(COLUMNS)}) == COLUMNS


def test_numbers_and_words_belong_together_from_aaaa_to_zzzz() -> None:
    assert [word(n) for n in (0, 1, 26, WORDS - 1)] == ["aaaa", "aaab", "aaba", "zzzz"]


def test_a_watcher_sees_every_chain_and_changes_nothing() -> None:
    seen: list[int] = []

    def watch(numbers: Iterable[int]) -> Iterable[int]:
        seen.extend(numbers)
        return seen

    watched = RainbowTable.build(300, 20, watch=watch)
    assert seen == list(range(300))
    assert watched == RainbowTable.build(300, 20)
