"""Shucking, and guessing with and without the pepper: why there is a key inside of bcrypt."""

import base64
from hashlib import sha256

import bcrypt

from classroom.attacks.leaks import common_words, stolen
from classroom.attacks.shuck import shuck
from classroom.attacks.wordlist import Guessed, guess
from minisrv.auth import passwords

PASSWORD = "midnight train to georgia"
DIGEST = sha256(PASSWORD.encode()).hexdigest()
LEAK = [str(row["sha256"]) for row in stolen("leaked-users")] + [DIGEST]
PEPPER = "a secret that is not in the database"


def test_shuck_opens_bcrypt_around_a_plain_digest() -> None:
    inside = base64.b64encode(bytes.fromhex(DIGEST))
    stored = bcrypt.hashpw(inside, bcrypt.gensalt(4)).decode()
    assert shuck(stored, LEAK) == Guessed(DIGEST, 13)


def test_shuck_does_not_open_bcrypt_around_a_keyed_digest() -> None:
    for pepper in ("", PEPPER):
        stored = passwords.hash(PASSWORD, 4, pepper)
        assert passwords.verify(PASSWORD, stored, 4, pepper)
        assert shuck(stored, LEAK) == Guessed(None, 13)


def test_without_a_pepper_a_common_password_falls_and_with_one_no_guess_can_be_checked() -> None:
    words = common_words()[:50]
    for pepper, found in (("", Guessed("sunshine", 46)), (PEPPER, Guessed(None, 50))):
        stored = passwords.hash("sunshine", 4, pepper)
        assert guess(words, lambda word, s=stored: passwords.verify(word, s, 4)) == found
