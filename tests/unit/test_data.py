"""The files in data/ are what make_stolen_tables.py and data/README.md say.

Left out: browser-truth.json, which the tests of the model browser read cell by cell.
"""

import csv
import hashlib
import io
import re
from collections import Counter

import pytest

from tests import make_stolen_tables
from tests.support.paths import ROOT

WORDS = (ROOT / "data" / "common-passwords.txt").read_text(encoding="utf-8")
REFUSED = (ROOT / "minisrv" / "auth" / "common_passwords.txt").read_text(encoding="utf-8")


def rows(name: str) -> list[dict[str, str]]:
    text = (ROOT / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("name", make_stolen_tables.FILES)
def test_a_stolen_table_is_what_its_recipe_makes(name: str) -> None:
    assert (ROOT / "data" / name).read_bytes() == make_stolen_tables.FILES[name]().encode()


@pytest.mark.parametrize("name", make_stolen_tables.FILES)
def test_no_password_stands_in_a_stolen_table(name: str) -> None:
    cells = {cell for row in rows(name) for cell in row.values()}
    assert cells.isdisjoint(make_stolen_tables.PEOPLE.values())


@pytest.mark.parametrize("name", make_stolen_tables.FILES)
def test_every_person_has_an_address_that_nobody_can_own(name: str) -> None:
    emails = [row["email"] for row in rows(name)]
    assert len(set(emails)) == len(emails) == 12
    assert all(re.fullmatch(r"[a-z]+@trax\.test", email) for email in emails)


def test_without_a_salt_equal_passwords_have_equal_digests() -> None:
    assert shared("leaked-users.csv") == [2, 2, 2]


def test_a_salt_for_each_hides_who_shares_a_password() -> None:
    table = rows("leaked-users-salted.csv")
    assert len({row["salt"] for row in table}) == len(table)
    assert shared("leaked-users-salted.csv") == []


def test_one_salt_for_all_hides_nothing() -> None:
    assert len({row["salt"] for row in rows("leaked-users-one-salt.csv")}) == 1
    assert shared("leaked-users-one-salt.csv") == [2, 2, 2]


@pytest.mark.parametrize("name", ["leaked-users-salted.csv", "leaked-users-one-salt.csv"])
def test_the_salt_of_16_bytes_comes_before_the_password(name: str) -> None:
    for row in rows(name):
        salt = bytes.fromhex(row["salt"])
        assert len(salt) == 16
        password = make_stolen_tables.PEOPLE[row["email"]].encode()
        assert hashlib.sha256(salt + password).hexdigest() == row["sha256"]


def test_the_wordlist_has_ten_thousand_different_words_one_a_line() -> None:
    words = WORDS.splitlines()
    assert len(words) == len(set(words)) == 10_000
    assert words[:3] == ["123456", "password", "12345678"]
    assert words == WORDS.split() and WORDS.endswith("\n")


def test_what_the_server_refuses_is_long_folded_sorted_and_once() -> None:
    refused = REFUSED.splitlines()
    assert refused == sorted(set(refused))
    assert all(len(entry) >= 15 and entry == entry.casefold() for entry in refused)


def test_the_server_refuses_every_long_word_of_the_wordlist_and_this_services_own() -> None:
    long = {word.casefold() for word in WORDS.split() if len(word) >= 15}
    assert long
    assert long | {"welcometotrax123", "mytraxpassword1"} <= set(REFUSED.splitlines())


def test_the_readme_names_every_file_with_the_number_of_lines() -> None:
    readme = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    files = [path for path in (ROOT / "data").rglob("*") if path.is_file()]
    names = {path.name for path in files} - {"README.md"}
    assert {name for name in names if f"`{name}`" not in readme} == set()
    assert f"{len(REFUSED.splitlines()):,}" in readme and f"{len(WORDS.split()):,}" in readme


def shared(name: str) -> list[int]:
    counts = Counter(row["sha256"] for row in rows(name))
    return [count for count in counts.values() if count > 1]
