"""Tokens: each forgery is right in everything but the one thing under test."""

import hmac
import json
import time

import jwt
import pytest
from jwt.utils import base64url_encode

from minisrv.auth import access_tokens
from minisrv.errors import NotSignedIn, TokenExpired

KEY = "a key of the tests, long enough for HS384 as well, so that no warning comes"
HEADER = {"typ": "trax-access+jwt"}


def claims(**changes: object) -> dict[str, object]:
    """Return the claims of a good token with changes; None leaves a claim out."""
    now = int(time.time())
    good = {"iss": "trax", "aud": "trax", "sub": "7", "iat": now, "exp": now + 60, "jti": "x"}
    return {name: value for name, value in {**good, **changes}.items() if value is not None}


def signed(key: str = KEY, header: dict = HEADER, algorithm: str = "HS256", **changes) -> str:
    return jwt.encode(claims(**changes), key, algorithm=algorithm, headers=header)


def test_the_good_token_that_all_forgeries_start_from_is_accepted() -> None:
    assert access_tokens.read(signed(), KEY).user_id == 7


def test_what_is_issued_is_read_back() -> None:
    read = access_tokens.read(access_tokens.issue(7, KEY, 60), KEY)
    assert read.user_id == 7 and len(read.token_id) == 32
    assert 50 < read.expires - time.time() <= 60


def test_what_is_issued_says_what_it_is_and_nothing_about_the_person() -> None:
    whole = jwt.decode_complete(
        access_tokens.issue(7, KEY, 60, now=1_800_000_000.9),
        options={"verify_signature": False},
    )
    assert whole["header"] == {"alg": "HS256", "typ": "trax-access+jwt"}
    assert whole["payload"].pop("jti")
    assert whole["payload"] == {
        "iss": "trax",
        "aud": "trax",
        "sub": "7",
        "iat": 1_800_000_000,
        "exp": 1_800_000_060,
    }


NEXT = "2:" + KEY


def test_a_key_with_a_number_signs_and_the_one_before_is_still_read() -> None:
    old, new = access_tokens.issue(7, KEY, 60), access_tokens.issue(8, NEXT, 60)
    assert "kid" not in jwt.get_unverified_header(old)
    assert jwt.get_unverified_header(new)["kid"] == "2"
    assert access_tokens.read(old, NEXT, old_key=KEY).user_id == 7
    assert access_tokens.read(new, NEXT, old_key=KEY).user_id == 8
    assert access_tokens.read(new, NEXT).user_id == 8
    third = "3:" + KEY
    assert access_tokens.read(new, third, old_key=NEXT).user_id == 8
    for token in (old, new):
        with pytest.raises(NotSignedIn):
            access_tokens.read(token, third)  # the change is complete


@pytest.mark.parametrize("kid", ["3", "", "02", "2 ", "../../dev/null", "' OR 1=1 --", "٢"])
@pytest.mark.parametrize("key", [NEXT, "", "2"])
def test_a_kid_that_names_no_key_of_ours_is_refused(kid: str, key: str) -> None:
    header, payload = (pack(part) for part in ({**HEADER, "alg": "HS256", "kid": kid}, claims()))
    signature = hmac.digest(key.encode(), f"{header}.{payload}".encode(), "sha256")
    forged = f"{header}.{payload}.{base64url_encode(signature).decode()}"
    for old_key in (None, "1:" + KEY):
        with pytest.raises(NotSignedIn):
            access_tokens.read(forged, NEXT, old_key=old_key)


@pytest.mark.parametrize("kid", [None, 2, ["2"], {"2": "2"}, True])
def test_a_kid_that_is_no_text_is_refused(kid: object) -> None:
    header = pack({**HEADER, "alg": "HS256", "kid": kid})
    with pytest.raises(NotSignedIn):
        access_tokens.read(f"{header}.{pack(claims())}.AAAA", NEXT, old_key=KEY)


def test_the_kid_of_one_key_does_not_serve_for_the_other() -> None:
    for header, key in ((HEADER, NEXT), ({**HEADER, "kid": "2"}, KEY)):
        with pytest.raises(NotSignedIn):
            access_tokens.read(signed(key, header), NEXT, old_key=KEY)


def pack(part: object) -> str:
    return base64url_encode(json.dumps(part).encode()).decode()


def test_two_tokens_of_one_second_differ() -> None:
    assert access_tokens.issue(7, KEY, 60, now=1) != access_tokens.issue(7, KEY, 60, now=1)


def test_a_token_that_is_over_is_told_so() -> None:
    with pytest.raises(TokenExpired):
        access_tokens.read(access_tokens.issue(7, KEY, 60, now=time.time() - 60), KEY)


@pytest.mark.parametrize("claim", access_tokens.REQUIRED)
def test_a_token_without_a_required_claim_is_refused(claim: str) -> None:
    with pytest.raises(NotSignedIn):
        access_tokens.read(signed(**{claim: None}), KEY)


FORGERIES = {
    "another key": lambda: signed(key="another key of the same length for HS256"),
    "another type": lambda: signed(header={"typ": "JWT"}),
    "a refresh token": lambda: signed(header={"typ": "rt+jwt"}),
    "the type of OAuth": lambda: signed(header={"typ": "at+jwt"}),
    "another algorithm": lambda: signed(algorithm="HS384", key=KEY),
    "another audience": lambda: signed(aud="billing"),
    "another issuer": lambda: signed(iss="mallory"),
    "a number as sub": lambda: signed(sub=7),
    "a sub beyond any account": lambda: signed(sub=str(2**31)),
    "a negative sub": lambda: signed(sub="-1"),
    "a sub that is no number": lambda: signed(sub="seven"),
    "from the day after tomorrow": lambda: signed(iat=int(time.time()) + 2 * 86_400),
    "milliseconds": lambda: signed(iat=int(time.time() * 1000)),
    "a list as iat": lambda: signed(iat=[1]),
    "text as iat": lambda: signed(iat="now"),
    "no algorithm": lambda: jwt.encode(claims(), None, algorithm="none", headers=HEADER),
    "no signature": lambda: signed().rpartition(".")[0] + ".",
    "another payload": lambda: ".".join(
        [signed().split(".")[0], signed(sub="8").split(".")[1], signed().split(".")[2]]
    ),
    "nothing": lambda: "",
    "two parts": lambda: "a.b",
    "not ASCII": lambda: "é.é.é",
    "half a character": lambda: "\udc80",
    "deep": lambda: jwt.utils.base64url_encode(b"[" * 3000).decode() + ".e30.AAAA",
}


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_token_is_refused(forgery) -> None:
    with pytest.raises(NotSignedIn) as refused:
        access_tokens.read(forgery(), KEY)
    assert refused.type is NotSignedIn
