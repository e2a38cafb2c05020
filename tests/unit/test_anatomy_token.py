"""anatomy() of tokens: genuine, forged and broken."""

import base64

import jwt
import pytest

from classroom.anatomy import anatomy
from classroom.display.text import plain
from tests.support.anatomized import CLAIMS, KEY, NOW, flags, part, token, unsigned


def test_a_token_is_read_and_each_claim_explained() -> None:
    found = anatomy(jwt.encode(CLAIMS, KEY, algorithm="HS256", headers={"typ": "trax-access+jwt"}))
    shown = {one.name: plain(one.shown) for one in found.parts}
    assert shown == {
        "header": "JSON",
        "alg": '"HS256"',
        "typ": '"trax-access+jwt"',
        "payload": "JSON",
        "iss": '"trax"',
        "sub": '"1"',
        "iat": "‹time-1›",
        "exp": "iat + 8 h",
        "jti": "‹id-1›",
        "signature": "‹signature-1›",
    }
    assert "(RFC 7519 §4.1.4)" in part(found, "exp").meaning
    assert "read without a key, not verified" in repr(found)
    assert "256 bits" in part(found, "signature").meaning
    assert flags(found) == {}


def test_a_forged_token_is_read_all_the_same() -> None:
    genuine = jwt.encode(CLAIMS, KEY, algorithm="HS256")
    header, _, signature = genuine.split(".")
    forged = unsigned({"alg": "HS256", "typ": "JWT"}, {**CLAIMS, "sub": "2"}, signature)
    assert plain(part(anatomy(forged), "sub").shown) == '"2"'
    assert "not verified" in repr(anatomy(forged))


@pytest.mark.parametrize(
    ("value", "name", "flag"),
    [
        (unsigned({"alg": "none"}, {"exp": NOW}), "alg", "no signature: anyone can write"),
        (unsigned({"alg": "nOnE"}, {"exp": NOW}), "alg", "no signature: anyone can write"),
        (unsigned({"alg": "none"}, {"exp": NOW}), "signature", "nothing protects this token"),
        (token(exp=NOW * 1000), "exp", "this looks like milliseconds; NumericDate is seconds"),
        (token(iat=NOW * 1000), "iat", "this looks like milliseconds"),
        (token(exp="8h"), "exp", "not a number"),
        (token(exp=True), "exp", "not a number"),
        (token(sub=1), "sub", "not a string"),
        (unsigned({"alg": "HS256"}, {"sub": "1"}, "c2ln"), "exp", "it never ends"),
        (token() + "=", "signature", "base64url in a JWT has no = at its end"),
    ],
)
def test_what_is_wrong_with_a_token_is_flagged(value: str, name: str, flag: str) -> None:
    found = anatomy(value)
    assert flags(found)[name].startswith(flag)
    assert f"▲ {flags(found)[name]}" in repr(found)


def test_a_date_that_is_early_is_a_relation_too() -> None:
    found = anatomy(token(iat=NOW, exp=NOW - 60, nbf=NOW + 90))
    assert plain(part(found, "exp").shown) == "iat - 1 min"
    assert plain(part(found, "nbf").shown) == "iat + 1 min 30 s"


def test_huge_and_infinite_dates_are_shown_and_do_not_crash() -> None:
    for date in ("1e400", "-1e400", "NaN", "9" * 300):
        body = base64.urlsafe_b64encode(f'{{"iat": 1, "exp": {date}}}'.encode()).rstrip(b"=")
        assert "exp" in repr(anatomy(f"eyJhbGciOiJIUzI1NiJ9.{body.decode()}.c2ln"))


@pytest.mark.parametrize("value", ["a.b.c", "eyJhbGciOiJub25lIn0.W10.", "e30.!.x", "bnVsbA.e30.x"])
def test_three_parts_that_hold_no_json_object_are_no_token(value: str) -> None:
    with pytest.raises(ValueError, match="token|takes apart"):
        anatomy(value)
