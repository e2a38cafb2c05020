"""What the command writes to its log: one format, UTC, and the same from every process."""

import re
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.support.started import Started
from tests.support.tiers import slow
from tests.support.visitor import PASSWORD

STAMP = r"20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z"
LINE = re.compile(STAMP + r" (INFO|WARNING|ERROR) [a-z.]+ .+")


@pytest.mark.parametrize("workers", [1, slow(2)])
def test_security_events_are_lines_of_one_format(tmp_path: Path, workers: int) -> None:
    with Started(tmp_path, "--workers", str(workers)) as server:
        ada = server.visitor("ada@trax.test")
        assert ada.signs_up().status_code == 201
        ada.signs_in(json={"email": "ada@trax.test", "password": "a wrong guess"})
        ada.signs_out()
    found = [line for line in server.printed.splitlines() if "minisrv.security" in line]
    assert all(LINE.fullmatch(line) for line in found), found
    events = [line.split(" ", 1)[1] for line in found]
    assert events == [
        "INFO minisrv.security session_started account=1 source=127.0.0.1",
        "WARNING minisrv.security sign_in_failed account=1 source=127.0.0.1",
        "INFO minisrv.security session_ended account=1 source=127.0.0.1",
    ]
    assert PASSWORD not in server.printed and "ada@" not in server.printed


def test_no_client_writes_into_the_log(tmp_path: Path) -> None:
    with Started(tmp_path) as server:
        asks = {"Connection": "upgrade", "Upgrade": "websocket"}
        ada = server.visitor("ada@trax.test")
        assert ada.sends("GET", "/health", headers=asks).status_code == 200
        with socket.create_connection(("127.0.0.1", urlsplit(server.url).port), 20) as wire:
            wire.sendall(b"no HTTP at all\r\n\r\n")
            assert wire.recv(100).startswith(b"HTTP/1.1 400")
    assert server.printed == ""


def test_a_bug_is_told_in_the_same_format(tmp_path: Path) -> None:
    with Started(tmp_path) as server:
        server.run("DROP TABLE playlists")
        ada = server.visitor("ada@trax.test")
        ada.signs_up()
        assert ada.sends("GET", "/api/playlists").status_code == 500
    told = [line for line in server.printed.splitlines() if "uvicorn" in line and "ERROR" in line]
    assert told and LINE.fullmatch(told[0]), server.printed
