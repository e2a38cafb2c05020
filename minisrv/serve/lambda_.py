"""minisrv as a function: Mangum turns each event of a gateway into a request to the app.

A managed runtime calls `minisrv.serve.lambda_.handler`; where the runtime is ours,
`python -m minisrv.serve.lambda_` is the program that it starts. The settings are MINISRV_ variables
as for the command. Left out: the gateway, which is the client here, and its TLS.
"""

import os
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

from mangum import Mangum
from sqlalchemy import make_url

from minisrv.app import create_app
from minisrv.db.engines import in_memory
from minisrv.serve.cli import read_environment
from minisrv.serve.lambda_loop import run
from minisrv.serve.server import check_exposure
from minisrv.settings import Settings, is_strong


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Return the app's response to the request in `event`, as a gateway expects it."""
    return _adapter()(event, context)


def settings_for_instances(environ: Mapping[str, str]) -> Settings:
    """Return the settings of `environ`, or raise ValueError if instances cannot share them.

    Each instance has a memory of its own, and files of its own, so key and database are given. A
    file is accepted: nobody can see from here whether all instances have the same one.
    """
    settings = Settings(**read_environment(environ))
    if not is_strong(environ.get("MINISRV_SECRET")):
        raise ValueError("Give MINISRV_SECRET: each instance would make a key of its own.")
    if "MINISRV_DATABASE_URL" not in environ or in_memory(make_url(settings.database_url)):
        raise ValueError("Give MINISRV_DATABASE_URL: each instance would have its own accounts.")
    check_exposure(settings, weak=False)
    return settings


@cache
def _adapter() -> Mangum:
    # No lifespan: an instance is frozen or killed, and nobody tells it when.
    return Mangum(create_app(settings_for_instances(os.environ)), lifespan="off")


if __name__ == "__main__":
    try:
        _adapter()  # before the first event, so that a bad setting ends the process here
    except ValueError as error:
        sys.exit(str(error))
    run(handler)
