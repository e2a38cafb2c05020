"""The course from one command; `course.py --help` lists all four.

Written for every Python, however old, to parse: it only asks for a newer one, politely, and leaves
the work to the package `bootstrap`.
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "The course needs Python 3.11 or newer, and this is %s: install one from "  # noqa: UP031
        "https://www.python.org/downloads/ and start course.py with that." % sys.version.split()[0]
    )

if __name__ == "__main__":
    # Spelled out, for PYTHONSAFEPATH takes a script's own folder off the path.
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from bootstrap.commands import main

    sys.exit(main(sys.argv[1:]))
