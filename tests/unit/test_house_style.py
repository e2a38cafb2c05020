"""Imports go downward, files are small, everything is said in one sentence, ruff is content."""

import ast
import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from minisrv.settings import CookieSettings, Settings, sentence
from tests.support.paths import ROOT

FILES = sorted((ROOT / "minisrv").rglob("*.py"))
RUNGS = sorted((ROOT / "minisrv" / "routes" / "signup").glob("*.py"))
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef

each = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def run(*command: str) -> None:
    environment = os.environ | {"PYTHONPATH": "notebooks"}  # where classroom is, seen from ROOT
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_imports_go_downward_and_no_route_imports_another() -> None:
    run(sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()")


@pytest.mark.parametrize("top", ["minisrv", "notebooks/classroom"])
def test_at_most_ten_modules_lie_flat_at_the_top(top: str) -> None:
    assert len(list((ROOT / top).glob("*.py"))) <= 10


def test_ruff_is_content() -> None:
    run(sys.executable, "-m", "ruff", "check", "--no-cache", ".")
    run(sys.executable, "-m", "ruff", "format", "--no-cache", "--check", ".")


def test_no_rung_imports_another() -> None:
    rungs = {path.stem for path in RUNGS} - {"__init__", "verbs"}
    for path in RUNGS:
        named = set(re.findall(r"routes\.signup\.(\w+)", path.read_text(encoding="utf-8")))
        assert path.stem == "__init__" or not named & rungs, path.name


@each
def test_a_file_is_small_and_its_functions_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250
    for node in ast.walk(tree(path)):
        if isinstance(node, FUNCTIONS):
            assert node.end_lineno - node.lineno < 30, node.name


@each
def test_everything_public_says_what_it_is_and_what_it_takes(path: Path) -> None:
    module = tree(path)
    assert ast.get_docstring(module), path.name
    for node in ast.walk(module):
        if isinstance(node, FUNCTIONS | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path.name}: {node.name}"
        if isinstance(node, FUNCTIONS):
            arguments = [*node.args.args, *node.args.kwonlyargs]
            untyped = [a.arg for a in arguments if a.annotation is None]
            assert node.returns and set(untyped) <= {"self", "cls"}, f"{path.name}: {node.name}"


@pytest.mark.parametrize(
    "field", [*fields(Settings), *fields(CookieSettings)], ids=lambda f: f.name
)
def test_every_setting_is_documented_in_one_sentence(field) -> None:
    assert sentence(field)[0].isupper() and sentence(field).endswith(".")


def test_the_files_to_read_for_a_sign_up_have_as_many_lines_as_the_readme_says() -> None:
    text = (ROOT / "minisrv" / "README.md").read_text(encoding="utf-8")
    steps = "".join(re.findall(r"^(?:\d\. |   ).*\n", text, re.MULTILINE))
    files = [ROOT / "minisrv" / name for name in dict.fromkeys(re.findall(r"`(\S+\.py)`", steps))]
    said = int(re.search(r"about ([\d,]+) lines", text)[1].replace(",", ""))
    lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)
    assert len(files) == 12 and 0.95 * said <= lines <= 1.05 * said
