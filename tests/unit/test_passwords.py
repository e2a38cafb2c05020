"""The hash that is stored for a password, and which passwords match it."""

import unicodedata

import bcrypt
import pytest

from classroom.checking.bcrypt_calls import counting_hashes, rounds
from minisrv.auth import passwords
from minisrv.errors import WeakPassword

LONG = "a passphrase of many words that goes on well past the seventy-second byte of all"


def opens(password: str, stored_for: str, pepper: str = "") -> bool:
    return passwords.verify(password, passwords.hash(stored_for, 4, pepper), 4, pepper)


def test_a_password_opens_its_own_hash_and_no_other_does() -> None:
    assert opens("midnight train", "midnight train")
    assert not opens("midnight trail", "midnight train")


def test_each_hash_has_a_salt_of_its_own() -> None:
    assert len({passwords.hash("midnight train", 4) for _ in range(5)}) == 5


def test_the_hash_says_how_it_was_made_and_holds_nothing_of_the_password() -> None:
    stored = passwords.hash("midnight train", 5)
    assert stored.startswith("hmac-sha384$$2b$05$") and len(stored) == 12 + 60
    assert "midnight" not in stored and "train" not in stored


def test_the_whole_password_counts_past_72_bytes() -> None:
    assert len(LONG.encode()) > 72
    assert opens(LONG, LONG) and not opens(LONG[:-1], LONG) and not opens(LONG + "!", LONG)


@pytest.mark.parametrize(("one", "other"), [("a", "a\0a"), ("", "\0"), ("x\0y", "x\0z")])
def test_a_nul_counts_like_any_character(one: str, other: str) -> None:
    assert opens(other, other)
    assert not opens(other, one) and not opens(one, other)


def test_two_spellings_of_one_text_are_one_password() -> None:
    assert opens("cafe\u0301 au lait", "caf\u00e9 au lait")


def test_sixty_four_emoji_fit() -> None:
    assert opens("🎵" * 64, "🎵" * 64) and not opens("🎵" * 63, "🎵" * 64)


def test_the_pepper_counts() -> None:
    stored = passwords.hash("midnight train", 4, "pepper of production")
    assert passwords.verify("midnight train", stored, 4, "pepper of production")
    assert not passwords.verify("midnight train", stored, 4, "another pepper")
    assert not passwords.verify("midnight train", stored, 4)


@pytest.mark.parametrize("stored", ["", "midnight train", "$2b$", "hmac-sha384$", "$2b$04$short"])
def test_what_is_no_hash_opens_for_nobody(stored: str) -> None:
    assert not passwords.verify("midnight train", stored or None, 4)


@pytest.mark.parametrize("old", ["", "a pepper without a number", "1:an old pepper"])
def test_a_pepper_is_introduced_and_replaced_and_locks_nobody_out(old: str) -> None:
    new = "2:a new pepper"
    stored = passwords.hash("midnight train", 4, old)
    assert passwords.needs_rehash(stored, 4, new) and not passwords.needs_rehash(stored, 4, old)
    assert passwords.verify("midnight train", stored, 4, new, old)
    assert not passwords.verify("midnight trail", stored, 4, new, old)
    better = passwords.hash("midnight train", 4, new)
    assert better.startswith("hmac-sha384$2$$2b$04$") and not passwords.needs_rehash(better, 4, new)
    assert passwords.verify("midnight train", better, 4, new)
    assert passwords.needs_rehash(better, 4) and passwords.verify(
        "midnight train", better, 4, "", new
    )


@pytest.mark.parametrize("peppers", [("",), ("1:an old pepper",), ("3:a new pepper", "")])
def test_a_hash_whose_pepper_is_gone_opens_for_nobody(peppers: tuple[str, ...]) -> None:
    stored = passwords.hash("midnight train", 4, "2:a new pepper")
    with counting_hashes() as costs:
        assert not passwords.verify("midnight train", stored, 5, *peppers)
    assert rounds(costs) == 2**5


BARE = bcrypt.hashpw(b"midnight train", bcrypt.gensalt(4)).decode()
ACCOUNTS = {
    "nobody": None,
    "active": passwords.hash("midnight train", 7),
    "dormant since the cost was raised": passwords.hash("midnight train", 4),
    "of an old pepper": passwords.hash("midnight train", 5, "1:an old pepper"),
    "of a lower rung": BARE,
    "of PHP": BARE.replace("$2b$", "$2y$"),
    "in the clear": "midnight train",
    "broken": "hmac-sha384$$2b$04$short",
    "empty": "",
    "of another scheme": "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b/dWQ",
}


RIGHT = list(ACCOUNTS.values())[1:6]


@pytest.mark.parametrize("stored", ACCOUNTS.values(), ids=ACCOUNTS)
@pytest.mark.parametrize("password", ["midnight train", "midnight trail", "x\0y", "x" * 73])
def test_each_account_and_none_take_the_same_work(stored: str | None, password: str) -> None:
    with counting_hashes() as costs:
        matches = passwords.verify(password, stored, 7, "2:a new pepper", "1:an old pepper")
    assert rounds(costs) == 2**7
    assert matches == (password == "midnight train" and stored in RIGHT)


def test_nobodys_hash_opens_for_nobody() -> None:
    assert not passwords.verify("", None, 4) and not passwords.verify("x", None, 4)


def test_a_hash_of_another_cost_or_scheme_wants_to_be_made_again() -> None:
    stored = passwords.hash("midnight train", 4)
    assert not passwords.needs_rehash(stored, 4) and passwords.needs_rehash(stored, 5)
    assert passwords.needs_rehash(stored.removeprefix("hmac-sha384$"), 4)


def test_length_is_counted_in_characters_after_composing() -> None:
    passwords.check_length("🎵" * 15)
    passwords.check_length("x" * passwords.MAX_LENGTH)
    for wrong in ("x" * 14, "🎵" * 14, "e\u0301" * 14, "x" * (passwords.MAX_LENGTH + 1)):
        with pytest.raises(WeakPassword):
            passwords.check_length(wrong)


def test_a_password_that_is_too_long_is_not_even_composed(monkeypatch: pytest.MonkeyPatch) -> None:
    stored, composed = passwords.hash("", 4), []

    def normalize(form: str, text: str) -> str:
        composed.append(len(text))
        return normal(form, text)

    normal = unicodedata.normalize
    monkeypatch.setattr(passwords.unicodedata, "normalize", normalize)
    accents = "a" + "\u0316\u0301" * 4000  # 50 ms of work, each time
    with pytest.raises(WeakPassword):
        passwords.check_length(accents)
    assert not passwords.verify(accents, stored, 4) and not passwords.verify(accents, None, 4)
    assert max(composed) <= passwords.MAX_LENGTH


@pytest.mark.parametrize(
    "common", ["abcabcabcabcabcabc", "A" * 20, "ada@trax.testing", "PasswordPassword"]
)
def test_what_everybody_would_try_is_refused(common: str) -> None:
    with pytest.raises(WeakPassword):
        passwords.check_not_common(common, "ada@trax.testing")
    passwords.check_not_common("midnight train to georgia", "ada@trax.testing")


def test_the_bytes_that_bcrypt_returns_are_no_stored_hash() -> None:
    stored = bcrypt.hashpw(b"midnight train to georgia", bcrypt.gensalt(4))
    assert not passwords.verify("midnight train to georgia", stored, 4)
    assert passwords.verify("midnight train to georgia", stored.decode(), 4)
