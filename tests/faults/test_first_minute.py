"""The first minute of README: JupyterLab opens the first lesson, two cells run, Ctrl-C ends it.

Left out: the set-up before it (test_set_up.py), and Windows, whose terminals have no `pty`.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import closing

import pytest
import websocket

from tests.support.paths import ROOT
from tests.support.started import wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="a terminal is made with pty"),
]
# As `course.py` without a command, but with the Python of the tests, and without making copies.
START = """
import sys
from bootstrap import commands
commands.PYTHON, commands.set_up = sys.executable, lambda tests: None
commands.COMMANDS["lab"] = commands.COMMANDS["lab"]._replace(before="")
sys.exit(commands.main(["--no-browser", "--port", sys.argv[1]]))
"""
ADDRESS = re.compile(r"(http://127\.0\.0\.1:\d+)/lab/tree/(\S+\.ipynb)\?token=(\w+)")


@pytest.fixture
def lab() -> Iterator[tuple[subprocess.Popen, int]]:
    """JupyterLab in a terminal, and the end of that terminal at which a person types."""
    import pty

    keyboard, terminal = pty.openpty()
    with socket.create_server(("127.0.0.1", 0)) as free:  # with port 0 the address would say 0
        command = [sys.executable, "-c", START, str(free.getsockname()[1])]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    ) as child:
        os.close(terminal)
        yield child, keyboard
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
    os.close(keyboard)


def ask(url: str, token: str, body: object = None) -> dict:
    """Return the answer of JupyterLab's API; a body is sent with POST."""
    data = None if body is None else json.dumps(body).encode()
    head = {"Authorization": f"token {token}", "Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(url, data, head), timeout=60) as answer:
        return json.load(answer)


def listens(place: str) -> bool:
    """Return True once JupyterLab accepts connections; it prints its address shortly before."""
    host, _, port = place.rpartition("/")[2].partition(":")
    with socket.socket() as client:
        return client.connect_ex((host, int(port))) == 0


def run(channels: websocket.WebSocket, code: str) -> str:
    """Run a cell as JupyterLab does, and return all that it shows, as text."""
    head = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "version": "5.3"}
    head |= {"username": "", "session": "ada"}
    message = {"header": head, "parent_header": {}, "metadata": {}, "channel": "shell"}
    channels.send(json.dumps(message | {"content": {"code": code, "silent": False}}))
    shown = ""
    while True:
        answer = json.loads(channels.recv())
        if answer["parent_header"].get("msg_id") != head["msg_id"]:
            continue
        kind, content = answer["msg_type"], answer["content"]
        if kind == "status" and content["execution_state"] == "idle":
            return shown
        if kind not in ("execute_input", "execute_reply", "status"):
            shown += content.get("data", {}).get("text/plain", "") or json.dumps(content)


def test_two_cells_show_a_request_and_its_response_and_ctrl_c_ends_it(lab) -> None:
    child, keyboard = lab
    found, lines = None, []
    while not found and (line := child.stdout.readline()):
        lines.append(line)
        found = ADDRESS.search(line)
    assert found, lines
    place, path, token = found.groups()
    assert path.endswith("/00-start-here.ipynb")
    wait_until(lambda: listens(place))
    cells = ask(f"{place}/api/contents/{path}", token)["content"]["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    wanted = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
    kernel = ask(f"{place}/api/sessions", token, wanted)["kernel"]["id"]
    address = f"{place.replace('http', 'ws')}/api/kernels/{kernel}/channels?token={token}"
    with closing(websocket.create_connection(address, timeout=120)) as channels:
        assert run(channels, code[0]).startswith("ready at http://127.0.0.1:")
        shown = run(channels, code[1])
    assert "POST /api/signup" in shown and "→ 201 Created" in shown
    os.killpg(child.pid, signal.SIGINT)  # as the terminal does, to all that run in it
    os.write(keyboard, b"y\n")
    assert child.wait(timeout=60) == 0
    assert "Shutdown confirmed" in child.stdout.read()
