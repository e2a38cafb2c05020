"""The lines of a request's or response's body: JSON indented, anything else as it came.

Left out: decoding of forms and of compressed bodies.
"""

import json
import re

from classroom.display.labels import split_volatile
from classroom.display.text import Pieces, cut, plain

MAX_LINES = 12
MAX_WIDTH = 200  # characters: a sentence is not cut
ONE_LINE = 88  # JSON up to this width stays on one line in the text form
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}:,]|[^\s\[\]{}:,"]+')
_READABLE = re.compile(r"|text/.*|.*json.*|.*x-www-form-urlencoded.*|multipart/.*")


def lines(body: bytes, content_type: str, left_out: int = 0, short: bool = False) -> list[Pieces]:
    """Return `body` as labelled lines, at most MAX_LINES of MAX_WIDTH, and notes of what is cut.

    `short` keeps JSON that fits on one line there. `left_out` is the number of bytes not kept.
    """
    if not body:
        return []
    if not _READABLE.fullmatch(content_type):
        return [[f"({len(body) + left_out:,} bytes of {content_type})"]]
    found = [
        split_volatile(line) for line in _split(body.decode("utf-8", "backslashreplace"), short)
    ]
    shown = [cut(line, MAX_WIDTH) for line in found[:MAX_LINES]]
    if len(found) > MAX_LINES:
        shown.append([f"… ({len(found) - MAX_LINES:,} more lines)"])
    return shown + ([[f"… ({left_out:,} more bytes, not kept)"]] if left_out else [])


def _split(text: str, short: bool) -> list[str]:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return text.split("\n")
    # Only the space between the tokens is changed: numbers, escapes and doubled keys are as sent.
    tokens = _TOKEN.findall(text)
    joined = "".join({",": ", ", ":": ": "}.get(token, token) for token in tokens)
    return (
        [joined] if short and len(plain(split_volatile(joined))) <= ONE_LINE else _indented(tokens)
    )


def _indented(tokens: list[str]) -> list[str]:
    done, depth = [""], 0
    for token, before in zip(tokens, ["", *tokens], strict=False):
        empty = token in ("}", "]") and before in ("{", "[")
        if token in ("}", "]"):
            depth -= 1
        if not empty and (before in ("{", "[", ",") or token in ("}", "]")) and before:
            done.append("  " * depth)
        done[-1] += ": " if token == ":" else token
        if token in ("{", "["):
            depth += 1
    return done
