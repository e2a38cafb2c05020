"""The page that people see, and the script and the style sheet that it loads.

Left out: a framework, a template, a build. The page is the same for everybody, and its script asks
the API for whatever is somebody's.
"""

from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from minisrv.errors import NotFound

PAGES = Path(__file__).parents[1] / "web" / "pages"
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
STATIC = ("trax.js", "trax.css")
# Script and style come from our own files alone: an injected line of script does not run.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


async def page(request: Request) -> Response:
    """Answer the one page."""
    return _file("index.html")


async def static(request: Request) -> Response:
    """Answer one of the files that belong to the page, or 404."""
    name = request.path_params["name"]
    if name not in STATIC:  # a list, so that no spelling of a path can lead elsewhere
        raise NotFound
    return _file(name)


def _file(name: str) -> Response:
    headers = {"Content-Security-Policy": POLICY}
    return Response(_content(name), headers=headers, media_type=TYPES[Path(name).suffix])


@cache
def _content(name: str) -> bytes:
    return (PAGES / name).read_bytes()
