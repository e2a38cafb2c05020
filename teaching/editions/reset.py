"""`python -m teaching.editions.reset LESSON…`: a lesson as it was given; the old copy is kept.

Left out: a single exercise, which `reset("say-hello")` gives back in a notebook.
"""

import sys
from datetime import date

from teaching.editions.copies import Copies
from teaching.editions.folder import as_text
from teaching.editions.my_lessons import CANNOT, FOLDER
from teaching.editions.sources import NoSuchLesson, chosen
from teaching.editions.student import student_copy

WHICH = "Name the lesson, such as: course.py reset 03"
GIVEN = "my-lessons/{} is as it was given."
KEPT = "Yours is kept as {}."
OPEN = "Is it open in JupyterLab? Then choose File, Reload Notebook from Disk."


def main(names: list[str]) -> int:
    """Put the lessons of these names back and return the exit status; print what was done."""
    if set(names) & {"-h", "--help"}:
        print(WHICH)
        return 0
    try:
        lessons = chosen(names)
    except NoSuchLesson as unknown:
        print(unknown, file=sys.stderr)
        return 2
    if not names:
        print(WHICH, file=sys.stderr)
        return 2
    try:
        with Copies(FOLDER) as copies:
            for lesson in lessons:
                text = as_text(student_copy(lesson, FOLDER))
                kept = copies.put_back(lesson.file, text, str(date.today()))
                said = [GIVEN.format(lesson.file), KEPT.format(kept) if kept else "", OPEN]
                print(" ".join(filter(None, said)), flush=True)
    except OSError as error:
        print(CANNOT.format(error.strerror or error), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
