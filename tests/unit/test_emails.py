"""One spelling for one mailbox."""

from collections.abc import Iterator

import pytest

from minisrv import Settings
from minisrv.app import create_app
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
        ("ΝΊΚΟΣ@trax.test", "νίκοσ@trax.test"),
        ("νίκος@trax.test", "νίκοσ@trax.test"),
        ("νίκος@νίκος.test", "νίκοσ@νίκος.test"),
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


@pytest.fixture
def in_production(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An app of production was made in this process."""
    monkeypatch.setattr(emails, "accept_test_domain", emails.accept_test_domain)  # undone later
    secret = "0123456789abcdefghijklmnopqrstuvwxyz"
    app = create_app(Settings(production=True, secret=secret, database_url="sqlite://"))
    yield
    app.state.close()


@pytest.mark.parametrize("email", ["ada@trax.test", "ada@test", "me@test.test.test"])
def test_an_address_in_test_is_good_in_class_only(email: str, in_production: None) -> None:
    with pytest.raises(InvalidEmail):
        emails.normalise(email)
    assert emails.normalise("Ada@Trax.Example.org") == "ada@trax.example.org"
    app = create_app(Settings(database_url="sqlite://"))
    assert emails.normalise(email) == email
    app.state.close()
