"""The rows of the report: each student with each exercise that is asked.

Left out: how one answer is judged (process.py), and how the rows are written (tables.py).
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from classroom import exercises
from classroom.checking.frame import is_unchanged
from teaching.editions.sources import Lesson
from teaching.grading.answers import answer_in
from teaching.grading.asked import Asked, all_asked
from teaching.grading.process import Judged
from teaching.grading.submissions import Notebook, Student

MISSING = "not handed in"
STOPPING = "Stopping; the answers that are being judged now may take until their time limit."
Judge = Callable[[Asked, Sequence[str]], Judged]


@dataclass(frozen=True)
class Row:
    """One line of the report."""

    student: str
    lesson: str
    exercise: str
    verdict: str
    why: str = ""
    seconds: float = 0.0


def exercises_for(
    students: Sequence[Student], lessons: Sequence[Lesson], ids: Sequence[str] = ()
) -> list[Asked]:
    """Return the exercises `ids` and those of `lessons`.

    If both are empty, those of all lessons of which somebody has handed in a notebook.
    """
    if not lessons and not ids:
        found = {id for student in students for one in student.notebooks for id in one.ids}
        lessons = [asked.lesson for id, asked in all_asked().items() if id in found]
    return [one for one in all_asked().values() if one.lesson in lessons or one.id in ids]


def rows_for(
    students: Sequence[Student], exercises: Sequence[Asked], judge: Judge, jobs: int = 1
) -> Iterator[Row]:
    """Yield the rows of each student as soon as they are known, `jobs` answers at a time."""
    pool = ThreadPoolExecutor(jobs)
    try:
        of_students = [
            (student, [pool.submit(_row, student, asked, judge) for asked in exercises])
            for student in students
        ]
        for student, tasks in of_students:
            yield from _unreadable(student)
            for task in tasks:
                yield task.result()
    except KeyboardInterrupt:
        print(STOPPING, file=sys.stderr, flush=True)
        raise
    finally:
        pool.shutdown(cancel_futures=True)  # after Ctrl-C: those that run, and no others


def _row(student: Student, asked: Asked, judge: Judge) -> Row:
    start = (student.name, asked.lesson.name, asked.id)
    handed_in = [one for one in student.notebooks if asked.id in one.ids]
    if not handed_in:
        return Row(*start, MISSING, _why_missing(student.notebooks))
    # Where there are several, the newest in which something was done: students hand in again, and
    # beside a copy in my-lessons may lie a newer edition of the lesson, which nobody has touched.
    newest = max(handed_in, key=lambda one: (_begun(asked, one), one.path.stat().st_mtime))
    judged = judge(asked, newest.cells)
    return Row(*start, judged.verdict, judged.why, round(judged.seconds, 1))


def _begun(asked: Asked, notebook: Notebook) -> bool:
    """Return False if the answer is still the frame that the lesson gives."""
    exercise = exercises.load(asked.id)
    try:
        answer = answer_in(notebook.cells, exercise)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True  # Python cannot read it, so a student wrote it
    return answer is not None and not is_unchanged(exercise.frame, answer.cell)


def _why_missing(notebooks: Sequence[Notebook]) -> str:
    ids = {id for one in notebooks for id in one.ids}
    others = list(dict.fromkeys(a.lesson.name for a in all_asked().values() if a.id in ids))
    if others:
        return f"There is no check of this exercise; handed in: {', '.join(others)}."
    return "There is no notebook with a check of this exercise."


def _unreadable(student: Student) -> Iterator[Row]:
    for one in student.notebooks:
        if one.problem:
            yield Row(student.name, "", "", "unreadable", one.problem)
