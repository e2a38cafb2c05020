"""One spelling for one mailbox."""

import pytest

from minisrv.auth import emails
from minisrv.errors import InvalidEmail


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("ada@trax.test", "ada@trax.test"),
        ("Ada@TRAX.Test", "ada@trax.test"),
        ("ada+mix@trax.example", "ada+mix@trax.example"),
        ("ADÈLE@trax.test", "adèle@trax.test"),
        ("ade\u0300le@trax.test", "adèle@trax.test"),
        ("ada@xn--bcher-kva.test", "ada@bücher.test"),
        ("ada@BÜCHER.test", "ada@bücher.test"),
    ],
)
def test_spellings_of_one_mailbox_become_one(given: str, stored: str) -> None:
    assert emails.normalise(given) == stored
    assert emails.normalise(stored) == stored


def test_letters_that_only_look_alike_stay_apart() -> None:
    assert emails.normalise("admın@trax.test") != emails.normalise("admin@trax.test")
    assert emails.normalise("ſam@trax.test") != emails.normalise("sam@trax.test")


@pytest.mark.parametrize(
    "email", ["", "@", "a@b", "a@localhost", "x" * 65 + "@trax.test", "a\n@b.test"]
)
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(InvalidEmail):
        emails.normalise(email)
