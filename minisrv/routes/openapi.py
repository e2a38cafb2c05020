"""Send the description of the API (OpenAPI 3.1), for programs and for those who write them.

web/openapi.json is written by hand; tests/http/test_openapi.py holds the table of routes, the
errors and the live server against it. Left out of it: the page, this description, HEAD, and the
404 and 405 of paths and methods that do not exist.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.settings import Settings

FILE = Path(__file__).parents[1] / "web" / "openapi.json"


async def description(request: Request) -> Response:
    """Return the OpenAPI document of this server."""
    document = describe(request.app.state.settings)
    return JSONResponse(document)


def describe(settings: Settings) -> dict[str, Any]:
    """Return the document with the names that `settings` give the two cookies."""
    document = json.loads(_text())
    schemes = document["components"]["securitySchemes"]
    schemes["session"]["name"] = settings.cookie.name
    schemes["refresh"]["name"] = settings.refresh_cookie.name
    return document


@cache
def _text() -> str:
    return FILE.read_text(encoding="utf-8")
