"""anatomy() of any input: a display without live HTML or a clear ValueError, also of a megabyte.

How long it takes is not measured here: a test would depend on the machine. Its work is counted.
"""

import sys

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from classroom.anatomy import Anatomy, anatomy
from tests.support.anatomized import unsigned, whole
from tests.support.hash_samples import SAMPLES
from tests.support.html_parsed import Parsed, bundle

KNOWN = [text for text, *_ in SAMPLES]
PIECES = [
    *"$,=;:.{}!*@/",
    "Set-Cookie: ",
    "argon2id",
    "2b",
    "{SSHA}",
    "eyJ",
    "e30",
    "a=b",
    "Path=/",
]
ODD = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join)
MEGABYTE = 10**6
LARGE = {
    "value": lambda n: "t=" + "x" * n,
    "name": lambda n: "x" * n + "=1; Path=/",
    "attributes": lambda n: "t=1" + "; Path=/" * (n // 8),
    "unknown attributes": lambda n: "t=1" + "; a" * (n // 3),
    "attribute": lambda n: "t=1; Domain=" + "x" * n,
    "digits": lambda n: "t=1; Max-Age=" + "9" * n,
    "controls": lambda n: "t=1; Path=/" + "\x01" * n,
    "text": lambda n: "x" * n,
    "dollars": lambda n: "$" * n,
    "labels": lambda n: "{CRYPT}" * (n // 7),
    "Django's": lambda n: "pbkdf2_sha256$1$" + "s" * n + "$",
    "Werkzeug's": lambda n: "scrypt:1:1:1$s$" + "0a" * (n // 2),
    "hex": lambda n: "0" * n,
    "dots": lambda n: "e30." * (n // 4),
    "claim": lambda n: unsigned({"alg": "HS256"}, {"exp": 1, "a": "x" * n}),
    "claims": lambda n: unsigned({"alg": "HS256"}, {str(i): i for i in range(n // 16)}),
    "integer": lambda n: unsigned({"alg": "HS256"}, {"exp": 1, "a": ["x"] * (n // 6)}),
    "signature": lambda n: unsigned({"alg": "HS256"}, {"exp": 1}, "x" * n),
    "header": lambda n: unsigned({"alg": "x" * n}, {"exp": 1}),
}


def taken_apart(text: str | bytes) -> Anatomy | None:
    """Return the anatomy, or None for a text that anatomy() refuses with a sentence."""
    try:
        return anatomy(text)
    except ValueError as error:
        assert str(error).endswith(".") and " " in str(error)
        return None


def assert_shown(found: Anatomy | None, text: str) -> None:
    if found is None:
        return
    plain, html = bundle(found)
    assert plain.startswith(found.kind)
    assert not [tag for tag, _ in Parsed(html).elements if tag in ("script", "img", "a")]
    assert whole(found) in text


@tries(max_examples=100, deadline=None)
@given(st.text(max_size=60) | ODD)
def test_any_text_is_shown_or_refused_with_a_sentence(text: str) -> None:
    assert_shown(taken_apart(text), text)
    assert_shown(taken_apart(f"Set-Cookie: {text}"), text)


@tries(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_shown_or_refused_with_a_sentence(data: bytes) -> None:
    assert_shown(taken_apart(data), data.decode(errors="replace"))


@tries(max_examples=100, deadline=None)
@given(st.sampled_from(KNOWN), st.integers(0, 120), st.text(max_size=3), st.integers(0, 3))
def test_a_hash_that_was_changed_is_shown_or_refused(
    text: str, place: int, put: str, cut: int
) -> None:
    changed = text[:place] + put + text[place + cut :]
    found = taken_apart(changed)
    assert_shown(found, changed)
    if found is not None and found.kind not in ("Set-Cookie", "JWT", "JWE"):
        assert whole(found) == changed.strip(" \t\r\n")


@tries(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=6,
    ),
    st.sampled_from(["alg", "typ", "kid", "crit", "enc", "jwk", "b64"]),
    st.sampled_from(["sub", "exp", "iat", "aud", "jti", "sid", "a"]),
)
def test_a_token_with_any_json_is_shown(value: object, field: str, claim: str) -> None:
    text = unsigned({"alg": "HS256", field: value}, {claim: value})
    assert_shown(anatomy(text), text)


def work(text: str) -> int:
    """Return how many functions are called to take a text apart and to show it."""
    calls = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        bundle(found) if (found := taken_apart(text)) else None
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("kind", LARGE)
def test_ten_times_as_much_text_is_ten_times_the_work_at_most(kind: str) -> None:
    """And a constant: what a megabyte needs is known from a tenth of it."""
    small, large = (work(LARGE[kind](size)) for size in (MEGABYTE // 100, MEGABYTE // 10))
    assert large <= 11 * small + 1000


@pytest.mark.parametrize("kind", LARGE)
def test_a_megabyte_gets_an_answer(kind: str) -> None:
    text = LARGE[kind](MEGABYTE)
    assert len(text) >= MEGABYTE // 2
    found = taken_apart(text)
    if found is not None:
        assert len(repr(found).splitlines()) <= 260
