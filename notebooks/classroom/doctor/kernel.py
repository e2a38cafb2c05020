"""The first look: can this kernel run the lessons at all? If not, one sentence says what to do.

Nothing is imported to find out, since an import would raise a traceback of a library.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Collection

from classroom.doctor.front_end import how_to_choose, this_python

OLDEST = (3, 11)
# What the lessons import, by the names under which it is installed; requirements-hub.txt has them.
MODULES = {
    "argon2-cffi": "argon2",
    "bcrypt": "bcrypt",
    "cryptography": "cryptography",
    "email-validator": "email_validator",
    "Jinja2": "jinja2",
    "mangum": "mangum",
    "MarkupSafe": "markupsafe",
    "psutil": "psutil",
    "PyJWT": "jwt",
    "requests": "requests",
    "SQLAlchemy": "sqlalchemy",
    "starlette": "starlette",
    "trustme": "trustme",
    "uvicorn": "uvicorn",
    "websocket-client": "websocket",
}


class WrongKernel(ImportError):
    """This kernel cannot run the lessons; the text says which to choose. Shown without frames."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]  # IPython shows this in place of a traceback


def wrong_kernel() -> str:
    """Return a sentence if this kernel cannot run the lessons, else ""."""
    older = sys.version_info < OLDEST
    if older:
        fault = "the lessons need Python 3.11 or newer"
    elif missing():
        fault = f"it has no {missing()[0]}"
    else:
        return own_file(MODULES.values())
    return f"This kernel is {this_python()}, and {fault}: {how_to_choose(older)}."


def own_file(modules: Collection[str]) -> str:
    """Return a sentence on a file in the notebook's folder with the name of one of `modules`."""
    for path in (*Path.cwd().glob("*.py"), *Path.cwd().glob("*/__init__.py")):
        own = path.parent if path.name == "__init__.py" else path
        if own.stem in modules:
            return f"{own} hides the package {own.stem}: rename it, and restart the kernel."
    return ""


def unusable(error: Exception) -> str:
    """Return a sentence on an `error` of a package that is there and cannot be imported."""
    return (
        f"This kernel is {this_python()}, and a package cannot be imported ({error!r}): "
        "run the cell `from classroom.doctor import doctor; doctor()`, which looks for the reason."
    )


def missing() -> list[str]:
    """Return the names of the packages that are not installed."""
    return [package for package, module in MODULES.items() if not _is_there(module)]


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ValueError:  # it was put into sys.modules by hand
        return True
