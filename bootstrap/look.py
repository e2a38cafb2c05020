"""Look whether a lock is installed in the Python that runs this, and whether that can be used.

    .venv/bin/python -I bootstrap/look.py requirements.txt

It prints what is wrong, a line each, and ends with status 1 then. environment.py runs it before it
says "ready": an installer may succeed and have put all elsewhere, or what no program can load.
"""

import importlib
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# The first that a lesson imports, and those with compiled parts.
NEEDED = (
    *("jupyterlab", "ipykernel", "zmq", "psutil", "uvicorn", "starlette", "sqlalchemy"),
    *("requests", "bcrypt", "argon2", "jwt", "cryptography.hazmat.bindings._rust"),
)


def faults(lock: str) -> Iterator[str]:
    """Yield what is missing, has another version than the text of a lock says, or fails to load."""
    pins = re.findall(r"^([\w.-]+(?:\[[\w,-]+\])?==[^\\\n]+)", lock, re.MULTILINE)
    if not pins:
        return
    try:
        from packaging.requirements import Requirement
    except ImportError:
        yield "packaging is not in .venv"
        return
    wanted = [Requirement(pin) for pin in pins]
    here = [pin for pin in wanted if pin.marker is None or pin.marker.evaluate()]
    yield from (fault for pin in here if (fault := of_version(pin.name, str(pin.specifier)[2:])))
    names = {pin.name for pin in here}
    yield from (fault for name in NEEDED if "jupyterlab" in names and (fault := of_import(name)))


def of_version(name: str, wanted: str) -> str:
    """Return what is wrong with the version of a package, or ""."""
    try:
        found = version(name)
    except PackageNotFoundError:
        return f"{name} {wanted} is not in .venv"
    return "" if found == wanted else f"{name} {wanted} is not in .venv, but {found}"


def of_import(name: str) -> str:
    """Return why a module cannot be imported, or ""."""
    try:
        importlib.import_module(name)
    except Exception as error:  # whatever a package raises while it is loaded
        return f"{name} cannot be imported: {type(error).__name__}: {error}"
    return ""


if __name__ == "__main__":
    found = list(faults(Path(sys.argv[1]).read_text("utf-8")))
    print("\n".join(found))
    sys.exit(1 if found else 0)
