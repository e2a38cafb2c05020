"""Whatever an attacker writes is shown, in every kind of display, and takes no effect."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom.anatomy import anatomy
from classroom.display.displayable import Displayable
from classroom.display.note import note
from classroom.exchanges.exchange import Exchange
from tests.support.hostile import HOSTILE, KINDS
from tests.support.html_parsed import ALLOWED, Parsed, bundle

STYLE_WORDS = {"class", "style"}
CONTROLS = re.compile(r"[^\n -\x7e\xa0-\U0010ffff]")
SCOPES = {"col", "row", "rowgroup", "colgroup"}  # of a heading


def assert_harmless(shown: Displayable) -> None:
    """Assert that text and HTML hold nothing but what the classroom itself puts there."""
    text, html = bundle(shown)
    parsed = Parsed(html)
    assert {tag for tag, _ in parsed.elements} <= ALLOWED
    for _, attributes in parsed.elements:
        assert attributes.keys() - {"scope"} <= STYLE_WORDS
        assert attributes.get("scope", "col") in SCOPES
    assert parsed.other == []
    assert [tag for tag, _ in parsed.elements].count("style") == 1
    for form in (text, html, parsed.text):
        form.encode("utf-8")  # a lone surrogate would end the kernel's output here
        assert not CONTROLS.search(form)
        assert not set(form) & set("\u200b\u2028\u202e\u2066\ufeff")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_is_harmless(kind: str, text: str) -> None:
    assert_harmless(KINDS[kind](text))


@pytest.mark.parametrize("kind", ["exchange", "table", "bars", "note", "comparison of code"])
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_text_is_shown_as_it_is(kind: str, text: str) -> None:
    plain, html = bundle(KINDS[kind](text))
    # Quotes are spelled differently inside JSON, halves of characters inside UTF-8.
    expected = HOSTILE[text]
    assert expected in plain
    assert expected in Parsed(html).text.replace('"' * 3, '"')


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet=st.characters(), max_size=40))
def test_any_text_is_harmless_in_every_kind(text: str) -> None:
    for make in KINDS.values():
        assert_harmless(make(text))


@settings(max_examples=60, deadline=None)
@given(body=st.binary(max_size=200), kind=st.sampled_from(["application/json", "text/html", ""]))
def test_any_body_is_harmless(body: bytes, kind: str) -> None:
    headers = (("content-type", kind),)
    assert_harmless(Exchange("POST", "/", "", headers, body, 200, "OK", headers, body))


@settings(max_examples=100, deadline=None)
@given(line=st.text(max_size=80))
def test_any_text_is_taken_apart_or_refused(line: str) -> None:
    try:
        found = anatomy(line)
    except ValueError:
        return
    assert_harmless(found)


def test_a_nested_body_does_not_exhaust_the_stack() -> None:
    body = b"[" * 60000
    headers = (("content-type", "application/json"),)
    assert_harmless(Exchange("POST", "/", "", headers, body, 200, "OK", headers, body))


def test_a_name_that_looks_like_a_real_value_stays_when_tests_empty_real_values() -> None:
    html = bundle(note('<span class="real">Mallory</span>'))[1]
    assert '<span class="real">' not in html


def test_the_dollars_of_a_hash_are_no_formula() -> None:
    html = bundle(note("$2b$12$"))[1]
    (outer,) = [found["class"] for tag, found in Parsed(html).elements if "class" in found]
    # The names by which MathJax 3 (JupyterLab) and 2 (nbconvert) leave an element alone.
    assert {"mathjax_ignore", "tex2jax_ignore"} <= set(outer.split())
