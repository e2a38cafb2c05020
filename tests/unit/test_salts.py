"""What a check finds out about salts: their bits, and where they come from."""

import random
import secrets
import time
import uuid

import bcrypt
import pytest

from classroom.checking.bcrypt_calls import quick_hashes
from classroom.checking.salts import (
    changed_bits,
    counting_random_bytes,
    rewound,
    salt_in,
    salt_of,
    varying_bits,
    with_another_digest,
)
from minisrv.auth import passwords

SALT = b"$2b$04$" + b"." * 21 + b"u"  # the last letter has two bits; all others are 0
STORED = bcrypt.hashpw(b"lofi", SALT).decode()


@pytest.mark.parametrize("stored", [STORED, f"hmac-sha384${STORED}", f"bcrypt${STORED}"])
def test_the_salt_is_read_with_any_label_before_it(stored: str) -> None:
    assert salt_in(stored) == 0b11


@pytest.mark.parametrize(
    "stored", [STORED.encode(), str(STORED.encode()), STORED[:-1], f"{STORED}=", "", None, "lofi"]
)
def test_no_salt_is_read_where_our_sign_in_finds_none(stored: object) -> None:
    assert salt_in(stored) is None


@pytest.mark.parametrize("raw", [bytes(16), bytes(range(16)), b"\xff" * 16])
def test_16_bytes_that_became_a_salt_are_read_again(raw: bytes) -> None:
    stored = bcrypt.hashpw(b"lofi", salt_of(raw, 5)).decode()
    assert stored.startswith("$2b$05$")
    assert salt_in(stored) == int.from_bytes(raw, "big")


def test_a_bit_varies_if_two_salts_differ_in_it() -> None:
    assert varying_bits([5, 5, 5]) == 0
    assert varying_bits([0b0001, 0b0011, 0b1001]) == 2
    assert varying_bits([secrets.randbits(128) for _ in range(64)]) > 120


def test_bits_that_change_are_counted_from_one_run_to_the_next() -> None:
    assert changed_bits([5, 6], [5, 6]) == 0
    assert changed_bits([0b0001, 0b1000], [0b0011, 0b1001]) == 2


def test_what_depends_on_the_clock_or_on_random_comes_again_when_rewound() -> None:
    seen = []
    for _ in range(2):
        with rewound():
            seen.append((random.random(), time.time(), time.time_ns(), uuid.uuid4()))
    assert seen[0][:3] == seen[1][:3]
    assert seen[0][3] != seen[1][3]
    assert time.time() != seen[0][1]


def test_random_goes_on_as_if_nothing_had_been_rewound() -> None:
    state = random.getstate()
    with rewound():
        random.random()
    assert random.getstate() == state


def test_random_bytes_of_the_system_are_counted_by_any_way_to_them() -> None:
    with counting_random_bytes() as drawn:
        secrets.token_bytes(5)
        random.SystemRandom().randbytes(7)
        uuid.uuid4()
        bcrypt.gensalt(4)
        random.randbytes(100)
    assert drawn == [5, 7, 16, 16]
    secrets.token_bytes(5)
    assert len(drawn) == 4


def test_no_password_fits_a_hash_with_another_letter_in_its_digest() -> None:
    others = list(with_another_digest(STORED))
    assert len({*others, STORED}) == 32
    assert not any(bcrypt.checkpw(b"lofi", other.encode()) for other in others)
    assert all(other[:29] == STORED[:29] for other in others)


def test_quick_hashes_name_the_cost_that_was_asked_for_and_fit_only_inside() -> None:
    with quick_hashes():
        stored = passwords.hash("midnight", 31)
        assert stored.startswith("hmac-sha384$$2b$31$")
        assert passwords.verify("midnight", stored, 31)
        assert not passwords.verify("midday", stored, 31)
        own = bcrypt.hashpw(b"a", bcrypt.gensalt(5))
    assert not bcrypt.checkpw(b"a", own)


def test_quick_hashes_raise_what_bcrypt_raises() -> None:
    with quick_hashes():
        for password, salt in (("text", b"$2b$04$" + b"." * 22), (b"a", "text"), (b"a", None)):
            with pytest.raises(TypeError, match="cannot be converted to 'PyBytes'"):
                bcrypt.hashpw(password, salt)
        with pytest.raises(ValueError, match="Invalid salt"):
            bcrypt.hashpw(b"a", b"no salt")
