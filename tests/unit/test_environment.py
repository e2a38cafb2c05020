"""pyproject.toml, both locks, the list for hubs and environment.yml agree, package by package."""

import ast
import re
import tomllib
from functools import cache
from importlib.metadata import packages_distributions

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.make_locks import HUB, LOCKS, hub
from tests.support.paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LIMITS = [Requirement(one) for one in PROJECT["tool"]["uv"]["constraint-dependencies"]]
GROUPS = PROJECT["dependency-groups"]
LESSONS, TESTS = "requirements.txt", "requirements-test.txt"
ENTRY = r"^(?=[\w.-]+(?:\[[\w,]+\])?==)"
# Nothing that a student runs imports these, and they are a quarter of what would be downloaded.
ONLY_FOR_TESTS = {"hypothesis", "nbval", "psycopg", "psycopg-binary", "pytest", "ruff", "uv"}


def text_of(lock: str) -> str:
    return (ROOT / lock).read_text(encoding="utf-8")


def pins(lock: str) -> set[tuple[str, str, str]]:
    """Return name, version and marker of each entry."""
    found = re.findall(r"^([\w.-]+)==([^\s;]+)(?: ; ([^\\\n]+))?", text_of(lock), re.MULTILINE)
    return {(name, version, marker.strip()) for name, version, marker in found}


def wanted_by(lock: str) -> list[str]:
    groups = [wanted for group in LOCKS[lock] for wanted in GROUPS[group]]
    return PROJECT["project"]["dependencies"] + groups


@pytest.mark.parametrize(
    ("lock", "wanted"), [(lock, wanted) for lock in LOCKS for wanted in wanted_by(lock)]
)
def test_the_lock_pins_what_pyproject_asks_for(lock: str, wanted: str) -> None:
    requirement = Requirement(wanted)
    name = canonicalize_name(requirement.name)
    assert any(name == n and version in requirement.specifier for n, version, _ in pins(lock))


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_no_pin_is_above_what_has_a_wheel_for_each_system(limit: Requirement) -> None:
    found = [Version(v) for name, v, _ in pins(TESTS) if name == limit.name]
    assert found and (min(found) if limit.marker else max(found)) in limit.specifier


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_line_names_a_place(lock: str) -> None:
    entries = re.split(ENTRY, text_of(lock), flags=re.MULTILINE)[1:]
    assert len(entries) == len(re.findall(r"^\S+==", text_of(lock), re.MULTILINE)) > 100
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?://|file:|--index|--find-links|--extra", text_of(lock))


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_is_for_every_system(lock: str) -> None:
    text = text_of(lock)
    assert "sys_platform == 'win32'" in text and "sys_platform == 'darwin'" in text


def test_the_lock_of_the_tests_adds_to_that_of_the_lessons_and_changes_nothing() -> None:
    entries = [set(re.split(ENTRY, text_of(lock), flags=re.MULTILINE)) for lock in (LESSONS, TESTS)]
    without_reasons = [{re.sub(r"\s+#.*", "", entry) for entry in lock} for lock in entries]
    assert without_reasons[0] <= without_reasons[1]


def test_what_only_tests_need_is_not_in_a_students_environment() -> None:
    assert not ONLY_FOR_TESTS & {name for name, _, _ in pins(LESSONS)}


def test_a_hub_is_asked_for_what_the_lessons_import_and_keeps_its_own_jupyter() -> None:
    assert (ROOT / HUB).read_text(encoding="utf-8") == hub(), "run python -m tests.make_locks"
    asked = [Requirement(line) for line in hub().splitlines() if not line.startswith("#")]
    assert not {"ipykernel", "ipython", "jupyterlab", "notebook"} & {one.name for one in asked}


def test_conda_installs_the_lock_and_a_promised_python() -> None:
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python, pip, packages = conda["dependencies"]
    # repo2docker reads the version only when it is written exactly so.
    assert re.fullmatch(r"python=3\.1[1-4]", python) and pip == "pip"
    assert packages == {"pip": ["-r requirements.txt"]}
    assert PROJECT["project"]["requires-python"] == ">=3.11"


@cache
def names_on_the_index() -> dict[str, str]:
    """Return the name on the index of each package that is installed, by what an import says."""
    return {name: canonicalize_name(found[0]) for name, found in packages_distributions().items()}


def imported(*folders: str) -> set[str]:
    """Return the packages that the modules in these folders import, by their names on the index."""
    return set().union(*map(imported_in, folders))


@cache
def imported_in(folder: str) -> set[str]:
    """Return the packages that the modules in one folder import."""
    known, found = names_on_the_index(), set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return {known[name] for name in found if name in known}


def test_what_a_student_runs_imports_nothing_that_only_tests_have() -> None:
    locked = {name for name, _, _ in pins(LESSONS)}
    found = imported("bootstrap", "minisrv", "notebooks/classroom", "teaching", "benchmarks")
    assert found - locked == set()


def test_a_hub_gets_all_that_the_lessons_import_or_has_it() -> None:
    asked = {canonicalize_name(Requirement(one).name) for one in PROJECT["project"]["dependencies"]}
    brought = {"h11", "ipython", "pygments", "urllib3"}  # by uvicorn, the kernel and requests
    found = imported("minisrv", "notebooks/classroom")
    assert found - asked == brought
