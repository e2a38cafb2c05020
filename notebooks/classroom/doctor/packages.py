"""Whether the packages are those that the lessons were written for, and nothing hides them."""

from __future__ import annotations

import re
import sys
from importlib.util import find_spec
from pathlib import Path

from classroom.doctor.front_end import COMMAND, ROOT, how_to_choose
from classroom.doctor.kernel import MODULES, OLDEST, missing, own_file

OLDEST_SQLITE = (3, 35)  # RETURNING
AGAIN = f"delete the folder .venv, and run {COMMAND}"
_LINE = re.compile(r"^([A-Za-z0-9._-]+)(==|>=)([0-9][^\s;]*)", re.MULTILINE)


def python_version() -> str:
    """Python is 3.11 or newer"""
    return "" if sys.version_info >= OLDEST else how_to_choose(older=True)


def versions() -> str:
    """the packages are installed, in the right versions"""
    if missing():
        return f"{missing()[0]} is missing: {how_to_choose()}"
    from importlib.metadata import version  # slow to import, and not needed by a lesson

    for package, wanted in _wanted().items():
        found = version(package)
        exact = {text for sign, text in wanted if sign == "=="}
        least = [text for sign, text in wanted if sign == ">="]
        if (exact and found not in exact) or any(_numbers(found) < _numbers(one) for one in least):
            right = " or ".join(sorted(exact)) or f"{least[0]} or newer"
            do = AGAIN if _is_ours() else how_to_choose()
            return f"{package} is {found}, and must be {right}: {do}"
    return ""


def hidden() -> str:
    """no other file has the name of a package"""
    of_python = getattr(sys, "stdlib_module_names", ())
    if own_file({*MODULES.values(), *of_python}):
        return own_file({*MODULES.values(), *of_python}).rstrip(".")
    for package, module in MODULES.items():
        origin = _elsewhere(package, module)
        if origin:
            return f"{origin} hides the package {package}: rename it, and restart the kernel"
    if _installed("jwt"):  # it writes its files over those of PyJWT
        do = AGAIN if _is_ours() else "%pip uninstall -y jwt PyJWT, then %pip install PyJWT"
        return f"the package jwt hides PyJWT: {do}"
    return ""


def sqlite_version() -> str:
    """SQLite is 3.35 or newer"""
    try:
        import sqlite3
    except ImportError:
        return f"this Python has no SQLite: install one from python.org, and {AGAIN}"
    if sqlite3.sqlite_version_info >= OLDEST_SQLITE:
        return ""
    return f"it is {sqlite3.sqlite_version}: install a Python from python.org, and {AGAIN}"


def _wanted() -> dict[str, list[tuple[str, str]]]:
    """Return the versions that the lock of .venv names, or those that a hub may have."""
    file = ROOT / ("requirements.txt" if _is_ours() else "requirements-hub.txt")
    if not file.is_file():
        return {}
    names = {package.lower(): package for package in MODULES}
    wanted: dict[str, list[tuple[str, str]]] = {}
    for name, sign, text in _LINE.findall(file.read_text(encoding="utf-8")):
        if name.lower() in names:
            wanted.setdefault(names[name.lower()], []).append((sign, text))
    return wanted


def _is_ours() -> bool:
    ours = ROOT / ".venv"  # to which another path may lead, by a link
    return ours.is_dir() and ours.samefile(sys.prefix)


def _numbers(version: str) -> list[int]:
    numbers = [int(number) for number in re.findall(r"\d+", version)]
    while numbers and not numbers[-1]:  # 25.1.0 is 25.1
        numbers.pop()
    return numbers


def _installed(package: str) -> bool:
    from importlib.metadata import PackageNotFoundError, version

    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def _elsewhere(package: str, module: str) -> str:
    """Return where `module` comes from if that is not the folder of its package, else ""."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        home, spec = Path(str(distribution(package).locate_file(""))), find_spec(module)
    except (PackageNotFoundError, ValueError):
        return ""
    origin = (spec and spec.origin) or ""
    return "" if not origin or home.resolve() in Path(origin).resolve().parents else origin
