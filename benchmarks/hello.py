"""The smallest app of Starlette, served as minisrv is; `/health` and `/` do the same."""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from minisrv import Settings
from minisrv.serve.server import bind, config


async def hello(request: Request) -> Response:
    """Say hello."""
    return JSONResponse({"hello": "world"})


def main(port: int) -> None:
    """Serve until told to end."""
    app, settings = Starlette(routes=[Route(path, hello) for path in ("/", "/health")]), Settings()
    server = uvicorn.Server(config(app, settings, log_level="warning"))
    server.run(sockets=[bind(settings.host, port)])


if __name__ == "__main__":
    main(int(sys.argv[1]))
