"""What PyJWT makes of odd claims, the published vector, and tokens written by hand."""

import hmac
import time
from datetime import timedelta

import jwt

from classroom.attacks.forge import forge
from classroom.lessons.rfc_examples import A1_KEY, A1_TOKEN
from classroom.lessons.token_table import sign_and_read

KEY = "a key of the tests, long enough for HS256"


def now() -> int:
    return int(time.time())


def row(claims: dict[str, object]) -> tuple[object, ...]:
    (found,) = sign_and_read({"these": claims}, KEY)
    assert found["claims"] == "these"
    return found["signing"], found["reading"], found["strictly"]


def test_by_hand_and_pyjwt_write_the_same_token_to_the_last_byte() -> None:
    claims = {"sub": "1", "exp": now() + 3600, "jti": "a"}
    assert forge(claims, KEY.encode()) == jwt.encode(claims, KEY)


def test_the_published_vector_holds_by_hand_and_in_pyjwt() -> None:
    text, _, signature = A1_TOKEN.rpartition(".")
    mac = hmac.digest(A1_KEY, text.encode(), "sha256")
    assert jwt.utils.base64url_encode(mac).decode() == signature
    said = jwt.decode(A1_TOKEN, A1_KEY, algorithms=["HS256"], options={"verify_exp": False})
    assert said == {"iss": "joe", "exp": 1300819380, "http://example.com/is_root": True}


def test_an_end_in_milliseconds_is_accepted_and_a_beginning_in_them_is_not() -> None:
    assert row({"exp": (now() + 60) * 1000}) == ("signed", "accepted", "accepted")
    immature = "ImmatureSignatureError"
    assert row({"exp": now() + 3600, "iat": now() * 1000}) == ("signed", immature, immature)


def test_an_end_that_is_a_text_is_signed_and_never_read_and_a_timedelta_is_not_signed() -> None:
    assert row({"exp": "8h"}) == ("signed", "DecodeError", "DecodeError")
    assert row({"exp": timedelta(hours=8)}) == ("TypeError", "", "")


def test_a_missing_end_is_accepted_unless_it_is_required() -> None:
    assert row({}) == ("signed", "accepted", "MissingRequiredClaimError")


def test_leeway_forgives_a_clock_and_no_more() -> None:
    assert row({"exp": now() - 10}) == ("signed", "ExpiredSignatureError", "accepted")
    over = "ExpiredSignatureError"
    assert row({"exp": now() - 3600}) == ("signed", over, over)


def test_a_number_as_subject_fails_at_the_second_request() -> None:
    subject = "InvalidSubjectError"
    assert row({"exp": now() + 3600, "sub": 1}) == ("signed", subject, subject)
