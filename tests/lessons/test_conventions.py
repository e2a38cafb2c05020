"""pytest tests a notebook wherever it is started, and nbval does so without our settings.

Left out: papermill and other runners. They need the classroom to be found from any folder, which
`tests/faults/test_course.py` shows.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugins.strict_nbval import StrictNotebook
from tests.support.paths import NOTEBOOKS, ROOT
from tests.support.tiers import turns

FIRST = NOTEBOOKS / "00-start-here.ipynb"
RULES = ROOT / "tests" / "nbval_sanitize.cfg"
# Options of pytest in the folder of the notebooks.
WAYS = {
    "from notebooks": ["-n0"],
    "with rules as seen from there": [
        *("-n0", "--nbval", "--nbval-sanitize-with=../tests/nbval_sanitize.cfg")
    ],
    "nbval alone": ["-c", "plain.ini", "--nbval", f"--nbval-sanitize-with={RULES}"],
}


@pytest.mark.parametrize("folder", [ROOT, NOTEBOOKS, NOTEBOOKS / "deeper"])
def test_the_rules_are_found_from_any_folder(request, folder: Path) -> None:
    params = pytest.Config.InvocationParams(args=(), plugins=None, dir=folder)
    notebook = StrictNotebook.from_parent(request.session, path=FIRST)
    own, request.config.invocation_params = request.config.invocation_params, params
    try:
        assert notebook.get_sanitize_files() == [str(RULES)]
    finally:
        request.config.invocation_params = own


@pytest.mark.slow
@pytest.mark.parametrize("way", turns(WAYS))
def test_a_notebook_is_green(way: str, tmp_path: Path) -> None:
    plain = tmp_path / "plain.ini"
    plain.write_text("[pytest]\n", "utf-8")
    options = [str(plain) if option == plain.name else option for option in WAYS[way]]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-q", "--color=no", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *options, FIRST.name],
        cwd=NOTEBOOKS,
        env=kept,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert "passed" in done.stdout.splitlines()[-1]
