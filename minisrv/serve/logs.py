"""Where the log of the command goes: to stderr, one line an event, in one format, in UTC.

    2026-11-29T14:05:11Z WARNING minisrv.security sign_in_failed account=12 source=192.0.2.7

Left out: files and other machines. The program that starts the command sends the lines there.
"""

import logging
import time
from typing import Any


class Line(logging.Formatter):
    """Time in UTC (ASVS 5.0 16.2.2), level, name of the logger, message."""

    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        """Use the same format for every logger."""
        super().__init__(
            "%(asctime)s %(levelname)s %(name)s %(message)s", datefmt="%Y-%m-%dT%H:%M:%SZ"
        )


LOGGING: dict[str, Any] = {  # as logging.config.dictConfig takes it, in each process
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": Line}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "stream": "ext://sys.stderr",
        }
    },
    "loggers": {
        # Its warnings are about requests: any client could fill the log with them.
        "uvicorn": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "minisrv": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
