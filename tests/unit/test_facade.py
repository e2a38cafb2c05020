"""`from classroom import *` is what a lesson needs to begin, and each lesson begins with it."""

import ast

import pytest

import classroom
from tests.support.notebooks import PATHS, cells


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
