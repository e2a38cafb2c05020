"""Password hashes as frameworks, directories and databases write them, each in its own way.

Django: django.contrib.auth.hashers. Werkzeug (Flask): werkzeug.security. LDAP: RFC 2307 and the
salted forms of OpenLDAP. MySQL: mysql_native_password. PostgreSQL: pg_authid.
"""

import re
from collections.abc import Callable

from classroom.anatomy.parts import bits_of_base64
from classroom.anatomy.scheme import (
    DIGEST,
    SALT,
    Scheme,
    base64,
    hexadecimal,
    hmac_rounds,
    number,
    pbkdf2,
)

_B64 = r"[A-Za-z0-9+/]+=*"
_HEX = r"[0-9a-f]"
_SCRYPT = {
    "scheme": "scrypt, which needs much memory for each guess (RFC 7914)",
    "cost": number("N = {:,}; twice as much doubles work and memory"),
    "block_size": number("r = {:,}; the memory is 128 × N × r bytes"),
    "lanes": number("p = {:,} times the work"),
}
_LDAP = {"MD5": 128, "SHA": 160, "SHA256": 256, "SHA384": 384, "SHA512": 512}
_LDAP_HASH = {name: f"SHA-{name[3:]}" if name[3:] else name for name in _LDAP} | {"SHA": "SHA-1"}


def _salted(bits: int) -> Callable[[str], str]:
    """Return a meaning for base64 in which the salt follows a digest of `bits` bits."""

    def meaning(text: str) -> str:
        salt = bits_of_base64(text) - bits
        if salt <= 0:
            return f"too short: a digest of {bits} bits and a salt belong here"
        return f"{bits} bits of digest, then {salt} bits of salt, in base64; fast to compute"

    return meaning


def _ldap(name: str) -> tuple[Scheme, Scheme]:
    """Return LDAP's scheme of one hash function without, and with, a salt."""
    hashed, bits = _LDAP_HASH[name], _LDAP[name]
    digits, padding = -(-bits // 6), -(bits // 8) % 3
    bare = Scheme(
        "LDAP password",
        re.compile(
            rf"\{{(?P<label>(?i:{name}))\}}(?P<digest>[A-Za-z0-9+/]{{{digits}}}={{{padding}}})"
        ),
        {
            "label": f"{hashed} without a salt: equal passwords look equal",
            "digest": base64("fast to compute"),
        },
    )
    salted = Scheme(
        "LDAP password",
        re.compile(rf"\{{(?P<label>(?i:S{name}))\}}(?P<digest>{_B64})"),
        {"label": f"{hashed} of password and salt", "digest": _salted(bits)},
    )
    return bare, salted


def _fast(name: str, digits: int) -> Scheme:
    return Scheme(
        "salted digest",
        re.compile(rf"(?P<scheme>{name})\$(?P<salt>[^$]*)\$(?P<digest>{_HEX}{{{digits}}})"),
        {
            "scheme": "one fast hash; Django's or Werkzeug's old hashes look so",
            "salt": SALT,
            "digest": hexadecimal("computed from password and salt"),
        },
    )


SCHEMES = (
    Scheme(
        "Django's PBKDF2 hash",
        re.compile(
            r"(?P<scheme>pbkdf2_sha(?:256|1))\$(?P<iterations>[0-9]{1,10})\$(?P<salt>[^$]*)\$"
            rf"(?P<digest>{_B64})"
        ),
        {
            "scheme": pbkdf2,
            "iterations": hmac_rounds,
            "salt": SALT,
            "digest": base64(DIGEST),
        },
    ),
    Scheme(
        "Django's scrypt hash",
        re.compile(
            r"(?P<scheme>scrypt)\$(?P<cost>[0-9]{1,10})\$(?P<salt>[^$]+)\$"
            rf"(?P<block_size>[0-9]{{1,10}})\$(?P<lanes>[0-9]{{1,10}})\$(?P<digest>{_B64})"
        ),
        {
            "scheme": _SCRYPT["scheme"],
            "cost": _SCRYPT["cost"],
            "salt": SALT,
            "block_size": _SCRYPT["block_size"],
            "lanes": _SCRYPT["lanes"],
            "digest": base64("computed from password, salt and the numbers"),
        },
    ),
    Scheme(
        "Django's mark of no password",
        re.compile(r"(?P<mark>!)(?P<digest>[A-Za-z0-9]{40})"),
        {"mark": "no password opens this account", "digest": "random, and no hash of anything"},
    ),
    Scheme(
        "Werkzeug's scrypt hash",
        re.compile(
            r"(?P<scheme>scrypt):(?P<cost>[0-9]{1,10}):(?P<block_size>[0-9]{1,10}):"
            rf"(?P<lanes>[0-9]{{1,10}})\$(?P<salt>[^$]+)\$(?P<digest>{_HEX}{{2,}})"
        ),
        {**_SCRYPT, "salt": SALT, "digest": hexadecimal(DIGEST)},
    ),
    Scheme(
        "Werkzeug's PBKDF2 hash",
        re.compile(
            r"(?P<scheme>pbkdf2):(?P<hash>[a-z0-9_]{1,16})(?::(?P<iterations>[0-9]{1,10}))?"
            rf"\$(?P<salt>[^$]+)\$(?P<digest>{_HEX}{{2,}})"
        ),
        {
            "scheme": "PBKDF2 (RFC 8018 §5.2)",
            "hash": "the hash function in its HMAC",
            "iterations": hmac_rounds,
            "salt": SALT,
            "digest": hexadecimal(DIGEST),
        },
        absent={"iterations": "the default of the Werkzeug that wrote it"},
    ),
    *(_fast(*one) for one in (("md5", 32), ("sha1", 40), ("sha256", 64), ("sha512", 128))),
    *(scheme for name in _LDAP for scheme in _ldap(name)),
    Scheme(
        "LDAP password",
        re.compile(
            r"\{(?P<scheme>PBKDF2(?:-SHA(?:1|256|512))?)\}(?P<iterations>[0-9]{1,10})\$"
            r"(?P<salt>[A-Za-z0-9./+]*)\$(?P<digest>[A-Za-z0-9./+]+)"
        ),
        {
            "scheme": "PBKDF2, with HMAC-SHA-1 where no function is named (RFC 8018 §5.2)",
            "iterations": hmac_rounds,
            "salt": base64(SALT),
            "digest": base64(DIGEST),
        },
    ),
    Scheme(
        "LDAP password",
        re.compile(
            r"\{(?P<label>(?i:CRYPT))\}(?P<salt>[./A-Za-z0-9]{2})(?P<digest>[./A-Za-z0-9]{11})"
        ),
        {
            "label": "the system's crypt() reads the rest (RFC 2307): here DES",
            "salt": "12 bits, " + SALT,
            "digest": "computed from the first 8 characters of the password; fast today",
        },
    ),
    Scheme(
        "Spring Security's password",
        re.compile(r"\{(?P<label>noop)\}(?P<password>.+)", re.DOTALL),
        {"label": "no hash at all", "password": "the password itself"},
    ),
    Scheme(
        "Spring Security's hash",
        re.compile(r"\{(?P<label>(?:pbkdf2|scrypt|sha256)(?:@\w{1,40})?)\}(?P<digest>[\w$+/=]+)"),
        {
            "label": "which of Spring's encoders wrote it",
            "digest": "salt and digest, with numbers or without, as that encoder writes them",
        },
    ),
    Scheme(
        "MySQL password",
        re.compile(r"(?P<mark>\*)(?P<digest>[0-9A-F]{40})"),
        {
            "mark": "mysql_native_password, from MySQL 4.1 on",
            "digest": "SHA-1 of SHA-1 of the password, no salt: equal passwords look equal",
        },
        note="or any other text of a * and 40 hex digits",
    ),
    Scheme(
        "PostgreSQL's SCRAM verifier",
        re.compile(
            r"(?P<scheme>SCRAM-SHA-256)\$(?P<iterations>[0-9]{1,10}):(?P<salt>"
            rf"{_B64})\$(?P<stored_key>{_B64}):(?P<server_key>{_B64})"
        ),
        {
            "scheme": "PBKDF2 with HMAC-SHA-256 within (RFC 5803, RFC 7677)",
            "iterations": hmac_rounds,
            "salt": base64(SALT),
            "stored_key": "checks the client's proof",
            "server_key": "proves the server to the client",
        },
    ),
)
