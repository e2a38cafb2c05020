"""Which parts of a text are recognised as varying from run to run, and which are left alone."""

import base64
import random
import uuid

import pytest

from classroom.display.labels import Volatile, split_volatile
from classroom.display.text import labelled

HASH = "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW"
OTHER = "$2b$12$" + "a" * 53
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
NOW = 1795000000


def test_a_text_is_split_into_plain_and_varying_pieces() -> None:
    assert split_volatile(f'{{"password": "{HASH}"}}') == [
        '{"password": "',
        Volatile("‹hash-1›", HASH),
        '"}',
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"hmac-sha384${HASH}", "hmac-sha384$‹hash-1›"),
        (f"It is {HASH}.", "It is ‹hash-1›."),
        (f"{HASH} {OTHER} {HASH}", "‹hash-1› ‹hash-2› ‹hash-1›"),
        (HASH[:29], "‹salt-1›"),
        ("$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA", "‹hash-1›"),
        (f"Bearer {TOKEN}", "Bearer ‹token-1›"),
        (f"{TOKEN}=", "‹token-1›="),
        ("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", "‹token-1›"),
        ("http://127.0.0.1:54321/api", "http://127.0.0.1:‹port›/api"),
        (
            "http://trax.localhost:54321 http://127.0.0.1:54322",
            "http://trax.localhost:‹port› http://127.0.0.1:‹port-2›",
        ),
        (f'"iat": {NOW}, "exp": {NOW + 28800}', '"iat": ‹time-1›, "exp": ‹time-2›'),
        (f'"exp": {NOW}000', '"exp": ‹milliseconds-1›'),
        (f'"iat": {NOW}.25', '"iat": ‹time-1›'),
        ("2026-11-23T10:00:00Z", "‹time-1›"),
        ("expires=Mon, 23 Nov 2026 10:00:00 GMT", "expires=‹time-1›"),
        ("f81d4fae-7dec-41d0-a765-00a0c91e6bf6", "‹id-1›"),
        ("0123456789abcdef0123456789abcdef", "‹id-1›"),
        ("sid=q7XkM2vT9bLw4RzN8cYp3A;", "sid=‹id-1›;"),
    ],
)
def test_what_varies_is_recognised(text: str, shown: str) -> None:
    assert labelled(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "correct horse battery staple",
        "correct-Horse-battery-staple-1",
        "__Host-TRAX_ACCESS_TOKEN",
        "MissingRequiredClaimErrorJWT",
        "CorrectHorse9BatteryStaple",
        "application/x-www-form-urlencoded",
        "expires=Thu, 01 Jan 1970 00:00:00 GMT",
        '"exp": 1300819380',  # of RFC 7515 A.1: written down, not of this run
        "Max-Age=28800000",
        "127.0.0.1",
        "2026-13-99T99:99:99Z",
        "$2b$12$tooshort",
        "+4915112345678",
        "1795000000abc",
    ],
)
def test_what_does_not_vary_stays(text: str) -> None:
    assert labelled(text) == text


def test_the_usual_random_ids_are_recognised() -> None:
    source = random.Random(7)
    for _ in range(200):
        ids = [
            base64.urlsafe_b64encode(source.randbytes(n)).rstrip(b"=").decode() for n in (18, 32)
        ]
        ids += [source.randbytes(16).hex(), str(uuid.UUID(bytes=source.randbytes(16)))]
        assert [len(split_volatile(id_)) for id_ in ids] == [1] * 4
        assert all(isinstance(split_volatile(id_)[0], Volatile) for id_ in ids), ids
