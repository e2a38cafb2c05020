"""environment.yml, pyproject.toml and the lock agree, package by package."""

import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.paths import ROOT

LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WANTED = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["test"]
PINS = {
    canonicalize_name(name): version
    for name, version in re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([^\s;]+)", LOCK, re.MULTILINE)
}


@pytest.mark.parametrize("wanted", WANTED)
def test_the_lock_pins_what_pyproject_asks_for(wanted: str) -> None:
    requirement = Requirement(wanted)
    assert PINS[canonicalize_name(requirement.name)] in requirement.specifier


def test_every_pin_has_hashes_and_no_line_names_a_place() -> None:
    entries = re.split(r"^(?=[\w.-]+(?:\[[\w,]+\])?==)", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) == len(re.findall(r"^\S+==", LOCK, re.MULTILINE)) > 100
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?://|file:|--index|--find-links|--extra", LOCK)


def test_the_lock_is_for_every_system() -> None:
    assert "sys_platform == 'win32'" in LOCK and "sys_platform == 'darwin'" in LOCK


def test_conda_installs_the_lock_and_a_promised_python() -> None:
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python, pip, packages = conda["dependencies"]
    # repo2docker reads the version only when it is written exactly so.
    assert re.fullmatch(r"python=3\.1[1-4]", python) and pip == "pip"
    assert packages == {"pip": ["-r requirements.txt"]}
    assert PROJECT["project"]["requires-python"] == ">=3.11"
