"""board(): what a notebook sends to the board of a class, when, and what never happens to a check.

Left out: the board itself (teaching/test_board.py).
"""

import threading
from collections.abc import Callable, Iterator

import pytest
import requests

from classroom import board, exercises
from classroom.board import NO_ADDRESS, NO_NAME, NOT_THERE, OFF
from classroom.check import check
from classroom.checking import class_board as sender
from classroom.server.server import Server
from minisrv.serve.server import bind
from tests.support.board_server import class_board
from tests.support.board_server import class_page as class_page
from tests.support.lesson_server import module_server as module_server

RIGHT, WRONG = "solution", "wrong"
THERE = f"HTTP/1.1 204 No Content\r\n{sender.MARK}: 1\r\nConnection: close\r\n\r\n".encode()


@pytest.fixture(autouse=True)
def switched_off() -> Iterator[None]:
    """Each test begins with no board, and ends when all is sent."""
    sender.switch_off()
    yield
    sender.switch_off()
    wait_for_senders()


def senders() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "board"]


def wait_for_senders() -> None:
    for thread in senders():
        thread.join(60)
        assert not thread.is_alive()


def checked(server: Server, answer: str) -> bool:
    """Return True if the check of say-hello says done to the right, or to a wrong, answer."""
    server.reset()
    exercise = exercises.load("say-hello")
    server.plug("health", exercise.solution if answer == RIGHT else exercise.wrong[0].answer)
    return bool(check("say-hello"))


def rows(address: str) -> list[str]:
    """Return what the board shows under names."""
    lines = requests.get(address, timeout=60).text.splitlines()
    return [line for line in lines if "<bdi>" in line]


class Listener:
    """A socket that takes the place of a board, and keeps the requests that come."""

    def __init__(self) -> None:
        self.requests: list[bytes] = []
        self._socket = bind("127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/code"

    def answer_one(self, act: Callable[[], object]) -> None:
        """Run `act`, which sends one request or several, and answer the first that is waiting."""
        thread = threading.Thread(target=act)
        thread.start()
        wire, _ = self._socket.accept()
        with wire:
            received = b""
            while b"\r\n\r\n" not in received or b"POST" in received and b"}" not in received:
                received += wire.recv(4096)
            self.requests.append(received)
            wire.sendall(THERE)
        thread.join(60)

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.close()


def test_done_arrives_and_not_yet_does_not(server: Server, class_page: str) -> None:
    said = board(class_page, " Ann ").as_text()
    assert "sends the name Ann and the exercise's id" in said and "nothing else" in said
    assert not checked(server, WRONG)
    assert senders() == []
    assert checked(server, RIGHT)
    wait_for_senders()
    (row,) = rows(class_page)
    assert "Ann" in row and ">1<" in row


def test_what_is_sent_is_the_name_and_the_id_and_nothing_else(
    server: Server, listener: Listener
) -> None:
    listener.answer_one(lambda: board(listener.address, "Ann"))
    listener.answer_one(lambda: checked(server, RIGHT))
    first, second = listener.requests
    assert first.startswith(b"GET /code") and b"Ann" not in first
    head, body = second.split(b"\r\n\r\n")
    assert body == b'{"name": "Ann", "exercise": "say-hello"}'
    names = sorted(line.partition(b":")[0].lower() for line in head.split(b"\r\n")[1:])
    assert names == [
        *(b"accept", b"accept-encoding", b"content-length", b"content-type"),
        *(b"host", b"user-agent"),
    ]
    assert b"signup-lessons" in head  # not the versions of this computer's software


def test_nothing_is_sent_unless_it_is_on(server: Server, listener: Listener) -> None:
    assert checked(server, RIGHT)
    assert senders() == []
    listener.answer_one(lambda: board(listener.address, "Ann"))
    assert board(None).as_text() == OFF
    assert checked(server, RIGHT)
    assert senders() == []
    listener.answer_one(lambda: board(listener.address, "Bo"))  # a sign: nothing came before it
    assert [request.split()[0] for request in listener.requests] == [b"GET", b"GET"]


def test_a_board_that_has_ended_does_not_disturb_a_check(
    server: Server, capfd: pytest.CaptureFixture[str]
) -> None:
    with class_board() as address:
        board(address, "Ann")
    capfd.readouterr()
    assert checked(server, RIGHT)
    wait_for_senders()
    assert capfd.readouterr() == ("", "")


def test_a_board_that_does_not_answer_keeps_no_check_waiting(
    server: Server, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "SECONDS", 60)
    sender.switch_on(listener.address, "Ann")
    assert checked(server, RIGHT)
    (waiting,) = senders()  # it waits for a response, and the check has long returned
    assert waiting.is_alive() and waiting.daemon
    listener.close()


def test_a_second_call_that_fails_switches_the_first_off(server: Server, class_page: str) -> None:
    board(class_page, "Ann")
    assert board("nowhere", "Ann").as_text() == NO_ADDRESS
    assert checked(server, RIGHT)
    assert senders() == [] and rows(class_page) == []


@pytest.mark.parametrize(
    "address",
    ["", "CODE", "127.0.0.1:8090/x", "file:///etc", "http://", "http://[", 5, b"http://x"],
)
def test_what_is_no_address_is_said(address: object) -> None:
    assert board(address, "Ann").as_text() == NO_ADDRESS


@pytest.mark.parametrize(
    "name", ["", " ", "a" * 41, "a\nb", "a\x00", "\u202ea", "\u200c", " \u200d", None, 5]
)
def test_what_is_no_name_is_said(name: object, class_page: str) -> None:
    assert board(class_page, name).as_text() == NO_NAME


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("山田\u3000太郎", "山田 太郎"),  # the blank of a Japanese keyboard
        ("\u00a0Ann\u00a0Lee", "Ann Lee"),
        ("علی\u200cرضا", "علی\u200cرضا"),  # a Persian name
    ],
)
def test_a_name_is_taken_as_its_language_writes_it(name: str, sent: str, class_page: str) -> None:
    board(class_page, name)
    sender.post("say-hello")
    wait_for_senders()
    (row,) = rows(class_page)
    assert f"<bdi>{sent}</bdi>" in row


def test_an_address_without_a_board_is_said(server: Server, class_page: str) -> None:
    with class_board() as ended:
        pass
    wrong_code = class_page[:-1] + "~"
    for address in (ended, wrong_code, server.url + "/health", "http://127.0.0.1:99999/x"):
        assert board(address, "Ann").as_text() == NOT_THERE
    assert checked(server, RIGHT)
    assert senders() == []


def test_each_done_is_sent_again_after_it_was_not(server: Server, class_page: str) -> None:
    assert checked(server, RIGHT)  # before it is on
    board(class_page, "Ann")
    assert rows(class_page) == []
    assert checked(server, RIGHT)
    wait_for_senders()
    assert len(rows(class_page)) == 1
