"""Which cookies and credentials of a request belong to the course; the others are not kept.

A port does not separate cookies, so a browser may also send JupyterLab's own. Anyone who reads them
in the notebook could run code with them. Left out: whether a credential is valid.
"""

import re
from collections.abc import Iterator

_COURSE_COOKIE = re.compile(r"(__\w+-)?TRAX_\w*")
_set_here: set[str] = set()  # cookie names; one jar serves all servers of the course

Headers = tuple[tuple[str, str], ...]


def learn(response_headers: Headers) -> None:
    """Remember the names of the cookies that a response of the course's server sets."""
    lines = [value for name, value in response_headers if name == "set-cookie"]
    _set_here.update(line.partition("=")[0].strip() for line in lines)


def of_the_course(headers: Headers) -> Iterator[tuple[str, str]]:
    """Yield the headers without cookies that are not ours, and without Jupyter's own token."""
    for name, value in headers:
        if name == "cookie":
            pairs = [pair.strip() for pair in value.split(";")]
            value = "; ".join(pair for pair in pairs if _is_ours(pair.partition("=")[0].strip()))
        if (name != "cookie" or value) and not (
            name == "authorization" and value[:6].lower() == "token "
        ):
            yield name, value


def _is_ours(cookie: str) -> bool:
    return cookie in _set_here or _COURSE_COOKIE.fullmatch(cookie) is not None
