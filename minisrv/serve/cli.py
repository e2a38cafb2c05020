"""The command that serves on this machine; the only reader of environment variables."""

import argparse
import os
import sys
from dataclasses import fields
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from minisrv.db.engines import open_engine
from minisrv.routes.signup import LADDER
from minisrv.serve import environment
from minisrv.serve.server import bind, check_exposure
from minisrv.serve.workers import Factory, check_workers, serve
from minisrv.settings import Settings, is_strong, sentence


def main(arguments: list[str] | None = None) -> int:
    """Serve until Ctrl-C; return 0, 1 when it could not start, 2 when the settings are wrong."""
    given = vars(_parser().parse_args(arguments))
    rung, workers = given.pop("signup", None), given.pop("workers", 1)
    try:
        settings = _settings(given)
        check_exposure(settings, weak=rung is not None)
        check_workers(settings, workers)
    except ValueError as error:
        return _complain(str(error), 2)
    try:
        listener = bind(settings.host, settings.port)
    except OSError as error:
        return _complain(f"Cannot listen at {settings.host}:{settings.port}: {error.strerror}.", 1)
    try:
        open_engine(settings.database_url).dispose()  # fails here, once, and with a sentence
    except SQLAlchemyError as error:
        return _complain(f"Cannot open the database: {_first_line(error)}", 1)
    scheme = "https" if settings.tls_cert else "http"
    print(f"minisrv answers at {scheme}://{settings.host}:{listener.getsockname()[1]}", flush=True)
    serve(Factory(settings, rung), listener, workers)
    return 0


def _settings(given: dict[str, Any]) -> Settings:
    """Return the environment's settings under those of the command line, or raise ValueError."""
    values = environment.read(os.environ) | given
    for name in environment.unknown(os.environ):
        _complain(f"There is no setting {name}; python -m minisrv --help lists them.", 0)
    if not values.get("production") and not is_strong(values.get("secret")):
        values.pop("secret", None)
        _complain(
            "No strong MINISRV_SECRET is set (32 random bytes or more): made one for this run, "
            "so everybody is signed out when it ends.",
            0,
        )
    return Settings(**values)


def _parser() -> argparse.ArgumentParser:
    variables = "\n".join(f"  {n}: {sentence(f)}" for n, f in environment.names().items())
    parser = argparse.ArgumentParser(
        prog="python -m minisrv",
        description="Serve the sign-up server of the lessons.",
        epilog=f"environment variables:\n{variables}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        argument_default=argparse.SUPPRESS,
    )
    help_of = {field.name: sentence(field) for field in fields(Settings)}
    for name in ("host", "database_url", "tls_cert", "tls_key"):
        parser.add_argument(_flag(name), help=help_of[name])
    parser.add_argument("--port", type=int, help=help_of["port"])
    for flag, name in (("--allowed-host", "allowed_hosts"), ("--trusted-proxy", "trusted_proxies")):
        parser.add_argument(flag, dest=name, action="append", help=help_of[name])
    parser.add_argument("--workers", type=int, help="How many processes serve, 1 to 64.")
    parser.add_argument("--production", action="store_true", help=help_of["production"])
    parser.add_argument("--signup", choices=LADDER, help="A rung of the ladder, to be attacked.")
    return parser


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def _complain(text: str, status: int) -> int:
    print(text, file=sys.stderr, flush=True)
    return status
