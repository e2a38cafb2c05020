"""The answers of the lab's pages that are always the same.

Left out: which of them is given when (pages.py).
"""

import html
import json
from pathlib import Path
from string import Template

from starlette.responses import HTMLResponse, PlainTextResponse, Response

from minisrv.errors import Refused

FOLDER = Path(__file__).with_name("pages")
NO_STORE = {"Cache-Control": "no-store"}


def page(name: str, tasks: dict[str, object] | None = None) -> HTMLResponse:
    """Return a page of FOLDER, with the tasks that its script finds in it."""
    text = Template((FOLDER / name).read_text(encoding="utf-8"))
    data = html.escape(json.dumps(tasks or {}))
    return HTMLResponse(text.substitute(tasks=data), headers=NO_STORE)


def nothing() -> Response:
    """Return an answer without content, which leaves a frame and a tab as they are."""
    return Response(None, 204, NO_STORE)


def gone() -> Response:
    """Return the answer at an address that belongs to no walk."""
    return PlainTextResponse("This walk is over, or was never begun.", 404, NO_STORE)


def refusal(error: Refused) -> Response:
    """Return the answer to a request that came under a wrong name, or by a wrong way."""
    return PlainTextResponse(error.message, error.status, NO_STORE)
