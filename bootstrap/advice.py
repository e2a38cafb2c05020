"""Turn the text of an error into one sentence with the next step.

Left out: the installer's own words, which are printed above the sentence.
"""

import re
import sys

# What was printed -> what to do; the first that fits counts. A pip without network ends with
# "No matching distribution", so the network comes before it.
ADVICE = {
    r"no space left|not enough space|errno 28|os error 28": ("The disk is full: free 500 MB"),
    r"denied|not permitted|used by another process|read-only": (
        "The folder .venv cannot be written: close what uses it (JupyterLab, an editor), "
        "or copy the course to a folder of your own"
    ),
    r"no module named '?(venv|ensurepip)": (
        "This Python cannot make environments: install its venv package "
        "(Debian, Ubuntu: sudo apt install python3-venv)"
    ),
    r"do not match the hashes|hash mismatch": (
        "A package differs from the one in requirements.txt and was rejected: "
        "check which package index pip or uv is set to"
    ),
    r"connect|name resolution|dns error|timed out|proxy|certificate_|failed to fetch": (
        "The package index cannot be reached: check the network and its proxy settings"
    ),
    r"no matching distribution|no solution found": (
        f"A package is not available for Python {sys.version.split()[0]} on this machine: "
        "check that the package index is complete, or use a Python from 3.11 to 3.15"
    ),
}
OTHERWISE = "The environment could not be made: correct what is reported above"


def advice(said: str) -> str:
    """Return the sentence for an installer's last lines or for the text of an error."""
    fitting = (do for pattern, do in ADVICE.items() if re.search(pattern, said, re.IGNORECASE))
    return f"{next(fitting, OTHERWISE)}, then run the same command again."
