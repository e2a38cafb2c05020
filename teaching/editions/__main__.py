"""`python -m teaching.editions EDITION [LESSON…] --to FOLDER`: make an edition of the lessons.

Each but the student's has a folder of its own unless one is named. Slides and book are opened in
the browser.
"""

import argparse
import sys
import webbrowser
from importlib import import_module
from pathlib import Path

from teaching import ROOT, from_where_called
from teaching.editions.sources import NoSuchLesson, chosen

# Each is a module here with `make(lessons: list[Lesson], folder: Path) -> Path | None`: the page
# that is opened in the browser when all are made.
EDITIONS = ("student", "slides", "book", "live", "solved")
FOLDERS = {name: ROOT / name for name in ("slides", "book", "live", "solved")}  # git ignores them

OURS = ("benchmarks", "bootstrap", "data", "minisrv", "notebooks", "teaching", "tests")


def main(arguments: list[str]) -> int:
    """Make the edition that `arguments` name and return the exit status."""
    sys.stdout.reconfigure(errors="replace")  # a code page may lack a letter of the folder's name
    options = read(arguments)
    try:
        lessons = chosen(options.lessons)
        page = import_module(f"teaching.editions.{options.edition}").make(lessons, options.to)
    except NoSuchLesson as unknown:
        print(unknown, file=sys.stderr)
        return 2
    except OSError as problem:
        print(
            f"A file cannot be written ({problem}): name another folder with --to.", file=sys.stderr
        )
        return 1
    print(f"Open in a browser: {page.resolve()}" if page else f"Made in {options.to.resolve()}")
    if page and not options.no_open:
        webbrowser.open(page.resolve().as_uri())
    return 0


def read(arguments: list[str]) -> argparse.Namespace:
    """Return what was asked for, with a folder; a mistake ends the program with a sentence."""
    parser = argparse.ArgumentParser("python -m teaching.editions", description=__doc__)
    parser.add_argument("edition", choices=EDITIONS, help="which edition")
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="such as 03; all, if none")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where to")
    parser.add_argument("--no-open", action="store_true", help="do not open the browser")
    options = parser.parse_args(arguments)
    if options.to is None and options.edition not in FOLDERS:
        parser.error("this edition needs --to FOLDER")
    options.to = from_where_called(options.to) if options.to else FOLDERS[options.edition]
    if is_ours(options.to):
        parser.error(f"{options.to} has the course's own files: name another folder with --to")
    if options.edition == "book" and options.lessons:
        parser.error("the book always has all lessons: name none")
    return options


def is_ours(folder: Path) -> bool:
    """Return True for the root, and for its folders in OURS and hidden ones, with all in them."""
    folder = folder.resolve()
    if not folder.is_relative_to(ROOT):
        return False
    first = folder.relative_to(ROOT).parts[:1]
    return not first or first[0] in OURS or first[0].startswith(".")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
