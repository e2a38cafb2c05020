"""Files for tools that are not installed here name what exists: a hub, Binder, hooks, gitleaks."""

import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from bootstrap.commands import FIRST_LESSON
from teaching.editions import my_lessons
from tests.support.paths import ROOT

BINDER = ROOT / ".binder"
HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
# gitleaks' rule "jwt", in short: three parts, of which two are JSON in base64.
TOKEN = re.compile(rb"\bey[A-Za-z0-9_-]{17,}\.ey[\w/-]{17,}\.[\w/-]{10,}")
TEXTS = {".py", ".md", ".ipynb", ".json", ".toml", ".yml", ".js", ".svg", ".csv", ".txt"}
# Folders that git ignores, or which a command of course.py makes.
LEFT_OUT = {".venv", ".git", "__pycache__", ".hypothesis"}
LEFT_OUT |= {"my-lessons", "book", "slides", "live", "solved"}


def test_binder_keeps_its_own_jupyter_and_adds_what_the_lessons_import() -> None:
    lines = (BINDER / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["-r ../requirements-hub.txt"]
    python = (BINDER / "runtime.txt").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert python.startswith("python-3.")
    assert f":: {python.strip().removeprefix('python-')}" in project


@pytest.mark.skipif(os.name == "nt", reason="Binder's image is a Linux")
def test_binders_last_step_is_a_shell_script_that_runs_what_is_there() -> None:
    script = BINDER / "postBuild"
    text = script.read_text(encoding="utf-8")
    assert os.access(script, os.X_OK) and subprocess.run(["sh", "-n", str(script)]).returncode == 0
    modules = re.findall(r"^python -m ([\w.]+)(.*)$", text, re.MULTILINE)
    own = ["bootstrap.path_file", "bootstrap.lab_settings", "teaching.editions.my_lessons"]
    assert [name for name, _ in modules] == [*own, "compileall"]
    folders = [word for word in modules[-1][1].split() if not word.startswith("-")]
    assert folders and all((ROOT / folder).is_dir() for folder in folders)


def test_the_readme_leads_to_a_copy_of_the_first_lesson_on_binder() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    path = re.search(r"mybinder\.org/v2/\S+\?urlpath=lab/tree/my-lessons/([\w.-]+)", readme)
    assert path and (ROOT / "notebooks" / path[1]).is_file()


def test_a_hub_s_link_leads_to_a_copy_of_the_first_lesson_on_the_branch_that_has_it() -> None:
    text = (ROOT / "HUB.md").read_text(encoding="utf-8")
    (address,) = re.findall(r"^https://HUB/\S+$", text, re.MULTILINE)
    asked = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
    lesson = asked["urlpath"].removeprefix(f"lab/tree/{asked['targetPath']}/")
    assert lesson == f"{my_lessons.FOLDER.relative_to(ROOT)}/{FIRST_LESSON}"
    assert f"git push origin {asked['branch']}\n" in text
    assert f"python -m {my_lessons.__name__}\ngit add --force {my_lessons.FOLDER.name}\n" in text
    assert f"/{my_lessons.FOLDER.name}/" in (ROOT / ".gitignore").read_text("utf-8").split()


@pytest.mark.parametrize("hook", HOOKS[0]["hooks"], ids=lambda hook: hook["id"])
def test_a_hook_runs_tests_that_exist_and_needs_no_network(hook: dict) -> None:
    assert [repo["repo"] for repo in HOOKS] == ["local"]
    assert hook["language"] == "system" and hook["pass_filenames"] is False
    command, *paths = re.split(r" -n0 ", hook["entry"])
    assert command == "python3 course.py test -q"
    assert all((ROOT / path).is_file() for path in paths[0].split())


def files() -> Iterator[Path]:
    """Yield the files of the project that may hold a token."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in LEFT_OUT]
        yield from (Path(folder, name) for name in names if Path(name).suffix in TEXTS)


def test_a_token_stands_only_where_gitleaks_lets_it() -> None:
    config = tomllib.loads((ROOT / ".gitleaks.toml").read_text(encoding="utf-8"))
    assert config["extend"]["useDefault"] is True
    allowed = [re.compile(path) for path in config["allowlists"][0]["paths"]]
    found = [
        path.relative_to(ROOT).as_posix() for path in files() if TOKEN.search(path.read_bytes())
    ]
    assert found
    assert [path for path in found if not any(rule.search(path) for rule in allowed)] == []
