"""What the report reads of a folder and of a notebook, and whom it invents; nothing is run."""

import csv
import io
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from classroom import exercises
from classroom.checking.frame import given_cell
from classroom.checking.verdict import Verdict
from classroom.exchanges.exchange import Exchange
from teaching.grading import rows as grading_rows
from teaching.grading.__main__ import main
from teaching.grading.answers import answer_in
from teaching.grading.asked import all_asked
from teaching.grading.judge import why
from teaching.grading.other_people import NAMES, WORDS, other_words, translated
from teaching.grading.process import Judged
from teaching.grading.rows import Row, exercises_for, rows_for
from teaching.grading.submissions import students_in
from teaching.grading.tables import write_csv, write_page
from tests.support.started import wait_until

HELLO = '@server.endpoint("health")\nasync def health(request):\n    return {}'
CHECK = 'check("say-hello")'


def hand_in(path: Path, *cells: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=[new_code_cell(cell) for cell in cells]), path)


def test_all_exercises_are_asked_by_a_lesson() -> None:
    assert sorted(all_asked()) == exercises.ids()


def test_a_student_is_a_folder_or_a_file(tmp_path: Path) -> None:
    hand_in(tmp_path / "ann/my lessons/00-start-here.ipynb", HELLO, CHECK)
    hand_in(tmp_path / "ann/.ipynb_checkpoints/02-salt.ipynb", HELLO)
    hand_in(tmp_path / "bob_00-start-here.ipynb", f"{HELLO}\n{CHECK}")
    hand_in(tmp_path / "02-salt-çem.ipynb", "1 + 1")
    (tmp_path / "notes.txt").write_text("no student")
    (tmp_path / "dora").mkdir()
    (tmp_path / "dora/all.zip").write_bytes(b"PK")
    found = {one.name: one.notebooks for one in students_in(tmp_path)}
    assert {name: [book.ids for book in books] for name, books in found.items()} == {
        "ann": [["say-hello"]],
        "bob": [["say-hello"]],
        "çem": [[]],
        "dora": [[]],
    }
    assert found["dora"][0].problem == "all.zip is an archive: unpack it, then start again."


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("ann-02-salt.ipynb", "ann"),
        ("j.doe_02-salt.new.ipynb", "j.doe"),
        ("02-salt-ann-lee (1).ipynb", "ann-lee"),
        ("Dora Example_4711_assignsubmission_file_02-salt.2026-11-29.ipynb", "Dora Example"),
        ("Dora Example_4711_assignsubmission_file_/02-salt.ipynb", "Dora Example"),
    ],
)
def test_the_name_of_a_file_holds_the_student_s(tmp_path: Path, file: str, name: str) -> None:
    hand_in(tmp_path / file, CHECK)
    assert [(one.name, one.named) for one in students_in(tmp_path)] == [(name, True)]


def test_two_students_of_one_name_stay_two(tmp_path: Path) -> None:
    folders = [f"Dora Example_{number}_assignsubmission_file_" for number in (4711, 4712)]
    for folder in folders:
        hand_in(tmp_path / folder / "02-salt.ipynb", CHECK)
    assert [one.name for one in students_in(tmp_path)] == folders


def test_two_files_of_one_name_are_one_student_s(tmp_path: Path) -> None:
    hand_in(tmp_path / "ann-00-start-here.ipynb", CHECK)
    hand_in(tmp_path / "ann-02-salt.ipynb", 'check("salt-each")')
    (ann,) = students_in(tmp_path)
    assert [one.ids for one in ann.notebooks] == [["say-hello"], ["salt-each"]]


@pytest.mark.parametrize("stem", ["02-salt", "02-salt (1)", "02-salt-Copy1", "02-salt.new"])
def test_a_file_that_is_called_like_a_lesson_is_named_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], stem: str
) -> None:
    hand_in(tmp_path / "class" / f"{stem}.ipynb", "1 + 1")
    assert main([str(tmp_path / "class"), "--lesson", "02"]) == 0
    said = capsys.readouterr()
    assert said.err == (
        f"{stem}.ipynb holds nobody's name: "
        f"call it ann-{stem}.ipynb, or put it into a folder with the name.\n"
    )
    assert f"] {stem} · salt-each: not handed in" in said.out


def test_only_what_was_assigned_is_asked(tmp_path: Path) -> None:
    hand_in(tmp_path / "ann.ipynb", f"{HELLO}\n{CHECK}", 'check("salt-each")')
    students = students_in(tmp_path)
    asked = exercises_for(students, [], ["salt-each", "say-hello"])
    assert [one.id for one in asked] == ["say-hello", "salt-each"]
    asked = exercises_for(students, [all_asked()["hash-off-loop"].lesson], ["say-hello"])
    assert [one.id for one in asked] == ["say-hello", "hash-off-loop"]


def test_an_unknown_exercise_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_in(tmp_path / "class/ann.ipynb", CHECK)
    assert main([str(tmp_path / "class"), "--exercise", "salt-eech"]) == 2
    assert "There is no exercise 'salt-eech'; there are: salt-each" in capsys.readouterr().err


def test_why_says_what_was_expected_and_what_came() -> None:
    came = Exchange("POST", "/api/signin", "", (), b"", 401, "Unauthorized", (), b"")
    verdict = Verdict("not yet", "salt-each", "ada@trax.test signs in", came)
    assert why(verdict) == (
        "Expected: ada@trax.test signs in\n"
        "Sent: POST /api/signin, and the answer was 401 Unauthorized."
    )
    assert why(replace(verdict, exchange=None, gap="A gap is left.")) == (
        "A gap is left.\nExpected: ada@trax.test signs in"
    )
    assert why(replace(verdict, name="done")) == ""
    assert why(Verdict("your code raised", "salt-each", "KeyError: 'x'", came)) == "KeyError: 'x'"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'{"cells": [', "is no JSON"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"[]", "no notebook"),
        (b"{}", "no notebook"),
        (b'{"nbformat": 4, "cells": 5}', "no notebook"),
        (b"", "is no JSON"),
    ],
)
def test_a_damaged_notebook_is_a_sentence(tmp_path: Path, content: bytes, problem: str) -> None:
    (tmp_path / "eve.ipynb").write_bytes(content)
    ((notebook,),) = [student.notebooks for student in students_in(tmp_path)]
    assert problem in notebook.problem


def test_the_answer_is_the_route_at_or_above_the_last_check() -> None:
    exercise = exercises.load("say-hello")
    older, newer = HELLO.replace("{}", "1"), HELLO.replace("{}", "2")
    assert answer_in([older + "\n" + CHECK, newer, CHECK], exercise).cell == newer
    assert answer_in([older + "\n" + CHECK, newer], exercise).cell == f"{older}\n{CHECK}"
    assert answer_in([HELLO], exercise) is None


def test_an_answer_gets_what_it_needs_of_other_cells_and_no_more() -> None:
    cells = [
        "%%expect\nimport json\nx = 1\nprint(x)",
        "def reply(name):\n    return json.dumps({'hello': name + END})\n\nEND = ''",
        "y = open('/nowhere')\n!ls",
        "this is no Python",
        HELLO.replace("{}", "reply(server.url)") + f"\n{CHECK}",
    ]
    found = answer_in(cells, exercises.load("say-hello"), given={"server", "check"})
    assert found.needed.startswith("import json\ndef reply(name):")
    assert found.needed.endswith("END = ''")


def test_other_people_have_names_of_the_same_length_and_are_the_same_for_a_seed() -> None:
    words = other_words(7)
    assert words == other_words(7) != other_words(8)
    assert all(len(new) == len(word) for word, new in words.items())
    assert len({*words.values(), *NAMES, *WORDS}) == 2 * len(words)
    ada, metadata = words["ada"], "metadata"
    before = f"ada@trax.test Ada's ADA {metadata} midnight.train"
    after = (
        f"{ada}@trax.test {ada.capitalize()}'s {ada.upper()} {metadata} {words['midnight']}.train"
    )
    assert translated(before, words) == after


@pytest.mark.parametrize("content", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_no_text_is_a_formula_in_a_spreadsheet(tmp_path: Path, content: str) -> None:
    write_csv([Row(content, "02-salt", "salt-each", "done", content)], tmp_path / "r.csv")
    text = (tmp_path / "r.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert rows[1] == [f"'{content}", "02-salt", "salt-each", "done", f"'{content}", "0.0"]


def test_the_page_escapes_what_students_wrote(tmp_path: Path) -> None:
    row = Row("<b>eve</b>", "02-salt", "salt-each", "not yet", "<script>alert(1)</script>")
    write_page([row], tmp_path / "r.html", 7, tmp_path)
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "it names everybody. Do not commit it." in page
    assert "<b>eve" not in page and "<script" not in page and "&lt;b&gt;eve" in page


def test_of_two_notebooks_the_newer_one_counts(tmp_path: Path) -> None:
    hand_in(tmp_path / "ann/b.ipynb", f"{HELLO}\n{CHECK}")
    hand_in(tmp_path / "ann/a.ipynb", f"# again\n{HELLO}\n{CHECK}")
    later = (tmp_path / "ann/b.ipynb").stat().st_mtime + 5
    os.utime(tmp_path / "ann/a.ipynb", (later, later))
    assert judged_line(tmp_path) == "# again"


@pytest.mark.parametrize("newer", ["00-start-here.new.ipynb", "00-start-here.ipynb"])
def test_a_newer_one_that_is_as_it_was_given_does_not_count(tmp_path: Path, newer: str) -> None:
    """It lies beside the student's own, or the student took the lesson again and stopped there."""
    hand_in(tmp_path / "ann/mine.ipynb", f"# mine\n{HELLO}\n{CHECK}")
    hand_in(tmp_path / "ann" / newer, given_cell(exercises.load("say-hello")))
    later = (tmp_path / "ann/mine.ipynb").stat().st_mtime + 5
    os.utime(tmp_path / "ann" / newer, (later, later))
    assert judged_line(tmp_path) == "# mine"


def judged_line(folder: Path) -> str:
    """Return the first line of the cells that are judged, of one student with one exercise."""
    students, seen = students_in(folder), []

    def judge(asked: object, cells: tuple[str, ...]) -> Judged:
        seen.append(cells[0].splitlines()[0])
        return Judged("done", "")

    (row,) = rows_for(students, exercises_for(students, []), judge)
    assert (row.student, row.verdict) == ("ann", "done")
    (line,) = seen
    return line


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: None, "does not exist: name the folder"),
        (lambda folder: folder.write_text("x"), "is a file: name the folder"),
        (lambda folder: folder.mkdir(), "has no notebook in it: put one folder"),
        (lambda folder: hand_in(folder / "ann.ipynb", "1 + 1"), "name a lesson with --lesson 02"),
    ],
)
def test_a_folder_with_nothing_to_judge_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], make: object, said: str
) -> None:
    make(tmp_path / "class")
    assert main([str(tmp_path / "class")]) == 2
    error = capsys.readouterr().err
    assert said in error and len(error.splitlines()) == 1


def test_an_unknown_lesson_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_in(tmp_path / "class/ann.ipynb", CHECK)
    assert main([str(tmp_path / "class"), "--lesson", "99"]) == 2
    assert "There is no lesson '99'" in capsys.readouterr().err


def test_after_an_interrupt_no_further_answer_is_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abcdefgh":
        hand_in(tmp_path / name / "x.ipynb", f"{HELLO}\n{CHECK}")
    students = students_in(tmp_path)
    judged, release = [], threading.Event()

    def judge(asked: object, cells: tuple[str, ...]) -> Judged:
        judged.append(asked)
        if len(judged) > 1:
            release.wait(60)
        return Judged("done", "")

    class Pool(ThreadPoolExecutor):
        """One that lets the answer which is being judged end after it was told to shut down."""

        def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
            super().shutdown(wait=False, cancel_futures=cancel_futures)
            release.set()
            super().shutdown(wait=wait)

    monkeypatch.setattr(grading_rows, "ThreadPoolExecutor", Pool)
    rows = rows_for(students, exercises_for(students, []), judge)
    next(rows)
    rows.close()
    assert release.is_set() and len(judged) <= 2


def test_an_interrupt_is_answered_before_the_answers_that_are_being_judged_have_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(tmp_path / "ann/x.ipynb", f"# ann\n{HELLO}\n{CHECK}")
    hand_in(tmp_path / "bob/x.ipynb", f"{HELLO}\n{CHECK}")
    students = students_in(tmp_path)
    begun, error, said = threading.Event(), io.StringIO(), []
    monkeypatch.setattr(sys, "stderr", error)

    def judge(asked: object, cells: tuple[str, ...]) -> Judged:
        if cells[0].startswith("# ann"):
            assert begun.wait(60)
            raise KeyboardInterrupt
        begun.set()  # and bob's answer is being judged until the sentence is there
        wait_until(lambda: error.getvalue().endswith("\n"))
        said.append(error.getvalue())
        return Judged("done", "")

    with pytest.raises(KeyboardInterrupt):
        list(rows_for(students, exercises_for(students, []), judge, jobs=2))
    (line,) = said
    assert line.startswith("Stopping; the answers that are being judged now")


@pytest.mark.parametrize("ending", ["csv", "html"])
def test_a_report_that_cannot_be_written_is_refused_before_anybody_is_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    hand_in(tmp_path / "class/ann.ipynb", f"{HELLO}\n{CHECK}")
    (tmp_path / f"class-report.{ending}").mkdir()  # as good as a file that another program holds
    assert main([str(tmp_path / "class")]) == 2
    out, error = capsys.readouterr()
    assert error.startswith("The report cannot be written (") and len(error.splitlines()) == 1
    assert out == "" and [path.name for path in tmp_path.glob("*-report.*")] == [
        f"class-report.{ending}"
    ]
