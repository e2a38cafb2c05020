"""Password hashes that begin with $ and a scheme: argon2, scrypt, PBKDF2, those of crypt(3).

The PHC string format names its parameters, and passlib writes most schemes so, too. The names of
the others are those of libxcrypt's crypt(5). bcrypt has a file of its own.
"""

import re

from classroom.anatomy.scheme import (
    DIGEST,
    SALT,
    Scheme,
    base64,
    hmac_rounds,
    number,
    one_of,
    pbkdf2,
    power,
)

_B64 = r"[A-Za-z0-9+/.]"
_CRYPT64 = r"[./A-Za-z0-9]"

ARGON2 = Scheme(
    "argon2 hash",
    re.compile(
        r"\$(?P<variant>argon2(?:id|i|d))\$(?:v=(?P<version>[0-9]{1,3})\$)?"
        r"m=(?P<memory>[0-9]{1,10}),t=(?P<passes>[0-9]{1,10}),p=(?P<lanes>[0-9]{1,10})"
        rf"(?:,keyid={_B64}*)?(?:,data={_B64}*)?\$(?P<salt>{_B64}+)\$(?P<digest>{_B64}+)"
    ),
    {
        "variant": one_of(
            {
                "argon2id": "half of the first pass as argon2i, the rest as argon2d (RFC 9106 §1)",
                "argon2i": "reads its memory in an order that no secret decides (RFC 9106 §1)",
                "argon2d": "reads its memory in an order that the password decides (RFC 9106 §1)",
            }
        ),
        "version": one_of(
            {"19": "argon2 1.3, that of RFC 9106", "16": "argon2 1.0, the older one"}
        ),
        "memory": lambda text: f"{int(text):,} KiB = {int(text) / 1024:,.4g} MiB for each guess",
        "passes": number("{:,} over the memory"),
        "lanes": number("{:,}, which may be computed at the same time"),
        "salt": base64(SALT),
        "digest": base64(DIGEST),
    },
    absent={"version": "argon2 1.0, the older one, is meant"},
)
SCRYPT = Scheme(
    "scrypt hash",
    re.compile(
        r"\$(?P<scheme>scrypt)\$ln=(?P<cost>[0-9]{1,2}),r=(?P<block_size>[0-9]{1,10}),"
        rf"p=(?P<lanes>[0-9]{{1,10}})\$(?P<salt>{_B64}*)\$(?P<digest>{_B64}+)"
    ),
    {
        "scheme": "needs much memory for each guess (RFC 7914)",
        "cost": power("N = 2^{} = {:,}; one more doubles work and memory"),
        "block_size": number("r = {:,}; the memory is 128 × N × r bytes"),
        "lanes": number("p = {:,} times the work"),
        "salt": base64(SALT),
        "digest": base64(DIGEST),
    },
)
PBKDF2 = Scheme(
    "PBKDF2 hash",
    re.compile(
        r"\$(?P<scheme>pbkdf2(?:-sha(?:1|256|512))?)\$(?:i=)?(?P<iterations>[0-9]{1,10})"
        rf"(?:,l=[0-9]{{1,4}})?\$(?P<salt>{_B64}*)\$(?P<digest>{_B64}+)"
    ),
    {
        "scheme": pbkdf2,
        "iterations": hmac_rounds,
        "salt": base64(SALT),
        "digest": base64(DIGEST),
    },
)
BCRYPT_SHA256 = Scheme(
    "bcrypt hash with a prehash",
    re.compile(
        r"\$(?P<scheme>bcrypt-sha256)\$(?:v=(?P<version>2),t=)?(?P<bcrypt>2[ab]),(?:r=)?"
        rf"(?P<cost>[0-9]{{1,2}})\$(?P<salt>{_CRYPT64}{{22}})\$(?P<digest>{_CRYPT64}{{31}})"
    ),
    {
        "scheme": "passlib's: SHA-256 ran over the password first, so that all of it counts",
        "version": "2: HMAC-SHA-256, with the salt as its key, in place of bare SHA-256",
        "bcrypt": "the version of bcrypt that ran afterwards",
        "cost": power("2^{} = {:,} rounds; one more doubles the work"),
        "salt": "22 characters = 128 bits, " + SALT,
        "digest": "31 characters = 184 bits, computed from password, salt and cost",
    },
    absent={"version": "1: bare SHA-256, in base64"},
)


def _sha2_crypt(name: str, function: str, digits: int) -> Scheme:
    return Scheme(
        f"{function.replace('-', '').lower()}-crypt hash",
        re.compile(
            rf"\$(?P<scheme>{name})\$(?:rounds=(?P<rounds>[0-9]{{1,9}})\$)?(?P<salt>[^$\s:]{{0,16}})"
            rf"\$(?P<digest>{_CRYPT64}{{{digits}}})"
        ),
        {
            "scheme": f"of crypt: {function}, many times",
            "rounds": number("{:,} times"),
            "salt": SALT,
            "digest": "computed from password, salt and rounds",
        },
        absent={"rounds": "5,000 times, the default"},
    )


MD5_CRYPT = Scheme(
    "md5-crypt hash",
    re.compile(rf"\$(?P<scheme>1|apr1)\$(?P<salt>[^$\s:]{{0,8}})\$(?P<digest>{_CRYPT64}{{22}})"),
    {
        "scheme": one_of(
            {"1": "crypt's md5crypt: MD5, 1,000 rounds", "apr1": "Apache's md5crypt: 1,000 rounds"}
        ),
        "salt": SALT,
        "digest": "computed from password and salt; 1,000 rounds of MD5 are fast today",
    },
)
YESCRYPT = Scheme(
    "yescrypt hash",
    re.compile(
        rf"\$(?P<scheme>y|gy)\$(?P<parameters>{_CRYPT64}+)\$(?P<salt>{_CRYPT64}{{0,86}})\$"
        rf"(?P<digest>{_CRYPT64}{{43}})"
    ),
    {
        "scheme": one_of(
            {"y": "yescrypt, of Linux's crypt: needs memory", "gy": "yescrypt with GOST's hash"}
        ),
        "parameters": "memory and rounds, encoded",
        "salt": SALT,
        "digest": DIGEST,
    },
)
PHPASS = Scheme(
    "phpass hash",
    re.compile(
        rf"\$(?P<scheme>P|H)\$(?P<cost>{_CRYPT64})(?P<salt>{_CRYPT64}{{8}})(?P<digest>{_CRYPT64}{{22}})"
    ),
    {
        "scheme": "PHP's portable hash, MD5 many times; older WordPress and phpBB wrote it",
        "cost": "the rounds, as a power of two, encoded",
        "salt": SALT,
        "digest": "computed from password, salt and rounds",
    },
)
SCHEMES = (
    *(ARGON2, SCRYPT, PBKDF2, BCRYPT_SHA256, MD5_CRYPT, YESCRYPT, PHPASS),
    _sha2_crypt("5", "SHA-256", 43),
    _sha2_crypt("6", "SHA-512", 86),
)
