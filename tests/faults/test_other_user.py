"""Another user of this computer reaches no server of a lesson, and no weak one from the terminal.

Each client is a process that becomes a user, connects, and says what came back. Only root can
become another user, on Linux; elsewhere these tests are skipped.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from classroom.server.live_server import LiveServer
from classroom.server.server_process import ServerProcess
from minisrv.serve import peer_user
from minisrv.settings import Settings
from tests.support.paths import NOTEBOOKS, ROOT

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or not peer_user.can_say(),
    reason="only root can become another user, and only Linux says whose a connection is",
)
needs_linux = pytest.mark.skipif(
    not peer_user.can_say(), reason="only Linux says whose a connection is"
)
ADA, MALLORY = 65533, 65534
CLIENT = """
import encodings.idna, os, socket, sys  # all, before the user may not read their files
user, port, method, path = int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]
os.setresgid(user, user, user)
os.setresuid(user, user, user)
with socket.create_connection(("127.0.0.1", port), 60) as client:
    client.sendall(f"{method} {path} HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nContent-Length: 2\\r\\n"
                   "Content-Type: application/json\\r\\nConnection: close\\r\\n\\r\\n{}".encode())
    print(client.makefile("rb").read().decode())
"""

STUDENT = """
import os, sys
from classroom.server.live_server import LiveServer
from minisrv.settings import Settings
settings = Settings(port=0, database_url="sqlite://", bcrypt_cost=4)
LiveServer(settings).stop()  # it imports all that it needs, from folders that may be root's
os.setresuid(*[int(sys.argv[1])] * 3)
live = LiveServer(settings)
print(live.url, flush=True)
sys.stdin.read()
live.stop()
"""


def asked_by(user: int, url: str, method: str = "GET", path: str = "/health") -> str:
    """Return the whole response that a program of `user` gets, in text."""
    port = url.rpartition(":")[2]
    command = [sys.executable, "-c", CLIENT, str(user), port, method, path]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


@contextmanager
def notebook_server() -> Iterator[LiveServer]:
    live = LiveServer(Settings(port=0, database_url="sqlite://", bcrypt_cost=4))
    try:
        yield live
    finally:
        live.stop()


@needs_root
def test_another_user_gets_a_sentence_and_reaches_no_route_of_a_notebook() -> None:
    with notebook_server() as live:
        for path in ("/health", "/", "/api/signup"):
            text = asked_by(MALLORY, live.url, "POST", path)
            assert text.startswith("HTTP/1.1 421 ")
            assert "This server answers only the user of this computer who started it." in text
        assert not live.switch.app.exchanges
        assert asked_by(0, live.url).startswith("HTTP/1.1 200 ")


@needs_root
def test_a_weak_route_from_the_terminal_is_for_its_own_user() -> None:
    with ServerProcess("plain", bcrypt_cost=4) as weak:
        assert asked_by(MALLORY, weak.url).startswith("HTTP/1.1 421 ")
        assert asked_by(0, weak.url).startswith("HTTP/1.1 200 ")


@needs_root
def test_a_server_of_a_student_answers_this_student_and_no_other() -> None:
    command = [sys.executable, "-c", STUDENT, str(ADA)]
    path = os.pathsep.join(map(str, (ROOT, NOTEBOOKS)))
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}, **pipes) as student:
        url = student.stdout.readline().strip()
        statuses = [asked_by(user, url).split()[1] for user in (ADA, MALLORY, 0)]
        student.communicate("")
    assert statuses == ["200", "421", "200"]


@needs_linux
def test_a_closed_end_belongs_to_nobody() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        ends = client.getsockname(), client.getpeername()
        assert peer_user.user_at(*ends) == os.geteuid()
        client.shutdown(socket.SHUT_WR)  # it has sent all, and still reads
        assert peer_user.user_at(*ends) == os.geteuid()
        client.close()
        assert peer_user.user_at(*ends) is None
        assert not peer_user.is_own_user(*ends)


@needs_linux
def test_a_listener_at_the_port_is_not_taken_for_the_client() -> None:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as b:
        assert peer_user.user_at(one.getsockname(), b.getsockname()) is None


def test_where_the_system_cannot_say_nobody_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket, "AF_NETLINK", raising=False)
    peer_user.can_say.cache_clear()
    assert peer_user.is_own_user(("127.0.0.1", 1), ("127.0.0.1", 2))
    peer_user.can_say.cache_clear()
