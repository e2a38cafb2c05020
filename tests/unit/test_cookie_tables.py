"""Two tables of the lessons on cookies: addresses compared with a page, and hosts with Secure.

Left out: whether the model is right about the browsers (test_browser_model_*.py).
"""

import pytest

from classroom.lessons.addresses import compare_addresses
from classroom.lessons.secure_hosts import with_and_without_secure

TRAX = "http://trax.localhost/"
HERE, PLAIN, ENCRYPTED = "http://trax.localhost", "http://app.test", "https://app.test"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (TRAX, ["yes", "yes", "yes"]),
        ("http://trax.localhost/playlists", ["yes", "yes", "yes"]),
        ("http://trax.localhost:8888/", ["no", "yes", "yes"]),
        ("http://blog.trax.localhost/", ["no", "yes", "yes"]),
        ("https://trax.localhost/", ["no", "no", "yes"]),
        ("http://evil.localhost/", ["no", "no", "no"]),
    ],
)
def test_same_origin_and_same_site(address: str, words: list[str]) -> None:
    (row,) = compare_addresses(TRAX, [address])
    assert list(row.values()) == [address, *words]
    assert list(row)[2:] == ["same site in Chromium", "same site in Firefox"]


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ((HERE, HERE), ["sent", "sent"]),
        ((PLAIN, PLAIN), ["sent", "not stored"]),
        ((ENCRYPTED, PLAIN), ["sent", "not sent"]),
        ((ENCRYPTED, ENCRYPTED), ["sent", "sent"]),
    ],
)
def test_where_a_cookie_arrives(pair: tuple[str, str], words: list[str]) -> None:
    (row,) = with_and_without_secure([pair])
    assert list(row.values()) == [*pair, *words]
