"""What `compare` finds different between exchanges, and what it refuses to compare."""

from dataclasses import replace

import pytest
from starlette.responses import Response

from classroom.compare import compare
from classroom.exchanges.exchange import Exchange
from tests.support.html_parsed import Parsed, assert_same_words, bundle

ANSWER = Exchange(
    "POST",
    "/api/signup",
    "",
    (),
    b'{"email": "ada@trax.test"}',
    201,
    "Created",
    (("content-type", "application/json"),),
    b'{"id": 1}',
)


def test_two_exchanges_are_compared_as_they_are_shown() -> None:
    refused = replace(ANSWER, status=409, reason="Conflict", response_body=b'{"error": "taken"}')
    comparison = compare(ANSWER, refused)
    assert repr(comparison).splitlines() == [
        "2 lines added, 2 removed",
        "− POST /api/signup → 201",
        "+ POST /api/signup → 409",
        "",
        "…",
        '  {"email": "ada@trax.test"}',
        "",
        "− → 201 Created",
        "+ → 409 Conflict",
        "  content-type: application/json",
        "",
        '− {"id": 1}',
        '+ {"error": "taken"}',
    ]
    left, right = Parsed(bundle(comparison)[1]).text.split("+ POST")
    assert "201 Created" in left and "409 Conflict" in right


def test_the_same_exchange_is_said_to_be_the_same() -> None:
    text, html = bundle(compare(ANSWER, ANSWER))
    assert text == "no difference between POST /api/signup → 201 and POST /api/signup → 201"
    assert Parsed(html).text == text


def test_both_forms_say_the_same() -> None:
    assert_same_words(compare(ANSWER, replace(ANSWER, status=500, reason="")))


@pytest.mark.parametrize("thing", [1, "text", None, Response, ANSWER])
def test_other_things_are_refused_with_what_can_be_compared(thing: object) -> None:
    with pytest.raises(TypeError, match="compare takes two functions, routes or exchanges, not a"):
        compare(print, thing)


def test_a_function_without_source_is_said_to_have_none() -> None:
    with pytest.raises(ValueError, match="The source of len is not known here"):
        compare(len, len)
