"""What lessons 02 and 03 say of bcrypt, asked of the library itself: its salt, 72 bytes, NUL."""

import base64
import hashlib

import bcrypt
import pytest

SALT = bcrypt.gensalt(4)
SONG = b"one long song about the rain in november and the last tram to the harbour"


def test_a_salt_has_cost_12_unless_asked_and_128_bits() -> None:
    salt = bcrypt.gensalt()
    assert salt.startswith(b"$2b$12$") and len(salt) == 7 + 22


def test_what_follows_the_salt_is_ignored() -> None:
    stored = bcrypt.hashpw(b"lofi", SALT)
    assert bcrypt.hashpw(b"lofi", stored) == bcrypt.hashpw(b"lofi", stored[:29] + b"!!") == stored


def test_each_step_of_the_cost_is_another_hash() -> None:
    dearer = SALT.replace(b"$04$", b"$05$")
    assert bcrypt.hashpw(b"lofi", SALT)[29:] != bcrypt.hashpw(b"lofi", dearer)[29:]


@pytest.mark.parametrize("text", ["x" * 72, "😀" * 18, "é" * 36])
def test_72_bytes_fit_and_another_character_does_not(text: str) -> None:
    assert bcrypt.checkpw(text.encode(), bcrypt.hashpw(text.encode(), SALT))
    for call in (
        lambda longer: bcrypt.hashpw(longer, SALT),
        lambda longer: bcrypt.checkpw(longer, SALT),
    ):
        with pytest.raises(ValueError, match="longer than 72 bytes"):
            call((text + text[0]).encode())


def test_cut_by_hand_another_73rd_letter_opens_the_account() -> None:
    assert len(SONG) == 73
    cut = bcrypt.hashpw(SONG[:72], SALT)
    assert bcrypt.checkpw((SONG[:72] + b"!")[:72], cut)


@pytest.mark.parametrize("other", [b"x\0x", b"x\0x\0x", b"x\0" * 7 + b"x"])
def test_with_a_nul_between_a_password_repeated_is_the_same_to_bcrypt(other: bytes) -> None:
    assert bcrypt.checkpw(other, bcrypt.hashpw(b"x", SALT))
    assert not bcrypt.checkpw(other + b"y", bcrypt.hashpw(b"x", SALT))


@pytest.mark.parametrize(("hash", "size"), [(hashlib.sha384, 64), (hashlib.sha512, 88)])
def test_a_digest_in_base64_has_as_many_characters_as_the_lesson_says(hash, size: int) -> None:
    assert len(base64.b64encode(hash(SONG).digest())) == size


def test_an_old_hash_is_wrapped_and_nobodys_password_is_needed() -> None:
    old = hashlib.sha256(b"salt" + b"sunshine").hexdigest()
    wrapped = bcrypt.hashpw(old.encode(), SALT)
    for word, opens in ((b"sunshine", True), (b"sunshine1", False)):
        typed = hashlib.sha256(b"salt" + word).hexdigest()
        assert bcrypt.checkpw(typed.encode(), wrapped) is opens
