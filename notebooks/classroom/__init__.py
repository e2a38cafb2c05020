"""The façade: what a lesson imports to start a server, to look at it, and to check a route.

    from classroom import *

gives the names of `__all__` and no others. README.md says what is in which room.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

# A notebook in deeper/ finds this folder as "..". Its modules shall know their whole paths.
__path__ = [str(Path(folder).resolve()) for folder in __path__]
if find_spec("minisrv") is None:  # a notebook runs in its own folder, minisrv is one above
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import requests
from IPython import get_ipython
from starlette.responses import JSONResponse, Response

from classroom import expect as _expect
from classroom.anatomy import anatomy
from classroom.check import check
from classroom.compare import compare
from classroom.display.labels import real
from classroom.display.table import Table
from classroom.doctor import doctor
from classroom.hints import hint
from classroom.my_progress import my_progress
from classroom.reset import reset
from classroom.server import short_traceback as _short_traceback
from classroom.server import show as _show
from classroom.server.server import Server
from classroom.server.show import show
from classroom.solution import solution

__all__ = [
    "JSONResponse",
    "Response",
    "Server",
    "Table",
    "anatomy",
    "check",
    "compare",
    "doctor",
    "hint",
    "my_progress",
    "real",
    "requests",
    "reset",
    "show",
    "solution",
]

if (_shell := get_ipython()) is not None:
    _show.register(_shell)
    _expect.register(_shell)
    _short_traceback.register(_shell)
