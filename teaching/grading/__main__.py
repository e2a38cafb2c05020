"""python3 course.py report FOLDER: judge what students handed in; write a CSV file and a page.

The exit status is 0 if there is a report, whatever the verdicts, and 2 if there is none.
"""

import argparse
import os
import secrets
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from classroom import exercises
from teaching import from_where_called
from teaching.editions.sources import NoSuchLesson, chosen
from teaching.grading.asked import Asked
from teaching.grading.process import Judged, Limits, judge_apart
from teaching.grading.rows import Row, exercises_for, rows_for
from teaching.grading.submissions import BadFolder, Student, students_in
from teaching.grading.tables import write_csv, write_page

NOTHING_ASKED = "No notebook in {} has a check(...) of this course: name a lesson with --lesson 02."
CANNOT = "The report cannot be written ({}): close that file if it is open, or choose --out NAME."
NAMELESS = (
    "{0}.ipynb holds nobody's name: call it ann-{0}.ipynb, or put it into a folder with the name."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge, write and return the exit status; print progress, and what went wrong."""
    options = _options(arguments)
    try:
        folder = options.folder
        students = students_in(folder)
        asked = _asked(students, options)
        out = options.out or folder.parent / f"{folder.name}-report"
        files = [out.with_name(f"{out.name}.{ending}") for ending in ("csv", "html")]
        _can_be_written(files)
        _write(_judged(students, asked, options), options.seed, folder, *files)
    except (BadFolder, NoSuchLesson) as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(CANNOT.format(error), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped; no report was written.", file=sys.stderr)
        return 130
    return 0


def _asked(students: Sequence[Student], options: argparse.Namespace) -> list[Asked]:
    """Return what is to be judged, and print which file holds nobody's name."""
    for id in options.exercise:
        try:
            exercises.load(id)
        except LookupError as error:
            raise BadFolder(error.args[0]) from None
    lessons = chosen(options.lesson) if options.lesson else []
    asked = exercises_for(students, lessons, options.exercise)
    if not asked:
        raise BadFolder(NOTHING_ASKED.format(options.folder))
    for student in students:
        if not student.named:
            print(NAMELESS.format(student.name), file=sys.stderr)
    return asked


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python3 course.py report",
        description="Judge what students handed in. It RUNS their code: use a machine or an account"
        " that you can throw away.",
    )
    parser.add_argument("folder", type=Path, help="one folder or one notebook a student")
    parser.add_argument(
        "--lesson", action="append", help="what was asked, such as 02; can be given again"
    )
    parser.add_argument(
        "--exercise",
        action="append",
        default=[],
        help="one exercise that was asked, such as salt-each; can be given again",
    )
    parser.add_argument("--seed", type=int, help="other people: the same number, the same people")
    parser.add_argument("--seconds", type=int, default=Limits.seconds, help="for one answer")
    parser.add_argument("--memory", type=int, default=Limits.memory, help="MB for one answer")
    parser.add_argument("--jobs", type=int, default=max(1, (os.cpu_count() or 2) // 2))
    parser.add_argument("--out", type=Path, help="the files' name, without .csv and .html")
    options = parser.parse_args(arguments)
    options.folder = from_where_called(options.folder)
    options.out = options.out and from_where_called(options.out)
    options.seed = secrets.randbelow(1_000_000) if options.seed is None else options.seed
    if min(options.seconds, options.memory, options.jobs) < 1:
        parser.error("--seconds, --memory and --jobs are numbers from 1 on")
    return options


def _judged(
    students: Sequence[Student], exercises: Sequence[Asked], options: argparse.Namespace
) -> list[Row]:
    judge = partial(_judge, options.seed, Limits(options.seconds, options.memory))
    count = len(students) * len(exercises)
    print(f"{len(students)} students, {len(exercises)} exercises, seed {options.seed}", flush=True)
    rows = []
    for row in rows_for(students, exercises, judge, options.jobs):
        rows.append(row)
        at = sum(bool(one.exercise) for one in rows)
        print(
            f"[{at}/{count}] {row.student} · {row.exercise or row.why}: {row.verdict}", flush=True
        )
    return rows


def _judge(seed: int, limits: Limits, asked: Asked, cells: Sequence[str]) -> Judged:
    return judge_apart(asked, cells, seed, limits)


def _can_be_written(files: Sequence[Path]) -> None:
    """Raise OSError now, and not when a class has been judged: a spreadsheet may hold the file."""
    for file in files:
        was_there = file.exists()
        file.open("a").close()
        if not was_there:
            file.unlink()


def _write(rows: Sequence[Row], seed: int, folder: Path, table: Path, page: Path) -> None:
    write_csv(rows, table)
    write_page(rows, page, seed, folder)
    print(f"Written: {table}\n         {page}")


if __name__ == "__main__":
    sys.exit(main())
