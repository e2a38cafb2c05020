"""Which passwords are easy to guess, and which are not refused wrongly."""

import random
import re
import string

import pytest

from minisrv.auth import blocklist, passwords
from minisrv.auth.blocklist import GUESSABLE, LISTED, REPEATS
from minisrv.errors import WeakPassword

# ASVS 5.0 6.2.4: "at least the top 3000 passwords" that meet the policy
ASVS = 3000


def reason(password: str, email: str = "ada@trax.test") -> str | None:
    return blocklist.weakness(password, email, passwords.MIN_LENGTH)


def test_the_list_has_as_many_passwords_as_asvs_asks_for() -> None:
    listed = blocklist._common()
    assert len(listed) >= ASVS
    assert all(passwords.MIN_LENGTH <= len(one) <= passwords.MAX_LENGTH for one in listed)


@pytest.mark.parametrize(
    "common",
    [
        "correcthorsebatterystaple",
        "Correct Horse Battery Staple",
        "correct-horse-battery-staple!",
        "spongebobsquarepants",
        "SpongeBob SquarePants 99",
        "manchesterunited1",
        "d41d8cd98f00b204e9800998ecf8427e",  # the MD5 of nothing
        "passwordpassword ",
        "PasswordPassword",
        "P@ssw0rd12345678",
        "Password12345678",
        "password1234567",
        "administrator123",
        "iloveyou1234567",
        "letmein12345678",
        "0123456789012345",
        "9876543210987654",
        "abcdefghijklmno",
        "abcdefghijklmnopqrstuvwxyz",
        "1q2w3e4r5t6y7u8i",
        "1q2w3e4r5t6y7u8i9o0p",
        "asdfghjklqwertyuiop",
        "qazwsxedcrfvtgb",
    ],
)
def test_what_is_listed_is_refused_in_any_disguise(common: str) -> None:
    assert reason(common) == LISTED


@pytest.mark.parametrize(
    "repeated",
    [
        "abcabcabcabcabc",
        "abcabcabcabcab",
        "é" * 20,
        "fluffyfluffyfluff",
        "🎵" * 15,
        "sunshine sunshine",
        "Computer, computer!",
    ],
)
def test_a_short_piece_that_repeats_is_refused(repeated: str) -> None:
    assert reason(repeated) == REPEATS


@pytest.mark.parametrize(
    "made",
    [
        "traxtraxtrax2026",
        "Trax2025Trax2026",
        "trax, trax, trax!",
        "ada@trax.testada",
        "ada@trax.test 2026",
        "aaaaaaaaaaaaaab",
        "password19841984",
        "Passwort87654321!",
        "2026-2025-2024-2023",
        "admin admin root 123",
        "1-2-3-4-5-6-7-8-9",
        "zyxwvutsrqponmlkj",
        "3edc4rfv5tgb6yhn",
        "!QAZ@WSX#EDC$RFV",
        "mnbvcxz lkjhgfd 987",
        "qwertzuiopasdfghj",
        "azertyuiopqsdfgh",
        "йцукенгшщзфывапрол",
        "абвгдежзийклмноп",
    ],
)
def test_words_names_sequences_and_keys_in_a_row_are_refused(made: str) -> None:
    assert reason(made) == GUESSABLE


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("grace.hopper@navy.example", "gracehoppernavy1"),
        ("grace.hopper@navy.example", "Hopper-Grace-2026"),
        ("zoé@trax.test", "ZOÉ.zoé.ZOÉ.zoé1"),
        ("midnighttrain@trax.test", "midnighttrain123"),
        ("ada1815@trax.test", "Ada1815-ada1815-2026"),
        ("4d4.l0ve@trax.test", "4d4l0ve-trax-4d4"),
    ],
)
def test_the_parts_of_the_visitors_address_are_guessable(email: str, password: str) -> None:
    assert reason(password, email) in (GUESSABLE, REPEATS)
    assert reason(password + " drives through Kyoto", email) is None


@pytest.mark.parametrize(
    "good",
    [
        "midnight train to georgia",
        "a passphrase of many words",
        "my dog is called trax",
        "I love sunshine",
        "this is a test password",
        "the quick red fox is late",
        "my password is very long",
        "greatest passenger latest compass",
        "ada likes long walks",
        "Ich mag Schokolade mit Nüssen",
        "les carottes sont cuites",
        "być albo nie być, oto jest",
        "быть или не быть вот вопрос",
        "رمز عبور من خیلی طولانی است",
        "می\u200cخواهم یک گذرواژهٔ بلند",
        "私のパスワードはとても長いのです",
        "비밀번호는 아주 길어야 한다고 했다",
        "नमस्ते दुनिया यह लंबा है",
        "👩\u200d👩\u200d👧\u200d👦🎵🎸🥁🎻🎺🎷🎹🪕🪗🎧🎤",
        "xK9#mQ2$vL5@nR8",
    ],
)
def test_what_a_class_types_is_accepted(good: str) -> None:
    passwords.check_length(good)
    passwords.check_not_common(good, "ada@trax.test")


@pytest.mark.parametrize(
    "letters", [string.ascii_lowercase, string.ascii_letters + string.digits, "0123456789abcdef"]
)
def test_random_passwords_are_accepted_and_so_are_long_ones_typed_twice(letters: str) -> None:
    lot = random.Random(7)
    drawn = ["".join(lot.choices(letters, k=16)) for _ in range(2000)]
    assert sum(reason(password) is not None for password in drawn) <= 1
    assert sum(reason(2 * password) is not None for password in drawn) <= 1
    short = ["".join(lot.choices(letters, k=8)) for _ in range(100)]
    assert all(reason(2 * password) == REPEATS for password in short)


def test_the_reason_reaches_the_visitor() -> None:
    with pytest.raises(WeakPassword, match="names or sequences"):
        passwords.check_not_common("traxtraxtrax2026", "ada@trax.test")


def test_a_password_of_a_thousand_characters_is_judged_quickly() -> None:
    for password in ("pass" * 250, "ab" * 499 + "c", "a" * 999 + "b", "trax2026" * 125):
        assert reason(password) in (GUESSABLE, REPEATS)


def test_the_examples_of_the_docstring_are_true() -> None:
    examples = re.findall(r"(\w+) -> (\d+)", blocklist._count_new.__doc__)
    assert len(examples) == 3
    for password, count in examples:
        assert blocklist._count_new(password, "ada@trax.test") == int(count), password
