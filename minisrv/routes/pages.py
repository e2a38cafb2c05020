"""Serve the page that people see, and the script and the style sheet that it loads.

The page is the same for everybody. Its script asks the API for what belongs to the user. Left out:
a framework, a template, a build.
"""

from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from minisrv.errors import NotFound

PAGES = Path(__file__).parents[1] / "web" / "pages"
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
STATIC = ("trax.js", "trax.css")
# Scripts and styles come from our own files only: an injected script does not run.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


async def page(request: Request) -> Response:
    """Return the page."""
    return _file("index.html")


async def static(request: Request) -> Response:
    """Return one of the files that the page loads, or raise NotFound."""
    name = request.path_params["name"]
    if name not in STATIC:  # an allowlist: no spelling of a path leads to another file
        raise NotFound
    return _file(name)


def _file(name: str) -> Response:
    headers = {"Content-Security-Policy": POLICY}
    return Response(_content(name), headers=headers, media_type=TYPES[Path(name).suffix])


@cache
def _content(name: str) -> bytes:
    return (PAGES / name).read_bytes()
