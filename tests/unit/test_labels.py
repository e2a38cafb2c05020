"""What the labels of varying values are, and what is behind them."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from classroom.display import labels
from classroom.display.labels import SAME_TIME, label, real

HASH = "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW"
OTHER = "$2b$12$" + "a" * 53
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
NOW = 1795000000


def test_the_same_value_always_bears_the_same_label() -> None:
    assert [label("hash", value) for value in (HASH, OTHER, HASH)] == [
        "‹hash-1›",
        "‹hash-2›",
        "‹hash-1›",
    ]


def test_each_kind_is_numbered_by_itself() -> None:
    assert (label("hash", HASH), label("token", TOKEN)) == ("‹hash-1›", "‹token-1›")


def test_the_real_value_is_one_call_away() -> None:
    label("hash", HASH)
    assert real("hash-1") == real("‹hash-1›") == HASH


def test_an_unknown_label_is_answered_with_those_that_exist() -> None:
    label("hash", HASH)
    with pytest.raises(LookupError, match="No ‹hash-9› was shown. Labels so far: ‹hash-1›"):
        real("hash-9")


def test_after_forget_the_numbers_start_over() -> None:
    label("hash", HASH)
    labels.forget()
    assert label("hash", OTHER) == "‹hash-1›"
    assert real("hash-1") == OTHER


def test_moments_that_are_near_share_a_label_and_others_do_not() -> None:
    first = label("time", str(NOW))
    assert label("time", str(NOW + SAME_TIME - 1)) == first
    assert label("time", str(NOW + 28800)) != first


def test_a_long_run_is_one_now_and_what_it_said_first_keeps_its_label() -> None:
    first = label("time", str(NOW))
    later = [label("time", str(NOW + seconds)) for seconds in range(0, 1200, 100)]
    assert {*later, label("time", str(NOW))} == {first}


def test_moments_are_compared_across_spellings() -> None:
    assert label("time", "2026-11-23T10:00:00Z") == label("time", "Mon, 23 Nov 2026 10:00:30 GMT")


def test_threads_that_name_values_at_once_agree() -> None:
    values = [f"value {number}" for number in range(50)] * 8
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda value: label("id", value), values))
    assert len(set(names)) == 50
    assert all(real(name) == value for name, value in zip(names, values, strict=True))
