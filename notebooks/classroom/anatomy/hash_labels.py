"""What stands before a hash: the name of a prehash, or a label that says which code reads the rest.

Django writes `bcrypt$` before $2b$, Spring Security `{bcrypt}`, LDAP and Dovecot `{CRYPT}`.
"""

import re
from dataclasses import replace

from classroom.anatomy import bcrypt_hash, crypt_hashes, digests, framework_hashes
from classroom.anatomy.parts import Anatomy
from classroom.anatomy.scheme import Scheme, spelled

MOST_LABELS = 2  # Spring Security may write {ldap}{CRYPT}$6$...
AFTER_A_LABEL = (*crypt_hashes.SCHEMES, *framework_hashes.SCHEMES)
_COUNTS = "so that all of it counts"
_SPRING = "Spring Security's: its %s encoder reads the rest"
# The groups of each pattern have a meaning; the rest of the text is a hash, or another label.
LABELS = tuple(
    (re.compile(pattern), meanings)
    for pattern, meanings in (
        (
            r"(?P<prehash>hmac-sha[0-9]{3})\$(?:(?P<pepper>[0-9]{1,9})\$)?(?=\$2)",
            {
                "prehash": f"ran over the password first, {_COUNTS}: bcrypt alone reads 72 bytes",
                "pepper": "the version of the secret key that the prehash used",
            },
        ),
        (
            r"(?P<label>bcrypt)\$(?=\$2)",
            {"label": "Django's name of the scheme; nothing ran before bcrypt"},
        ),
        (
            r"(?P<prehash>bcrypt_sha256)\$(?=\$2)",
            {"prehash": "Django's: SHA-256 of the password, in hex, went into bcrypt, " + _COUNTS},
        ),
        (r"(?P<label>argon2)(?=\$argon2)", {"label": "Django's name of the scheme"}),
        (r"(?P<label>\{bcrypt\})(?=\$2)", {"label": _SPRING % "bcrypt"}),
        (
            r"(?P<label>\{argon2(?:@\w{1,40})?\})(?=\$argon2)",
            {"label": _SPRING % "argon2"},
        ),
        (r"(?P<label>\{ldap\})(?=\{)", {"label": _SPRING % "LDAP"}),
        (
            r"(?P<label>\{(?i:CRYPT)\})(?=\$)",
            {"label": "LDAP's: the system's crypt() reads the rest (RFC 2307)"},
        ),
        (
            r"(?P<label>\{(?i:BLF-CRYPT|SHA(?:256|512)-CRYPT|MD5-CRYPT|ARGON2ID?)\})(?=\$)",
            {"label": "Dovecot's: the scheme of the rest"},
        ),
    )
)


def anatomy(text: str) -> Anatomy | None:
    """Return the parts of a password hash or bcrypt salt with its labels, None for other texts."""
    return _taken_apart(text, (*AFTER_A_LABEL, *digests.SCHEMES), MOST_LABELS)


def _taken_apart(text: str, schemes: tuple[Scheme, ...], labels: int) -> Anatomy | None:
    if found := bcrypt_hash.anatomy(text):
        return found
    if found := next((one for scheme in schemes if (one := scheme.take_apart(text))), None):
        return found
    return _labelled(text, labels) if labels else None


def _labelled(text: str, labels: int) -> Anatomy | None:
    for pattern, meanings in LABELS:
        match = pattern.match(text)
        inner = match and _taken_apart(text[match.end() :], AFTER_A_LABEL, labels - 1)
        if match and inner:
            parts = (*spelled(match, meanings), *inner.spelled)
            return replace(inner, value=[match[0], *inner.value], spelled=parts)
    return None
