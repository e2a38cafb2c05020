"""Password hashes as other systems write them: each with its kind and words that explain it.

All are of the password "hello", made with Django 5.2.19, Werkzeug 3.1.9, argon2-cffi 25.1,
passlib 1.7.4, libxcrypt's crypt(3) and OpenSSL. Those of Spring Security, Dovecot and databases
follow their documentation.
"""

_BCRYPT = "$2b$12$YAkZC3559yzUcMiowF8ca.j56dB1Mdn8St2Ch9SPbgKMjMXpSvU42"
_ARGON2 = (
    "$argon2id$v=19$m=65536,t=3,p=4$TOnUkhXfnABzm1yaadCA/g$"
    "pMarhqQweTf1i4ML44dqbvgSBDPkPGinWQFGRsLvj0A"
)
_SHA512 = (
    "$6$abc$34O8oRzThM7onc3iRQAcdWBv2H/sMGJlnsnG6uIkasTEvQkG9apXR/oBhPpqIepkul8wg.bf4wxoel67eJND./"
)
_ARGON2_PARTS = ["variant", "version", "memory", "passes", "lanes", "salt", "digest"]
_BCRYPT_PARTS = ["version", "cost", "salt", "digest"]
_SCRYPT_PARTS = ["scheme", "cost", "block size", "lanes", "salt", "digest"]
_PBKDF2_PARTS = ["scheme", "iterations", "salt", "digest"]
_PBKDF2_SHA512 = (
    "$pbkdf2-sha512$25000$VyqltJay9j5HqPVeizHm/A$nWc4lAK8Biij7plf.FPQb/STefVDohROyf3Rn/MOoQOxW1EM"
    "wIeq.ha/vGFgm3J.7udhLx6LSyEXdY16cJsCGw"
)
_WERKZEUG = (
    "scrypt:32768:8:1$xshpncWFrTj4kmX9$97d50c26608c329aeecd893663525f9dfbebda44e5cdb1db8e427a823bf"
    "092a28e4032bd594d953d943ff79c4020307c3b5255629457f8bf8e7387dd329fe6b6"
)

# The hash, its kind, its parts, and what must be said of it
SAMPLES: list[tuple[str, str, list[str], list[str]]] = [
    (
        _ARGON2,
        "argon2 hash",
        _ARGON2_PARTS,
        ["RFC 9106", "argon2 1.3", "65,536 KiB = 64 MiB", "128 bits, stored", "256 bits, computed"],
    ),
    (
        "$argon2i$v=19$m=65536,t=3,p=4$3SIwVWo6faGVcLHmuNimQg$LWfbzI2nR43AIJnWe5//JnBz4MmvsfL4Ixgm",
        "argon2 hash",
        _ARGON2_PARTS,
        ["no secret decides"],
    ),
    (
        "$argon2d$v=16$m=8,t=1,p=1$lLnj3qFXGaH/67MQKtwizw$lZJytgvKn9KZL300mVGQjwIe8WvL1m5sM3WvRdaN",
        "argon2 hash",
        _ARGON2_PARTS,
        ["the password decides", "argon2 1.0", "8 KiB = 0.007812 MiB"],
    ),
    (
        "$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ",
        "argon2 hash",
        ["variant", "memory", "passes", "lanes", "salt", "digest", "version"],
        ["argon2 1.0, the older one, is meant"],
    ),
    (
        "$scrypt$ln=16,r=8,p=1$CyFkDCHE2Nt7L2VsTakVYg$HZTQGzBEzjeLNVUDuqNvIEtrGiGJGMY8Caj93HuoUTE",
        "scrypt hash",
        _SCRYPT_PARTS,
        ["2^16 = 65,536", "RFC 7914"],
    ),
    (
        "$pbkdf2$131000$wNg7B4DwnrN2jpESAuBcqw$z7Ae2MQf.sE3WwTUY/M/yrDSqoc",
        "PBKDF2 hash",
        _PBKDF2_PARTS,
        ["HMAC-SHA-1 ", "131,000 rounds", "160 bits"],
    ),
    (_PBKDF2_SHA512, "PBKDF2 hash", _PBKDF2_PARTS, ["HMAC-SHA-512 ", "25,000 rounds", "512 bits"]),
    (
        "$pbkdf2-sha256$i=600000,l=32$c29tZXNhbHQ$KJQf634sFspLm6kU1DDJ/r2TZvqpq6HAjpPnagN/6Qg",
        "PBKDF2 hash",
        _PBKDF2_PARTS,
        ["HMAC-SHA-256 ", "600,000 rounds"],
    ),
    (
        "$bcrypt-sha256$v=2,t=2b,r=12$n79VH.0Q2TMWmt3Oqt9uku$Kq4Noyk3094Y2QlB8NdRT8SvGiI4ft2",
        "bcrypt hash with a prehash",
        ["scheme", "version", "bcrypt", "cost", "salt", "digest"],
        ["passlib's: SHA-256 ran over the password first", "2^12 = 4,096"],
    ),
    (
        "$bcrypt-sha256$2a,5$5Hg1DKFqPE8C2aflZ5vVoe$12BjNE0p7axMg55.Y/mHsYiVuFBDQyu",
        "bcrypt hash with a prehash",
        ["scheme", "bcrypt", "cost", "salt", "digest", "version"],
        ["bare SHA-256"],
    ),
    ("$1$abc$jWy0FsfCoVBK.I85XpXf30", "md5-crypt hash", ["scheme", "salt", "digest"], ["md5crypt"]),
    (
        "$apr1$abc$40RF2dTx.VKfQHjGWKyym/",
        "md5-crypt hash",
        ["scheme", "salt", "digest"],
        ["Apache's"],
    ),
    (
        "$5$rounds=535000$fAoWIZ2C4yJ5ONAg$jRrxqwUo8EbCF.q1vwMl558K2QYtYlHKkezGFs7CkHA",
        "sha256-crypt hash",
        ["scheme", "rounds", "salt", "digest"],
        ["535,000 times", "SHA-256"],
    ),
    (
        _SHA512,
        "sha512-crypt hash",
        ["scheme", "salt", "digest", "rounds"],
        ["5,000 times, the default", "SHA-512"],
    ),
    (
        "$y$j9T$abcdefghijklmnop$owssCdIYYt.GWnnLxYcKhIaBI0GdaCEQhnyCB0itSdA",
        "yescrypt hash",
        ["scheme", "parameters", "salt", "digest"],
        ["yescrypt"],
    ),
    (
        "$gy$j9T$abcdefghijklmnop$R0941xrLSZ8coyNNBfLAXDcgAce1l7P6XpCW.wpLOVA",
        "yescrypt hash",
        ["scheme", "parameters", "salt", "digest"],
        ["GOST"],
    ),
    (
        "$P$H8KhUimHS2q7M6h.XDp/YXS5u/dFA71",
        "phpass hash",
        ["scheme", "cost", "salt", "digest"],
        ["WordPress"],
    ),
    (
        "pbkdf2_sha256$1000000$abcdefghijkl$bGC5F+/xNXVGapt219IbnE6umr25na7xXjPwDbN3WB4=",
        "Django's PBKDF2 hash",
        _PBKDF2_PARTS,
        ["HMAC-SHA-256 ", "1,000,000 rounds", "256 bits"],
    ),
    (
        "pbkdf2_sha1$1000000$abcdefghijkl$dTvos7d92fJCVF63GxZbHM05lDs=",
        "Django's PBKDF2 hash",
        _PBKDF2_PARTS,
        ["HMAC-SHA-1 ", "160 bits"],
    ),
    (
        "scrypt$16384$abcdefghijkl$8$5$Jn638opLBiqLFulRJ9AXN9bbNvdHc/ZBcIskTI0iLBmZpU9W40eXQ+jBiai6"
        "/pWeQzykjT50CjUYgeXxacR0ow==",
        "Django's scrypt hash",
        ["scheme", "cost", "salt", "block size", "lanes", "digest"],
        ["N = 16,384", "512 bits"],
    ),
    (
        "argon2$argon2id$v=19$m=102400,t=2,p=8$YWJjZGVmZ2hpamts$v0v9rmhY8Fqwq4ZB2t3xqQHt+5zdnY8v",
        "argon2 hash",
        ["label", *_ARGON2_PARTS],
        ["Django's name", "102,400 KiB = 100 MiB"],
    ),
    (
        "bcrypt$" + _BCRYPT,
        "bcrypt hash",
        ["label", *_BCRYPT_PARTS],
        ["Django's name of the scheme; nothing ran before bcrypt"],
    ),
    (
        "bcrypt_sha256$$2b$12$ZDjopZH.D/qIZGUWY4KyGeiRdm4LrM4YlBmiSRkGAzRVxs2ESj0i.",
        "bcrypt hash",
        ["prehash", *_BCRYPT_PARTS],
        ["Django's: SHA-256 of the password, in hex, went into bcrypt"],
    ),
    (
        "hmac-sha384$2$" + _BCRYPT,
        "bcrypt hash",
        ["prehash", "pepper", *_BCRYPT_PARTS],
        ["ran over the password first", "the version of the secret key"],
    ),
    (
        "md5$abcdefghijkl$54de8665d1899f96a401473562e37991",
        "salted digest",
        ["scheme", "salt", "digest"],
        ["one fast hash"],
    ),
    (
        "!LbQwoRwtc4w3wydWKhuAPkcCQjk4DzhSanMeCoiP",
        "Django's mark of no password",
        ["mark", "digest"],
        ["no password opens this account"],
    ),
    (_WERKZEUG, "Werkzeug's scrypt hash", _SCRYPT_PARTS, ["N = 32,768", "512 bits"]),
    (
        "pbkdf2:sha256:1000000$KIl6pelZQ0d3Hocu$9647689535a01c80aed7c8d099c24ff6ff80c6d052633206cc",
        "Werkzeug's PBKDF2 hash",
        ["scheme", "hash", "iterations", "salt", "digest"],
        ["1,000,000 rounds"],
    ),
    ("$2y$12$" + _BCRYPT[7:], "bcrypt hash", _BCRYPT_PARTS, ["PHP writes 2y"]),
    ("$2a$12$" + _BCRYPT[7:], "bcrypt hash", _BCRYPT_PARTS, ["Go's x/crypto and Spring Security"]),
    (_BCRYPT, "bcrypt hash", _BCRYPT_PARTS, ["libraries of Python and Node write 2b"]),
    ("{bcrypt}" + _BCRYPT, "bcrypt hash", ["label", *_BCRYPT_PARTS], ["Spring Security's"]),
    (
        "{argon2@SpringSecurity_v5_8}" + _ARGON2,
        "argon2 hash",
        ["label", *_ARGON2_PARTS],
        ["Spring Security's"],
    ),
    (
        "{pbkdf2@SpringSecurity_v5_8}" + "0f" * 48,
        "Spring Security's hash",
        ["label", "digest"],
        ["which of Spring's encoders"],
    ),
    (
        "{noop}hello",
        "Spring Security's password",
        ["label", "password"],
        ["no hash at all", "the password itself"],
    ),
    ("{CRYPT}" + _BCRYPT, "bcrypt hash", ["label", *_BCRYPT_PARTS], ["LDAP's: the system's crypt"]),
    (
        "{ldap}{crypt}" + _SHA512,
        "sha512-crypt hash",
        ["label", "label", "scheme", "salt", "digest", "rounds"],
        ["Spring Security's: its LDAP encoder", "LDAP's"],
    ),
    ("{CRYPT}abl0JrMf6tlhw", "LDAP password", ["label", "salt", "digest"], ["here DES"]),
    ("{BLF-CRYPT}" + _BCRYPT, "bcrypt hash", ["label", *_BCRYPT_PARTS], ["Dovecot's"]),
    (
        "{SSHA}6uaIEZkLLSDhHevfvOHw2X0OZ493LgVg",
        "LDAP password",
        ["label", "digest"],
        ["SHA-1 of password and salt", "160 bits of digest, then 32 bits of salt"],
    ),
    (
        "{SHA}qvTGHdzF6KLavt4PO0gs2a6pQ00=",
        "LDAP password",
        ["label", "digest"],
        ["SHA-1 without a salt", "160 bits"],
    ),
    ("{MD5}XUFAKrxLKna5cZ2REBfFkg==", "LDAP password", ["label", "digest"], ["MD5 without a salt"]),
    (
        "{SMD5}yrGl9qIrV65nRFU2iACU39Da+18=",
        "LDAP password",
        ["label", "digest"],
        ["128 bits of digest, then 32 bits of salt"],
    ),
    (
        "{SSHA256}zoP1AhEN5cTXEmCJ+wpbJezAPpYJ5igqlC7vjnfrpT6MsTZGKAWglA==",
        "LDAP password",
        ["label", "digest"],
        ["SHA-256 of password and salt", "then 64 bits of salt"],
    ),
    (
        "{PBKDF2-SHA256}29000$cs75P6cUopTSuneOcc6Zcw$ODSbFO8Yvgq/.9F16RZz/HmfixCByWDJXOSw6USbG4g",
        "LDAP password",
        _PBKDF2_PARTS,
        ["29,000 rounds", "256 bits"],
    ),
    (
        "*6B4F89A54E2D27ECD7E8DA05B4AB8FD9D1D8B119",
        "MySQL password",
        ["mark", "digest"],
        ["SHA-1 of SHA-1", "or any other text"],
    ),
    (
        "SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0c2E=$eHl6eHl6eHl6:eHl6eHl6eHl6",
        "PostgreSQL's SCRAM verifier",
        ["scheme", "iterations", "salt", "stored key", "server key"],
        ["4,096 rounds"],
    ),
    (
        "5d41402abc4b2a76b9719d911017c592",
        "hex digits",
        ["digest"],
        ["32 hex digits = 128 bits: could be MD5, NTLM", "a guess by its length"],
    ),
    ("AAF4C61DDCC5E8A2DABEDE0F3B482CD9AEA9434D", "hex digits", ["digest"], ["could be SHA-1"]),
    (
        "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
        "hex digits",
        ["digest"],
        ["could be SHA-256", "salt and cost are not written here"],
    ),
]
