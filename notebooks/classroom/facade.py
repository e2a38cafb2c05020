"""What a lesson finds after `from classroom import *`, and what its kernel is told once."""

import requests as requests
from IPython import get_ipython as _get_ipython
from starlette.responses import JSONResponse as JSONResponse
from starlette.responses import Response as Response

from classroom import expect as _expect
from classroom.anatomy import anatomy as anatomy
from classroom.board import board as board
from classroom.check import check as check
from classroom.compare import compare as compare
from classroom.display.labels import real as real
from classroom.display.table import Table as Table
from classroom.hints import hint as hint
from classroom.my_progress import my_progress as my_progress
from classroom.reset import reset as reset
from classroom.server import short_traceback as _short_traceback
from classroom.server import show as _show
from classroom.server.server import Server as Server
from classroom.server.show import show as show
from classroom.solution import solution as solution

if (_shell := _get_ipython()) is not None:
    _show.register(_shell)
    _expect.register(_shell)
    _short_traceback.register(_shell)
