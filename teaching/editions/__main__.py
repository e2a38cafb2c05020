"""`python -m teaching.editions EDITION [LESSON…] --to FOLDER`: make an edition of the lessons."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from teaching.editions.sources import NoSuchLesson, chosen

# Each is a module here with `make(lessons: list[Lesson], folder: Path) -> None`.
EDITIONS = ("student",)


def main(arguments: list[str]) -> int:
    """Make the edition that `arguments` name and return the exit status."""
    parser = argparse.ArgumentParser("python -m teaching.editions", description=__doc__)
    parser.add_argument("edition", choices=EDITIONS, help="which edition")
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="such as 03; all, if none")
    parser.add_argument("--to", required=True, type=Path, metavar="FOLDER", help="where to")
    options = parser.parse_args(arguments)
    try:
        lessons = chosen(options.lessons)
    except NoSuchLesson as unknown:
        print(unknown, file=sys.stderr)
        return 2
    import_module(f"teaching.editions.{options.edition}").make(lessons, options.to)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
