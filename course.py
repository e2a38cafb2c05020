"""Start the course; `course.py --help` lists the commands.

Every Python, however old, can parse this file, so an old one can say that a newer one is needed.
The work is done by the package `bootstrap`.
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
