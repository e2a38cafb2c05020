"""`python -m teaching.editions EDITION [LESSON…] --to FOLDER`: make an edition of the lessons.

Slides and book have a folder of their own unless one is named, and are opened in the browser.
"""

import argparse
import sys
import webbrowser
from importlib import import_module
from pathlib import Path

from teaching import ROOT
from teaching.editions.sources import NoSuchLesson, chosen

# Each is a module here with `make(lessons: list[Lesson], folder: Path) -> Path | None`: the page
# that is opened in the browser when all are made.
EDITIONS = ("student", "slides", "book")
FOLDERS = {name: ROOT / name for name in ("slides", "book")}  # git ignores them


def main(arguments: list[str]) -> int:
    """Make the edition that `arguments` name and return the exit status."""
    sys.stdout.reconfigure(errors="replace")  # a code page may lack a letter of the folder's name
    parser = argparse.ArgumentParser("python -m teaching.editions", description=__doc__)
    parser.add_argument("edition", choices=EDITIONS, help="which edition")
    parser.add_argument("lessons", nargs="*", metavar="LESSON", help="such as 03; all, if none")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where to")
    parser.add_argument("--no-open", action="store_true", help="do not open the browser")
    options = parser.parse_args(arguments)
    folder = options.to or FOLDERS.get(options.edition)
    if folder is None:
        parser.error("this edition needs --to FOLDER")
    if options.edition == "book" and options.lessons:
        parser.error("the book always has all lessons: name none")
    try:
        lessons = chosen(options.lessons)
        page = import_module(f"teaching.editions.{options.edition}").make(lessons, folder)
    except NoSuchLesson as unknown:
        print(unknown, file=sys.stderr)
        return 2
    except OSError as problem:
        print(
            f"A file cannot be written ({problem}): name another folder with --to.", file=sys.stderr
        )
        return 1
    if page:
        print(f"Open in a browser: {page.resolve()}")
    if page and not options.no_open:
        webbrowser.open(page.resolve().as_uri())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
