"""The counter of hashes: every call by whatever name, none that failed, and none afterwards."""

import sys
from types import ModuleType

import bcrypt
import pytest

from classroom.checking.bcrypt_calls import counting_hashes, rounds
from minisrv.auth import passwords

STORED = bcrypt.hashpw(b"a", bcrypt.gensalt(4))


def test_it_counts_what_is_hashed_with_its_cost() -> None:
    with counting_hashes() as costs:
        passwords.hash("a", 5)
        passwords.verify("a", None, 6)
        bcrypt.checkpw(b"a", STORED)
        bcrypt.checkpw(password=b"a", hashed_password=STORED)
    assert costs == [5, 6, 4, 4]
    assert rounds(costs) == 32 + 64 + 16 + 16


def test_it_counts_functions_that_were_imported_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    cell = ModuleType("cell")
    cell.hashpw = bcrypt.hashpw
    monkeypatch.setitem(sys.modules, "cell", cell)
    with counting_hashes() as costs:
        cell.hashpw(b"a", STORED)
    assert costs == [4]
    assert cell.hashpw is bcrypt.hashpw


def test_it_does_not_count_what_raised_and_nothing_after_its_end() -> None:
    before = bcrypt.hashpw, bcrypt.checkpw
    with counting_hashes() as costs:
        for wrong in (b"no salt", b"$2b$04$short"):
            with pytest.raises(ValueError, match="Invalid salt"):
                bcrypt.hashpw(b"a", wrong)
    assert (bcrypt.hashpw, bcrypt.checkpw) == before
    bcrypt.checkpw(b"a", STORED)
    assert costs == []


def test_it_ends_when_the_block_raises() -> None:
    before = bcrypt.checkpw
    with pytest.raises(KeyError), counting_hashes():
        raise KeyError
    assert bcrypt.checkpw is before
