"""The first cell in a kernel that cannot run the lessons: one sentence, and the doctor is there."""

from pathlib import Path

from tests.support.kernels import kernel
from tests.support.paths import NOTEBOOKS


def test_a_file_of_the_student_that_hides_a_package_is_named_in_one_line(tmp_path: Path) -> None:
    own = tmp_path / "starlette.py"
    own.touch()
    with kernel() as started:
        started.run(f"import os, sys; sys.path.insert(0, {str(NOTEBOOKS)!r})")
        started.run(f"os.chdir({str(tmp_path)!r})")
        found = started.run("from classroom import *\nserver = Server()")
        sentence = f"{own} hides the package starlette: rename it, and restart the kernel."
        assert found.report.splitlines() == [f"WrongKernel: {sentence}"]
        found = started.run("from classroom.doctor import doctor\ndoctor()")
        assert sentence.rstrip(".") in found.text


def test_an_error_of_a_package_becomes_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "uvicorn.py").write_text("1 / 0\n", encoding="utf-8")
    with kernel() as started:
        started.run(f"import sys; sys.path[:0] = {[str(tmp_path), str(NOTEBOOKS)]!r}")
        report = started.run("from classroom import *").report
        assert len(report.splitlines()) == 1
        assert "a package cannot be imported (ZeroDivisionError('division by zero')): run" in report
        text = started.run("from classroom.doctor import doctor\ndoctor()").text
        assert f"{tmp_path / 'uvicorn.py'} hides the package uvicorn: rename it" in text
