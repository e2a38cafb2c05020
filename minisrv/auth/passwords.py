"""Turn a password into what may be stored, and check one against it.

The whole password counts, in any alphabet: it is first run through a keyed hash, because bcrypt by
itself reads 72 bytes and takes "a" and "a\\0a" for one password. Left out: argon2id, which OWASP
ranks first; the course stays with bcrypt, as the tutorial does, and says so.
"""

import base64
import hmac
import unicodedata
from functools import cache
from pathlib import Path

import bcrypt

from minisrv.errors import WeakPassword

SCHEME = "hmac-sha384$"
MIN_LENGTH = 15  # characters, where the password is all there is (NIST SP 800-63B-4 §3.1.1.2)
MAX_LENGTH = 1000  # characters; to compose many accents takes time that grows with their square
_LABEL = b"TRAX password"  # keys the hash when there is no pepper: other sites' leaks do not fit


def hash(password: str, cost: int, pepper: str = "") -> str:
    """Return what to store for `password`: the scheme's name and 60 characters of bcrypt."""
    salt = bcrypt.gensalt(cost)  # 128 random bits, new for each call
    return SCHEME + bcrypt.hashpw(_prehash(password, pepper), salt).decode()


def verify(password: str, stored: str | None, cost: int, pepper: str = "") -> bool:
    """Tell whether `stored` was made from `password`; None, for no such account, is as much work.

    A bare bcrypt string, as the lower rungs of the ladder store it, is checked as well.
    """
    scheme, digest = _split(stored or dummy_hash(cost))
    too_long = len(password) > MAX_LENGTH  # nobody's; refused at the sign-up
    password = "" if too_long else password
    entry = _prehash(password, pepper) if scheme else password.encode("utf-8", "surrogatepass")
    # More than 72 bytes makes bcrypt raise, a NUL makes it confuse passwords: neither may match.
    fits = len(entry) <= 72 and b"\0" not in entry
    try:
        matches = bcrypt.checkpw(entry if fits else b"", digest.encode())
    except ValueError:  # not a bcrypt string: stored in the clear by the lowest rung
        return False
    return matches and fits and not too_long and stored is not None


def needs_rehash(stored: str, cost: int) -> bool:
    """Tell whether `stored` is of an older scheme or of another cost than `cost`."""
    return not stored.startswith(f"{SCHEME}$2b${cost:02d}$")


def dummy_hash(cost: int) -> str:
    """Return a well-formed hash of `cost` that belongs to nobody, to spend the same time on."""
    return f"{SCHEME}$2b${cost:02d}$" + "." * 53


def check_length(password: str) -> None:
    """Raise WeakPassword unless `password` is text of MIN_LENGTH to MAX_LENGTH characters."""
    if len(password) > MAX_LENGTH:
        raise WeakPassword(f"The password has more than {MAX_LENGTH} characters.")
    if any("\ud800" <= character <= "\udfff" for character in password):
        raise WeakPassword("The password holds half a character, which no keyboard types.")
    if len(unicodedata.normalize("NFC", password)) < MIN_LENGTH:
        raise WeakPassword(f"The password needs at least {MIN_LENGTH} characters.")


def check_not_common(password: str, email: str) -> None:
    """Raise WeakPassword if `password` is well known, one piece repeated, or `email`."""
    folded = unicodedata.normalize("NFC", password).casefold()
    # A text that stands inside its own doubling, the ends aside, is a repetition: abcabc, aaaa.
    repeats = folded in (folded + folded)[1:-1]
    if repeats or folded == email.casefold() or folded in _common():
        raise WeakPassword("This password is one of the first that an attacker would try.")


def _prehash(password: str, pepper: str) -> bytes:
    """Return 64 bytes without a NUL that stand for the whole password (OWASP, Password Storage)."""
    text = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return base64.b64encode(hmac.digest(pepper.encode() or _LABEL, text, "sha384"))


def _split(stored: str) -> tuple[str, str]:
    return (SCHEME, stored[len(SCHEME) :]) if stored.startswith(SCHEME) else ("", stored)


@cache
def _common() -> frozenset[str]:
    text = Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(text.split("\n"))
