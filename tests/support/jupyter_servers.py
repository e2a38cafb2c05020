"""A running server of Jupyter, and cells that run through it as its page in a browser runs them.

Left out: the page itself. What it shows of an output is not looked at.
"""

import json
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import requests
import websocket
from nbformat import NotebookNode
from nbformat.v4 import output_from_msg

from tests.support.paths import ROOT
from tests.support.places import CannotBeMade, Place

OPTIONS = ["--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0"]
SECONDS = 600  # the longest wait for a sign of life, on a machine with much else to do


@contextmanager
def server(place: Place, module: str) -> Iterator[dict]:
    """Start `python -m module` of a place; what it writes of itself has its `url` and `token`."""
    command = [str(place.python), "-m", module, *OPTIONS, f"--ServerApp.root_dir={ROOT}"]
    with (
        (place.folder / "server.log").open("wb") as log,
        subprocess.Popen(
            command, cwd=place.folder, env=place.variables, stdout=log, stderr=log
        ) as child,
    ):
        try:
            yield written_by(child, Path(place.variables["JUPYTER_RUNTIME_DIR"]))
        finally:
            child.terminate()


def written_by(child: subprocess.Popen, folder: Path) -> dict:
    """Wait until a server has written its file, and return what is in it."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and child.poll() is None:
        for file in folder.glob("jpserver-*.json"):
            with suppress(ValueError):  # it is being written
                return json.loads(file.read_text("utf-8"))
        time.sleep(0.1)
    raise CannotBeMade("the server of Jupyter did not start")


def run(server: dict, notebook: Path, cells: Iterable[NotebookNode], kernel: str) -> None:
    """Open a notebook with a kernel, and run cells up to one that raises; they get outputs."""
    headers = {"Authorization": f"token {server['token']}"}
    session = {
        "path": notebook.relative_to(ROOT).as_posix(),
        "name": "",
        "type": "notebook",
        "kernel": {"name": kernel},
    }
    url = server["url"]
    answer = requests.post(f"{url}api/sessions", json=session, headers=headers, timeout=SECONDS)
    answer.raise_for_status()
    channels = f"{url}api/kernels/{answer.json()['kernel']['id']}/channels"
    wire = websocket.create_connection(
        channels.replace("http", "ws", 1), SECONDS, header=headers, suppress_origin=True
    )
    with closing(wire):
        for cell in cells:
            cell.outputs = list(outputs_of(wire, cell.source))
            if any(output.output_type == "error" for output in cell.outputs):
                break
    requests.delete(f"{url}api/sessions/{answer.json()['id']}", headers=headers, timeout=SECONDS)


def outputs_of(wire: websocket.WebSocket, source: str) -> Iterator[NotebookNode]:
    """Send a cell and yield its outputs, until the kernel is idle again."""
    id = uuid4().hex
    header = {"msg_id": id, "msg_type": "execute_request", "version": "5.3"}
    header |= {"username": "", "session": id}
    content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False}
    request = {"channel": "shell", "header": header, "content": content}
    wire.send(json.dumps({**request, "parent_header": {}, "metadata": {}, "buffers": []}))
    while True:
        message = json.loads(wire.recv())
        kind = message["header"]["msg_type"]
        if message["parent_header"].get("msg_id") != id or message.get("channel") != "iopub":
            continue
        if kind in ("execute_result", "display_data", "stream", "error"):
            yield output_from_msg(message)
        elif kind == "status" and message["content"]["execution_state"] == "idle":
            return
