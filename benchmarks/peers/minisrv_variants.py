"""minisrv with another place to hash: on the event loop, or in the thread pool of all routes.

python -m benchmarks.peers.minisrv_variants on-the-loop PORT DATABASE COST
"""

import sys
from collections.abc import Callable
from dataclasses import replace

import uvicorn
from starlette.concurrency import run_in_threadpool

from minisrv import Settings, create_app
from minisrv.serve.server import bind, config


class OnTheLoop:
    """Hashes on the event loop, so every other request waits."""

    async def run(self, function: Callable[..., object], *args: object) -> object:
        """Return what `function(*args)` returns."""
        return function(*args)


class DefaultPool:
    """Hashes in the pool of 40 threads that Starlette has for all blocking work."""

    async def run(self, function: Callable[..., object], *args: object) -> object:
        """Return what `function(*args)` returns."""
        return await run_in_threadpool(function, *args)


VARIANTS = {"on-the-loop": OnTheLoop, "default-pool": DefaultPool}


def main(variant: str, port: str, database: str, cost: str) -> None:
    """Serve until stopped."""
    settings = Settings(database_url=f"sqlite:///{database}", bcrypt_cost=int(cost), port=int(port))
    app = create_app(settings)
    app.state = replace(app.state, workers=VARIANTS[variant]())
    server = uvicorn.Server(config(app, settings, log_level="warning"))
    server.run(sockets=[bind(settings.host, settings.port)])


if __name__ == "__main__":
    main(*sys.argv[1:])
