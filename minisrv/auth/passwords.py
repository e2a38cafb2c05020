"""Check a new password against the policy, hash it, and check a password against its hash.

The whole password counts, in any alphabet. bcrypt alone reads 72 bytes, and "a" and "a\\0a" are the
same to it. So a keyed hash of the password is given to bcrypt. Left out: argon2id, which OWASP
ranks first. The course stays with bcrypt, as the tutorial does. Also left out: a cost that is
lowered. Accounts with the higher cost then take longer than others until their users sign in.
"""

import base64
import hmac
import re
import unicodedata

import bcrypt

from minisrv.auth import blocklist
from minisrv.errors import WeakPassword
from minisrv.settings import version_of

SCHEME = "hmac-sha384$"
PARTS = re.compile(r"(hmac-sha384\$(?:(\d+)\$)?)?(.*)", re.DOTALL)  # scheme, its version, bcrypt
MIN_LENGTH = 15  # characters, if there is no second factor (NIST SP 800-63B-4 §3.1.1.2)
MAX_LENGTH = 1000  # characters; composing n accents takes a time that grows with n squared
_LABEL = b"TRAX password"  # the key if there is no pepper: hashes leaked by other sites do not fit


def hash(password: str, cost: int, pepper: str = "") -> str:
    """Return the hash to store: the name of the scheme and 60 characters of bcrypt.

    Between them is the version of the pepper, if it has one: hmac-sha384$2$$2b$12$...
    """
    salt = bcrypt.gensalt(cost)  # 128 random bits, new for each call
    return _prefix(pepper) + bcrypt.hashpw(_prehash(password, pepper), salt).decode()


def verify(
    password: str, stored: str | None, cost: int, pepper: str = "", *old_peppers: str
) -> bool:
    """Return True if `stored` is a hash of `password`. None stands for no account.

    None takes as long as a hash of `cost`. So does a hash from before the cost was raised.

    A bare bcrypt hash, as the lower rungs of the ladder store it, is accepted as well. So is a hash
    with one of the `old_peppers`, and one from before there was a pepper, if all peppers have
    numbers. What is no text, such as the bytes that bcrypt returns, is no hash.
    """
    text = stored if isinstance(stored, str) else ""
    scheme, version, digest = PARTS.fullmatch(text or SCHEME + dummy_hash(cost)).groups("")
    peppers = {"": ""} | {version_of(one): one for one in (*old_peppers, pepper)}
    known = version in peppers
    too_long = len(password) > MAX_LENGTH  # check_length refuses it, rungs 9 and 10 do not
    password = "" if too_long else password
    entry = password.encode("utf-8", "surrogatepass")
    if scheme:
        entry = _prehash(password, peppers.get(version, ""))
    # bcrypt raises for more than 72 bytes, and a NUL makes it confuse passwords: neither may match.
    fits = len(entry) <= 72 and b"\0" not in entry
    matches = _check(entry if fits else b"", digest, cost)
    return matches and fits and known and not too_long and stored is not None


def needs_rehash(stored: str, cost: int, pepper: str = "") -> bool:
    """Return True if `stored` has an older scheme or pepper, or another cost than `cost`."""
    return not stored.startswith(f"{_prefix(pepper)}$2b${cost:02d}$")


def dummy_hash(cost: int) -> str:
    """Return a bcrypt hash that no password has. Checking it takes as long as others of `cost`."""
    return f"$2b${cost:02d}$" + "." * 53


def check_length(password: str) -> None:
    """Raise WeakPassword unless `password` is text of MIN_LENGTH to MAX_LENGTH characters."""
    if len(password) > MAX_LENGTH:
        raise WeakPassword(f"The password has more than {MAX_LENGTH} characters.")
    if any("\ud800" <= character <= "\udfff" for character in password):
        raise WeakPassword("The password contains invalid Unicode (an unpaired surrogate).")
    if len(unicodedata.normalize("NFC", password)) < MIN_LENGTH:
        raise WeakPassword(f"The password needs at least {MIN_LENGTH} characters.")


def check_not_common(password: str, email: str) -> None:
    """Raise WeakPassword if `password` is easy to guess, also for one who knows `email`."""
    if reason := blocklist.weakness(password, email, MIN_LENGTH):
        raise WeakPassword(reason)


def _prehash(password: str, pepper: str) -> bytes:
    """Return 64 bytes without NUL, made from the whole password (OWASP, Password Storage)."""
    text = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return base64.b64encode(hmac.digest(pepper.encode() or _LABEL, text, "sha384"))


def _check(entry: bytes, digest: str, cost: int) -> bool:
    """Return True if `digest` is a bcrypt hash of `entry`, after 2**cost rounds or more.

    A hash that was made before the cost was raised has fewer. Without the rest, such an account
    would respond sooner than an address that has no account.
    """
    try:
        matches, done = bcrypt.checkpw(entry, digest.encode()), int(digest[4:6])
    except ValueError:  # not a bcrypt hash: the lowest rung stores the password itself
        matches, done = bcrypt.checkpw(b"", dummy_hash(4).encode()), 4
    for missing in range(done, cost):  # 2**10 + 2**10 + 2**11 = 2**12
        bcrypt.checkpw(b"", dummy_hash(missing).encode())
    return matches


def _prefix(pepper: str) -> str:
    version = version_of(pepper)
    return f"{SCHEME}{version}$" if version else SCHEME
