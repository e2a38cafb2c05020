"""anatomy() of what tokens say: registered names, times, keys that the sender wrote, odd JSON."""

import base64

import pytest

from classroom.anatomy import Anatomy, anatomy
from classroom.anatomy import registered_names as names
from classroom.display.text import plain
from tests.support.anatomized import KEY, NOW, flags, part, token, unsigned

HEADER = {"alg": "HS256"}
SIGNATURE = "c2ln" * 10 + "c2k"  # as long as an HMAC of SHA-256
YEAR_5138_IN_SECONDS = 10**11


def of_header(**fields: object) -> Anatomy:
    return anatomy(unsigned({**HEADER, **fields}, {"exp": NOW}, SIGNATURE))


def of_claims(**claims: object) -> Anatomy:
    return anatomy(unsigned(HEADER, {"exp": NOW, **claims}, SIGNATURE))


def of_json(payload: str | bytes, header: str = '{"alg":"HS256"}') -> Anatomy:
    parts = [part.encode() if isinstance(part, str) else part for part in (header, payload)]
    encoded = [base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts]
    return anatomy(".".join([*encoded, SIGNATURE]))


@pytest.mark.parametrize(
    ("name", "value", "meaning"),
    [
        ("jku", "https://mallory.test/keys", "where a set of keys is"),
        ("jwk", {"kty": "oct"}, "the public key that checks it"),
        ("x5u", "https://mallory.test/x", "where the certificate is"),
        ("x5c", ["MII"], "the certificate whose key checks it"),
        ("x5t", "abc", "fingerprint (SHA-1)"),
        ("x5t#S256", "abc", "fingerprint (SHA-256)"),
        ("kid", "1", "names the key that checks it: a hint"),
        ("crit", ["b64"], "must refuse the token (RFC 7515 §4.1.11)"),
        ("b64", False, "not in base64url (RFC 7797 §3)"),
        ("zip", "DEF", "compressed before it was encrypted (RFC 7516 §4.1.3)"),
        ("cty", "JWT", "JWT: another token"),
        ("enc", "A256GCM", "AES-GCM (RFC 7518 §5.3)"),
        ("epk", {}, "RFC 7518 §4.6.1.1"),
        ("p2c", 10**9, "how many rounds of PBKDF2"),
        ("iss", "trax", "a copy of the claim (RFC 7519 §5.3)"),
        ("trust_chain", [], "registered with IANA"),
        ("secret", 1, "not registered: the application's own"),
    ],
)
def test_a_header_field_is_explained_by_its_specification(
    name: str, value: object, meaning: str
) -> None:
    assert meaning in part(of_header(**{name: value}), name).meaning


@pytest.mark.parametrize(
    ("algorithm", "meaning", "flag"),
    [
        ("HS256", "HMAC, SHA-256 (RFC 7518 §3.2)", ""),
        ("RS384", "RSA, SHA-384 (RFC 7518 §3.3)", ""),
        ("ES512", "ECDSA, SHA-512 (RFC 7518 §3.4)", ""),
        ("PS256", "RSA-PSS, SHA-256 (RFC 7518 §3.5)", ""),
        ("EdDSA", "RFC 8037", ""),
        ("Ed25519", "RFC 9864", ""),
        ("HS999", "how it is signed", "no algorithm that IANA has registered"),
        ("hs256", "how it is signed", "no algorithm that IANA has registered"),
        ("HS1", "how it is signed", "no algorithm that IANA has registered"),
        (["HS256"], "how it is signed", "no algorithm that IANA has registered"),
        ("RSA1_5", "RFC 7518 §4.2", "an algorithm for encrypted tokens"),
        ("ECDH-ES", "RFC 7518 §4.6", "an algorithm for encrypted tokens"),
        ("NONE", "how it is signed", "no signature"),
    ],
)
def test_an_algorithm_is_named_exactly(algorithm: object, meaning: str, flag: str) -> None:
    found = part(anatomy(unsigned({"alg": algorithm}, {"exp": NOW}, SIGNATURE)), "alg")
    assert meaning in found.meaning
    assert found.flag.startswith(flag) and bool(found.flag) is bool(flag)


@pytest.mark.parametrize("name", ["jku", "jwk", "x5u", "x5c"])
def test_a_key_that_the_sender_wrote_is_flagged(name: str) -> None:
    assert "proves nothing by itself" in flags(of_header(**{name: "x"}))[name]


@pytest.mark.parametrize(
    ("value", "flag"),
    [
        (["exp"], ""),
        ([], "not a list of names"),
        ("exp", "not a list of names"),
        ([1], "not a list of names"),
        (["absent"], "each name once, and of this header"),
        (["exp", "exp"], "each name once, and of this header"),
    ],
)
def test_crit_must_be_as_the_rfc_wants_it(value: object, flag: str) -> None:
    assert flags(of_header(exp=1, crit=value)).get("crit", "").startswith(flag)


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("scope", "RFC 8693 §4.2"),
        ("nonce", "OpenID Connect Core §2"),
        ("azp", "authorized party"),
        ("email", "e-mail address (OpenID Connect Core §5.1)"),
        ("auth_time", "when the user signed in"),
        ("cnf", "RFC 7800 §3.1"),
        ("htu", "RFC 9449 §4.2"),
        ("roles", "RFC 9068 §2.2.3.1"),
        ("cdniv", "registered with IANA"),
        ("password", "not registered: the application's own; anyone who holds the token can"),
        ("Scope", "not registered"),
    ],
)
def test_a_claim_is_explained_by_its_registration(name: str, meaning: str) -> None:
    assert meaning in part(of_claims(**{name: 1}), name).meaning


def test_all_names_of_the_registries_are_there_once() -> None:
    assert len(names.CLAIMS.keys() | names.MORE_CLAIMS) == 163
    assert not names.CLAIMS.keys() & names.MORE_CLAIMS
    assert len(names.HEADERS.keys() | names.MORE_HEADERS) == 33
    assert not names.HEADERS.keys() & names.MORE_HEADERS
    for known in (names.CLAIMS, names.HEADERS):
        assert all(meaning.endswith(")") for meaning in known.values())


@pytest.mark.parametrize(
    ("value", "flag"),
    [
        (NOW * 10**3, "this looks like milliseconds"),
        (NOW * 10**6, "this looks like microseconds"),
        (10**18, "this looks like nanoseconds"),
        (10**25, "no time that anyone means: after the year 3000"),
        (YEAR_5138_IN_SECONDS, "no time that anyone means: after the year 3000"),
        (float("inf"), "no time, and no number of JSON"),
        (float("-inf"), "no time, and no number of JSON"),
        (float("nan"), "no time, and no number of JSON"),
        (-1, "before 1970"),
        (0, ""),
        (NOW + 0.5, ""),
        ("1795000000", "not a number"),
        (None, "not a number"),
    ],
)
def test_a_time_is_told_from_other_units_and_from_nonsense(value: object, flag: str) -> None:
    for name in ("exp", "iat", "nbf", "auth_time"):
        found = flags(of_claims(**{name: value})).get(name, "")
        assert found.startswith(flag) and bool(found) is bool(flag)


@pytest.mark.parametrize(
    ("aud", "right"),
    [("trax", True), (["trax"], True), ([], True), (1, False), ([1], False), ({}, False)],
)
def test_the_audience_is_a_string_or_several(aud: object, right: bool) -> None:
    assert ("aud" not in flags(of_claims(aud=aud))) is right


def test_an_endless_number_is_json_and_no_time() -> None:
    found = of_json(f'{{"exp": {"9" * 5000}, "n": [-{"8" * 5000}]}}')
    assert part(found, "exp").flag == "no time: a number of 5,000 digits"
    assert "".join(getattr(p, "real", p) for p in part(found, "n").shown) == f"[-{'8' * 5000}]"


def test_a_repeated_name_is_flagged() -> None:
    found = of_json('{"sub": "1", "exp": 1, "sub": "2"}', '{"alg":"HS256","alg":"none"}')
    for name in ("sub", "alg"):
        assert "written more than once: readers differ" in part(found, name).flag
    assert plain(part(found, "sub").shown) == '"2"'


@pytest.mark.parametrize(
    ("payload", "flag"),
    [
        ('{"exp": 1}'.encode("utf-16"), "not in UTF-8"),
        (b'{"exp": 1, "a": "\xff"}', ""),
        (b'\xef\xbb\xbf{"exp": 1}', "a byte order mark"),
    ],
)
def test_json_that_is_not_in_plain_utf_8_is_flagged_or_refused(payload: bytes, flag: str) -> None:
    if flag:
        assert part(of_json(payload), "payload").flag.startswith(flag)
        return
    with pytest.raises(ValueError, match="not JSON in base64url"):
        of_json(payload)


def test_json_that_is_nested_too_deep_is_refused_plainly() -> None:
    for depth in (900, 990, 5_000, 100_000):
        try:
            of_json(f'{{"exp": 1, "a": {"[" * depth}{"]" * depth}}}')
        except ValueError as error:
            assert "nested too deep" in str(error)


def test_a_signature_of_the_wrong_length_is_none() -> None:
    assert "HS256 makes 256 bits" in part(anatomy(token()), "signature").flag
    assert part(of_claims(), "signature").flag == ""


def test_a_header_without_an_algorithm_is_flagged() -> None:
    found = anatomy(unsigned({"typ": "JWT"}, {"exp": NOW}, SIGNATURE))
    assert "each token says how it is signed" in part(found, "alg").flag


def jwe(header: str = '{"alg":"dir","enc":"A256GCM"}', key: str = "") -> str:
    encoded = base64.urlsafe_b64encode(header.encode()).rstrip(b"=").decode()
    return f"{encoded}.{key}.48V1_ALb6US04U3b.5eym8TW_c8SuK0lt.XFBoMYUZodetZdvT"


def test_an_encrypted_token_is_named_and_its_header_read() -> None:
    found = anatomy(jwe())
    assert found.kind == "JWE"
    names_of_parts = ["header", "alg", "enc", "key", "vector", "content", "tag"]
    assert [one.name for one in found.parts] == names_of_parts
    assert "both sides have it" in part(found, "key").meaning
    assert "AES-GCM" in part(found, "enc").meaning
    assert "who lacks the key reads nothing" in part(found, "content").meaning
    assert flags(found) == {}
    wrapped = anatomy(jwe('{"alg":"RSA-OAEP","enc":"A128CBC-HS256","zip":"DEF"}', "OKOawDo13gRp"))
    assert "a public key encrypts the key" in part(wrapped, "alg").meaning
    assert flags(wrapped) == {}


@pytest.mark.parametrize(
    ("header", "name", "flag"),
    [
        ('{"alg":"HS256","enc":"A256GCM"}', "alg", "an algorithm for signed tokens"),
        ('{"alg":"dir","enc":"rot13"}', "enc", "no way of encryption"),
        ('{"alg":"dir"}', "enc", "an encrypted token says so"),
        ('{"alg":"none","enc":"A256GCM"}', "alg", "no signature"),
    ],
)
def test_what_is_wrong_with_an_encrypted_token_is_flagged(
    header: str, name: str, flag: str
) -> None:
    assert part(anatomy(jwe(header)), name).flag.startswith(flag)


def test_five_parts_without_json_are_no_token() -> None:
    with pytest.raises(ValueError, match="not JSON in base64url"):
        anatomy("www.example.org.and.more")


def test_the_key_of_the_tests_is_in_no_anatomy() -> None:
    assert KEY not in repr(of_claims())
