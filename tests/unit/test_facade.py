"""`from classroom import *` is what a lesson needs to begin, and each lesson begins with it."""

import ast
import os
import subprocess
import sys

import pytest

import classroom
from tests.support.notebooks import PATHS, cells
from tests.support.paths import NOTEBOOKS

# Without what pytest adds to the path.
ALONE = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def test_a_star_import_gives_exactly_the_names_of_the_facade() -> None:
    names: dict[str, object] = {}
    exec("from classroom import *", names)
    names.pop("__builtins__")
    assert set(names) == set(classroom.__all__)
    assert [name for name, value in names.items() if not callable(value)] == ["requests"]


@pytest.mark.parametrize("lesson", PATHS, ids=lambda path: path.stem)
def test_a_lesson_takes_from_the_top_of_classroom_only_names_of_the_facade(lesson) -> None:
    for cell in cells(lesson, "code"):
        if "from classroom import" in cell["source"]:
            for node in ast.walk(ast.parse(cell["source"])):
                if isinstance(node, ast.ImportFrom) and node.module == "classroom":
                    assert {name.name for name in node.names} <= {"*", *classroom.__all__}


def test_a_notebook_in_deeper_finds_the_same_files() -> None:
    code = (
        "import sys; sys.path.insert(0, '..'); from classroom import *; "
        "from classroom.attack_lab.recordings import FILE; print(FILE.is_file())"
    )
    folder = NOTEBOOKS / "deeper"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=ALONE, capture_output=True, text=True
    )
    assert done.stdout == "True\n", done.stderr
