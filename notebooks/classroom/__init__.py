"""The façade: what a lesson imports to start a server, to look at it, and to check a route.

    from classroom import *

gives the names of `__all__` and no others. README.md says what is in which room. In a kernel that
cannot run the lessons it says in one sentence which kernel to choose; `doctor` is there all the
same. So every Python 3 can parse this file.
"""

import os
import sys

# A notebook in deeper/ finds this folder as "..". Its modules shall know their whole paths.
__path__ = [os.path.realpath(folder) for folder in __path__]
_ROOT = os.path.dirname(os.path.dirname(__path__[0]))

if sys.version_info < (3, 8):  # this Python cannot read the doctor either
    raise ImportError(
        "This kernel is Python %s (%s), and the lessons need Python 3.11 or newer."
        % (sys.version.split()[0], sys.executable)
    )

from importlib.util import find_spec

if find_spec("minisrv") is None:  # a notebook runs in its own folder, minisrv is one above
    sys.path.insert(0, _ROOT)

from classroom.doctor import doctor as doctor
from classroom.doctor.kernel import WrongKernel, unusable, wrong_kernel

__all__ = [
    "JSONResponse",
    "Response",
    "Server",
    "Table",
    "anatomy",
    "board",
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

_wrong, _reason = wrong_kernel(), None
if not _wrong:
    try:
        from classroom.facade import *
    except Exception as _error:  # such as of a file that has the name of a package
        _wrong, _reason = unusable(_error), _error

if _wrong:

    def __getattr__(name: str) -> object:
        if name in __all__:  # asked for by an import in a cell
            raise WrongKernel(_wrong) from _reason
        raise AttributeError(f"module 'classroom' has no attribute {name!r}")
