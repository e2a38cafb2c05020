"""Turn the text of an error into one sentence with the next step.

Numbers come before words: Windows translates its words, and not its numbers. Left out: what the
installer printed, which stands above the sentence, and what can be known before (before.py).
"""

import re
import sys

from bootstrap.before import NEWEST, OLDEST, words

# What was printed -> what to do; the first that fits counts. A pip without network ends with
# "No matching distribution", so the network comes before it, and certificates before the network.
ADVICE = {
    # EDQUOT of Linux and of macOS, and Windows' ERROR_DISK_QUOTA_EXCEEDED
    r"quota|errno (122|69)\b|os error (122|69)\b|(winerror|os error) 1295\b": (
        "Your quota on this disk is used up: delete what you do not need, 500 MB in all"
    ),
    r"no space left|not enough space|errno 28\b|os error 28\b|(winerror|os error) (39|112)\b": (
        "The disk is full: free 500 MB"
    ),
    r"status -9\b|(errno|os error) 12\b|memoryerror|cannot allocate|winerror (8|1455)\b": (
        "The memory was used up: close other programs"
    ),
    r"winerror 206\b|os error 206\b|long.path|errno (36|63)\b|file ?name too long": (
        "A path is too long for this system: move the course to a folder with a short path, such "
        "as C:\\course"
    ),
    r"failed to map segment|status -31\b": (
        "This system runs no program in the folder of the course: copy the course to another disk"
    ),
    r"dll load failed|winerror (126|127|193|577|1260|4551)\b": (
        "Windows does not load a part of a package, and says above why: install the current Visual "
        "C++ Redistributable, or ask who manages this computer to allow programs in this folder"
    ),
    r"winerror (5|32|33)\b|errno (1|13|30)\b|os error (1|5|13|30|32|33)\b"
    r"|denied|not permitted|used by another process|read-only": (
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
    r"\bsocks": (
        "pip cannot use a SOCKS proxy: set HTTPS_PROXY to an HTTP proxy, or unset ALL_PROXY and "
        "HTTPS_PROXY"
    ),
    r"certificate (has expired|is not yet valid)|certificate.*\b(expired|notvalidyet)\b": (
        "The certificate of the package index is not valid at the time of this computer's clock: "
        "set the clock right"
    ),
    r"certificate|ssl.*verify failed|unknownissuer": (
        "The certificate of the package index is not trusted, as in networks that look into TLS: "
        "set PIP_CERT to the file with your organisation's root certificate"
    ),
    r"\b407 proxy|proxy authentication": (
        "The proxy of this network asks for a name and a password: "
        "set HTTPS_PROXY=http://NAME:PASSWORD@PROXY:PORT"
    ),
    r"\b(401|403) client error|http error 40[13]\b|\b(unauthorized|forbidden)\b": (
        "The package index or a proxy refused the request: check which package index pip or uv is "
        "set to, and its login"
    ),
    r"connect|name resolution|dns error|timed out|proxy|failed to fetch|getaddrinfo|reset by": (
        "The package index cannot be reached: check the network and its proxy settings"
    ),
    r"no matching distribution|no solution found": (
        f"A package is not available for Python {sys.version.split()[0]} on this machine: check "
        f"that the package index is complete, or use a Python from {words(OLDEST)} to "
        f"{words(NEWEST)}"
    ),
    r"is not in \.venv": (
        "The packages were not installed into .venv: remove target, prefix and the like from the "
        "configuration of uv and pip"
    ),
}
OTHERWISE = "The environment could not be made: correct what is reported above"


def advice(said: str) -> str:
    """Return the sentence for an installer's last lines or for the text of an error."""
    fitting = (do for pattern, do in ADVICE.items() if re.search(pattern, said, re.IGNORECASE))
    return f"{next(fitting, OTHERWISE)}, then run the same command again."
