"""How the body of a request or a response is shown."""

import json
from collections.abc import Iterator

import pytest

from classroom.exchanges.exchange import Exchange
from tests.support.html_parsed import assert_same_words
from tests.support.recorded_server import Served


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    server = Served()
    server.thread.start()
    yield server
    server.thread.stop()


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ('{"a":1,"a":2}', '{"a": 1, "a": 2}'),
        ('{"name":"caf\\u00e9","n":1.50}', '{"name": "caf\\u00e9", "n": 1.50}'),
        ('{"list":[],"object":{},"x":[1,[2]]}', '{"list": [], "object": {}, "x": [1, [2]]}'),
        ('{"half":', '{"half":'),
        ("[" * 4000, "… (3,800 more characters)"),
        ("null", "null"),
    ],
)
def test_json_is_shown_as_it_was_sent(served: Served, body: str, shown: str) -> None:
    headers = {"Content-Type": "application/json"}
    found = served.send("POST", "/echo", data=body, headers=headers)
    assert shown in repr(found)
    assert_same_words(found)


def test_json_that_does_not_fit_on_a_line_is_indented(served: Served) -> None:
    body = {
        "songs": [{"title": "Midnight Train to Georgia", "by": "Gladys Knight"}],
        "n": 1,
        "m": [],
    }
    headers = {"Content-Type": "application/json"}
    text = repr(served.send("POST", "/echo", data=json.dumps(body), headers=headers))
    assert json.dumps(body, indent=2) in text


def test_a_long_body_is_cut_with_a_note(served: Served) -> None:
    text = repr(served.send("POST", "/echo", data="\n".join(map(str, range(100)))))
    assert text.count("… (88 more lines)") == 2
    assert len(text.splitlines()) < 36


def test_a_picture_is_named_and_not_shown() -> None:
    found = Exchange(
        "GET", "/p", "", (), b"", 200, "OK", (("content-type", "image/png"),), b"\x89PNG"
    )
    assert "(4 bytes of image/png)" in repr(found)
