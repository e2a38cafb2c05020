"""The command `python -m minisrv`: take the settings from MINISRV_ variables and options, serve.

A setting `x` is the variable MINISRV_X; an option wins over the variable. Left out: settings in
files. Anyone who starts the server can set variables; a file is one more place to look at.
"""

import argparse
import os
import sys
from collections.abc import Mapping
from dataclasses import Field, fields, replace
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from minisrv.db.engines import open_engine
from minisrv.routes.signup import LADDER
from minisrv.serve.server import bind, check_exposure, check_tls, url_of
from minisrv.serve.workers import check_workers, serve
from minisrv.settings import CookieSettings, Settings, is_strong, sentence
from minisrv.web.trusted_hosts import in_url

PREFIX = "MINISRV_"
COOKIES = {
    one.name: one.default for one in fields(Settings) if isinstance(one.default, CookieSettings)
}
DRIVER_MISSING = (
    "Cannot open the database: PostgreSQL needs the package psycopg, which the lessons do not. "
    'Run "python3 course.py setup --tests" (Windows: py), or install "psycopg[binary]" with pip.'
)
CANNOT_LISTEN = "Cannot listen at {}:{} ({}): choose another --port or --host."
TRUTH = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}


def main(arguments: list[str] | None = None) -> int:
    """Serve until Ctrl-C; return 0, 1 when it could not start, 2 when the settings are wrong."""
    given = vars(_parser().parse_args(arguments))
    rung, workers = given.pop("signup", None), given.pop("workers", 1)
    try:
        settings = _settings(given)
        check_exposure(settings, weak=rung is not None)
        check_workers(settings, workers)
        check_tls(settings)
    except ValueError as error:
        return _complain(str(error), 2)
    try:
        listener = bind(settings.host, settings.port)
    except OSError as error:
        said = CANNOT_LISTEN.format(in_url(settings.host), settings.port, error.strerror or error)
        return _complain(said, 1)
    try:
        open_engine(settings.database_url).dispose()  # fails here, once, and with a sentence
    except ModuleNotFoundError as error:
        other = f"Cannot open the database: {error}. Only SQLite and PostgreSQL are supported."
        return _complain(DRIVER_MISSING if error.name == "psycopg" else other, 1)
    except (SQLAlchemyError, ValueError) as error:  # ValueError: a port that is no number
        return _complain(f"Cannot open the database: {str(error).splitlines()[0]}", 1)
    print(f"minisrv answers at {url_of(settings, *listener.getsockname()[:2])}", flush=True)
    serve(settings, rung, listener, workers)
    return 0


def read_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings that `environ` holds, as keywords for Settings, or raise ValueError."""
    values = _read(Settings, PREFIX, environ)
    for name, cookie in COOKIES.items():
        if attributes := _read(CookieSettings, _prefix(name), environ):
            values[name] = replace(cookie, **attributes)
    return values


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """Return the MINISRV_ variables that match no setting, which are probably typos."""
    return sorted(name for name in environ if name.startswith(PREFIX) and name not in variables())


def variables() -> dict[str, Field[Any]]:
    """Return the field that each variable sets; each attribute of a cookie has its own."""
    found = {PREFIX + one.name.upper(): one for one in fields(Settings) if one.name not in COOKIES}
    for name in COOKIES:
        found |= {_prefix(name) + one.name.upper(): one for one in fields(CookieSettings)}
    return found


def _settings(given: dict[str, Any]) -> Settings:
    """Return the settings of the environment and, above them, those `given` as options."""
    values = read_environment(os.environ) | given
    for name in unknown_variables(os.environ):
        _complain(f"There is no setting {name}; python -m minisrv --help lists them.", 0)
    if not values.get("production") and not is_strong(values.get("secret")):
        values.pop("secret", None)
        _complain(
            "No strong MINISRV_SECRET is set (32 random bytes or more): made one for this run, "
            "so everybody is signed out when it ends.",
            0,
        )
    return Settings(**values)


def _prefix(cookie: str) -> str:
    return f"{PREFIX}{cookie.upper()}_"


def _read(kind: type, prefix: str, environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of the dataclass `kind` whose variables, with `prefix`, are set."""
    names = {one: prefix + one.name.upper() for one in fields(kind) if one.name not in COOKIES}
    found = {one: name for one, name in names.items() if name in environ}
    return {one.name: _parse(name, environ[name], one.default) for one, name in found.items()}


def _parse(name: str, text: str, default: object) -> Any:
    """Return `text` as a value of the type of `default`, or raise ValueError.

    Not with starlette.config.Config, which has its own messages and does not know yes and no.
    """
    if isinstance(default, bool):
        if text.lower() not in TRUTH:
            raise ValueError(f"{name} is {text!r}, but must be 1 or 0.")
        return TRUTH[text.lower()]
    if isinstance(default, int):
        try:
            return int(text)
        except ValueError:
            raise ValueError(f"{name} is {text!r}, but must be a whole number.") from None
    if isinstance(default, tuple):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text


def _parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name}: {sentence(field)}" for name, field in variables().items())
    parser = argparse.ArgumentParser(
        prog="python -m minisrv",
        description="Serve the sign-up server of the lessons.",
        epilog=f"environment variables, lists with commas:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        argument_default=argparse.SUPPRESS,
    )
    help_of = {field.name: sentence(field) for field in fields(Settings)}
    for name in ("host", "database_url", "tls_cert", "tls_key"):
        parser.add_argument("--" + name.replace("_", "-"), help=help_of[name])
    parser.add_argument("--port", type=int, help=help_of["port"])
    for flag, name in (("--allowed-host", "allowed_hosts"), ("--trusted-proxy", "trusted_proxies")):
        parser.add_argument(flag, dest=name, action="append", help=help_of[name])
    parser.add_argument("--workers", type=int, help="The number of processes that serve, 1 to 64.")
    parser.add_argument("--production", action="store_true", help=help_of["production"])
    rungs = ", ".join(LADDER)
    parser.add_argument(
        "--signup", choices=LADDER, metavar="RUNG", help=f"Serve a rung of the ladder: {rungs}."
    )
    return parser


def _complain(text: str, status: int) -> int:
    print(text, file=sys.stderr, flush=True)
    return status
