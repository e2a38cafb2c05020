"""Let the course's packages be imported from any folder: a .pth file in the environment.

`classroom` is in notebooks/ and the others are in the root. A notebook in the root, in a folder of
the student's, or run elsewhere by a tool finds them through this file (docs.python.org, `site`).
course.py writes it into .venv; in another environment (conda, Binder, a hub) run
`python -m bootstrap.path_file` once, in the root.
"""

import locale
import os
import sys
import sysconfig
from pathlib import Path

from bootstrap import ROOT

FOLDERS = (ROOT, ROOT / "notebooks")
NAME = "signup-lessons.pth"


def write(packages: Path) -> None:
    """Write the file into `packages`, a site-packages folder, unless it is there already.

    Relative lines: they are right again when the root is moved together with its .venv, and
    whatever the encoding of the folder's name is.
    """
    file = packages / NAME
    lines = "".join(f"{relative(folder, packages)}\n" for folder in FOLDERS)
    # `site` reads a .pth file so; it is ASCII for a .venv in the root.
    encoding = "utf-8" if sys.version_info >= (3, 13) else locale.getencoding()
    content = lines.encode(encoding, "surrogateescape")
    if not file.is_file() or file.read_bytes() != content:
        file.write_bytes(content)


def relative(folder: Path, packages: Path) -> str:
    """Return `folder` as seen from `packages`, or whole if it is on another drive of Windows."""
    try:
        return os.path.relpath(folder, packages)
    except ValueError:
        return str(folder)


def packages_of(venv: Path) -> Path:
    """Return the site-packages folder of an environment that this Python made."""
    places = {"base": str(venv), "platbase": str(venv)}
    return Path(sysconfig.get_path("purelib", "venv", places))


if __name__ == "__main__":
    write(Path(sysconfig.get_path("purelib")))
