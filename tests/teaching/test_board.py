"""The board's server: what it shows, what it refuses, where it listens.

Left out: what a notebook sends to it (lessons/test_class_board.py).
"""

import signal
import subprocess
import sys

import pytest
import requests

from classroom import exercises
from classroom.board import board
from classroom.checking import class_board as sender
from teaching.board.__main__ import HERE_ONLY, main
from teaching.board.app import new_code
from teaching.board.results import LESSON_OF, MAX_NAMES, BoardFull, Results
from tests.support.board_server import class_page as class_page
from tests.support.paths import ROOT

JSON = {"Content-Type": "application/json"}


def send(address: str, name: object, exercise: object = "say-hello") -> requests.Response:
    return requests.post(address, json={"name": name, "exercise": exercise}, timeout=60)


def test_the_board_knows_each_exercise_of_the_course() -> None:
    assert sorted(LESSON_OF) == exercises.ids()


def test_what_is_sent_is_counted_once_and_shown_escaped(class_page: str) -> None:
    for name in ("<b>Ann</b>", "<b>Ann</b>", "Bo & Cy"):
        assert send(class_page, name).status_code == 204
    send(class_page, "Bo & Cy", "salt-guessable")
    page = requests.get(class_page, timeout=60)
    assert "<b>" not in page.text
    assert '<bdi>&lt;b&gt;Ann&lt;/b&gt;</bdi></th><td class="number">1</td>' in page.text
    assert '<bdi>Bo &amp; Cy</bdi></th><td class="number">2</td>' in page.text
    assert "How many of 2 have done each exercise" in page.text
    assert '<th scope="row">say-hello</th><td class="number">2</td>' in page.text
    assert '<th scope="row">salt-each</th><td class="number">0</td>' in page.text
    assert '<th scope="row">salt-guessable</th><td class="number">1</td>' in page.text
    assert "hash-wrapped" not in page.text  # a deeper one, which nobody has done


def test_the_page_runs_nothing_and_can_stand_still(class_page: str) -> None:
    page, still = (requests.get(class_page + query, timeout=60) for query in ("", "?still"))
    assert page.headers["Refresh"] == "5" and "Refresh" not in still.headers
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'nonce-") and "script-src" not in policy
    assert policy != still.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "same-origin"  # the code is told to no other site
    for outside in ("<script", "src=", "http://", "https://"):
        assert outside not in page.text


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"name": "", "exercise": "say-hello"}, 422, "bad_name"),
        ({"name": "  ", "exercise": "say-hello"}, 422, "bad_name"),
        ({"name": "a" * 41, "exercise": "say-hello"}, 422, "bad_name"),
        ({"name": "a\x1bb", "exercise": "say-hello"}, 422, "bad_name"),
        ({"name": "a\u202eb", "exercise": "say-hello"}, 422, "bad_name"),
        ({"name": "a\ud800b", "exercise": "say-hello"}, 422, "bad_name"),
        ({"name": "Ann", "exercise": "no-such"}, 422, "unknown_exercise"),
        ({"name": 5, "exercise": "say-hello"}, 400, "malformed_body"),
        ({"name": "Ann"}, 400, "malformed_body"),
        (["Ann"], 400, "malformed_body"),
        ({"name": "Ann", "exercise": "say-hello", "more": "x" * 1024}, 413, "body_too_large"),
    ],
)
def test_what_is_wrong_is_refused_in_a_sentence(
    class_page: str, body: object, status: int, code: str
) -> None:
    refused = requests.post(class_page, json=body, timeout=60)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert refused.json()["error"].endswith(".")
    assert "Nobody has sent an exercise yet." in requests.get(class_page, timeout=60).text


def test_a_form_another_method_and_another_code_are_refused(class_page: str) -> None:
    form = requests.post(class_page, data={"name": "Ann", "exercise": "say-hello"}, timeout=60)
    assert form.status_code == 415
    assert requests.delete(class_page, timeout=60).status_code == 405
    other = class_page.rpartition("/")[0] + "/" + new_code()
    assert send(other, "Ann").status_code == 404
    assert requests.get(other, timeout=60).json()["error"] == "There is nothing at this address."


def test_it_takes_500_names_of_40_characters_and_no_more() -> None:
    results = Results()
    names = [f"{number:040}" for number in range(MAX_NAMES)]
    for name in names:
        results.add(name, "say-hello")
    with pytest.raises(BoardFull):
        results.add("one more", "say-hello")
    results.add(names[0], "salt-each")  # a known name can go on
    assert results.names()[0] == (names[0], 2) and len(results.names()) == MAX_NAMES


def test_names_are_in_alphabetical_order_whatever_they_have_done() -> None:
    results = Results()
    for name, id in (
        ("Cy", "say-hello"),
        ("bo", "say-hello"),
        ("Cy", "hash-nul"),
        ("Al", "hash-nul"),
    ):
        results.add(name, id)
    assert results.names() == [("Al", 1), ("bo", 1), ("Cy", 2)]


def test_a_code_is_random_and_cannot_be_guessed() -> None:
    codes = {new_code() for _ in range(100)}
    assert len(codes) == 100 and {len(code) for code in codes} == {8}


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        (["--host", "0.0.0.0"], 2, "--host is one address of this computer"),
        (["--host", ""], 2, "--host is one address of this computer"),
        (["--host", "192.0.2.1"], 1, "The board cannot listen at 192.0.2.1"),  # RFC 5737: nobody's
    ],
)
def test_an_address_that_is_not_one_of_this_computer_is_refused(
    options: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*options, "--port", "0"]) == status
    printed = capsys.readouterr()
    assert printed.err.startswith(said) and printed.err.count("\n") == 1 and printed.out == ""


def test_a_busy_port_is_said_in_a_sentence(
    class_page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    port = class_page.split(":")[2].partition("/")[0]
    assert main(["--port", port]) == 1
    assert "choose another --port" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no Ctrl-C to one process alone")
def test_the_command_prints_the_line_that_a_notebook_can_run() -> None:
    command = [sys.executable, "-m", "teaching.board", "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as child:
        try:
            said = [child.stdout.readline().strip() for _ in range(7)]
            assert said[1] == HERE_ONLY
            (line,) = (line for line in said if line.startswith("board("))
            assert "the exercise's id" in eval(line, {"board": board}).as_text()
        finally:
            sender.switch_off()
            child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
    assert (child.returncode, out.strip().splitlines()[-1], err) == (0, "The board has ended.", "")
