"""The bars of lesson 03: which hashes they compare, and what each row says beside its bar."""

import pytest

from classroom.attacks import gpu
from classroom.lessons.prices import bcrypt_milliseconds, guess_prices, memory_prices

PASSWORD = b"midnight train to georgia"


def test_each_step_of_cost_doubles_the_rounds_that_are_named() -> None:
    text = guess_prices(PASSWORD, costs=[4, 5]).as_text()
    assert "SHA-256" in text and "made to be fast" in text
    assert "bcrypt, cost 4  16 rounds" in text and "bcrypt, cost 5  32 rounds" in text


def test_a_cost_that_bcrypt_does_not_have_is_an_error() -> None:
    with pytest.raises(ValueError):
        bcrypt_milliseconds(PASSWORD, 3)


def test_the_memory_of_each_hash_is_named() -> None:
    table = memory_prices(PASSWORD)
    assert [row["note"] for row in table] == ["4 KiB", "64 MiB", "128 MiB"]


def test_the_graphics_card_takes_longer_with_each_cost() -> None:
    table = gpu.how_long(costs=[5, 10])
    assert [(row["label"], row["note"]) for row in table] == [
        ("SHA-256", "10 s"),
        ("bcrypt, cost 5", "13 d 3 h"),
        ("bcrypt, cost 10", "1 y 55 d"),
    ]
