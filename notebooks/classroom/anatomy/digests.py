"""Bare hex digits: by their number one can only guess which function wrote them."""

import re

from classroom.anatomy.scheme import Scheme

# Number of hex digits, and functions whose digest has as many
_GUESSES = {
    32: "MD5, NTLM or an id of 128 bits",
    40: "SHA-1 or RIPEMD-160",
    56: "SHA-224 or SHA3-224",
    64: "SHA-256, SHA3-256, an HMAC, or 32 random bytes",
    96: "SHA-384 or SHA3-384",
    128: "SHA-512, SHA3-512 or BLAKE2b",
}


def _digits(count: int, guesses: str) -> Scheme:
    said = f"{count} hex digits = {count * 4} bits: could be {guesses}"
    pattern = re.compile(rf"(?P<digest>[0-9a-f]{{{count}}}|[0-9A-F]{{{count}}})")
    note = "a guess by its length; if a password is behind it, salt and cost are not written here"
    return Scheme("hex digits", pattern, {"digest": said}, note)


SCHEMES = tuple(_digits(count, guesses) for count, guesses in _GUESSES.items())
