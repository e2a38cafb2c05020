"""The workflow runs each Python that is promised, and nothing in it changes behind our backs.

Left out: whether it is green where we cannot run it; CONTRIBUTING.md lists what was never run.
"""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.support.paths import ROOT

FOLDER = ROOT / ".github"
WORKFLOW = yaml.safe_load((FOLDER / "workflows" / "test.yml").read_text(encoding="utf-8"))
JOBS = WORKFLOW["jobs"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROMISED = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["project"]["classifiers"]))


def test_each_promised_python_is_tested_on_each_system() -> None:
    matrix = JOBS["test"]["strategy"]["matrix"]
    assert matrix["python"] == PROMISED
    assert [name.split("-")[0] for name in matrix["os"]] == ["ubuntu", "macos", "windows"]
    others = {one["os"] for one in matrix["include"]}
    assert others == {"ubuntu-24.04-arm", "macos-15-intel", "windows-11-arm"}
    assert all(one["python"] in PROMISED for one in matrix["include"])


@pytest.mark.parametrize("file", sorted((FOLDER / "workflows").glob("*.yml")), ids=lambda f: f.name)
def test_an_action_is_a_commit_and_its_version_stands_beside_it(file: Path) -> None:
    used = re.findall(r"uses: (.+)", file.read_text(encoding="utf-8"))
    assert used
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", line) for line in used)


@pytest.mark.parametrize("job", JOBS)
def test_a_job_may_only_read_ends_by_itself_and_keeps_what_it_downloads(job: str) -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"} and "permissions" not in JOBS[job]
    assert JOBS[job]["timeout-minutes"] <= 60
    settings = [step["with"] for step in JOBS[job]["steps"] if "setup-python" in str(step)]
    assert [one["cache"] for one in settings] == ["pip"]
    assert all((ROOT / one["cache-dependency-path"]).is_file() for one in settings)


def test_once_a_week_both_tiers_are_run_with_all_their_rows() -> None:
    when = WORKFLOW[True]["schedule"]  # YAML 1.1 reads the key `on` as true
    assert [len(one["cron"].split()) for one in when] == [5]
    assert JOBS["slow"]["env"]["COURSE_DAYS"] == "${{ github.event_name == 'schedule' && 7 || 1 }}"
    weekly = "${{ github.event_name == 'schedule' && 'slow or not slow' || 'slow' }}"
    commands = [step.get("run") for step in JOBS["slow"]["steps"]]
    assert f'python course.py test -m "{weekly}"' in commands


def test_updates_come_for_packages_and_actions_but_not_beyond_our_limits() -> None:
    text = (FOLDER / "dependabot.yml").read_text(encoding="utf-8")
    updates = {one["package-ecosystem"]: one for one in yaml.safe_load(text)["updates"]}
    assert set(updates) == {"pip", "github-actions"}
    held = {re.split(r"[<=]", one)[0] for one in PROJECT["tool"]["uv"]["constraint-dependencies"]}
    assert held <= {one["dependency-name"] for one in updates["pip"]["ignore"]}
