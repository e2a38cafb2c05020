"""Plain English: the words that CONTRIBUTING.md drops are in no code but the tests.

The table in CONTRIBUTING.md is the one list: what stands there in code font is looked for in names,
anything else in docstrings, comments and other texts. Left out: the notebooks, the tests, and
whether a sentence is a good one.
"""

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("minisrv", "bootstrap", "benchmarks", "notebooks/classroom", "teaching")
PATTERNS = ("course.py", *(f"{folder}/**/*.py" for folder in FOLDERS))
FOUND = (path for pattern in PATTERNS for path in sorted(ROOT.glob(pattern)))
FILES = [path for path in FOUND if ".peers" not in path.parts]  # other people's packages


def dropped() -> tuple[list[str], list[str]]:
    """Return the names and the words in the left column of the table of dropped words."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = text.partition("| not | but |\n|---|---|\n")[2].splitlines()
    entries = [entry.strip() for row in rows for entry in row.split("|")[1].split(",")]
    return (
        [entry.strip("`") for entry in entries if entry.startswith("`")],
        [entry for entry in entries if not entry.startswith("`")],
    )


NAMES, WORDS = dropped()
IN_NAME = re.compile(rf"_(?:{'|'.join(NAMES)})_")
IN_TEXT = re.compile(rf"\b(?:{'|'.join(map(re.escape, WORDS))})\b", re.IGNORECASE)


def snake_case(name: str) -> str:
    """Return a name in small letters with an underscore around each word of it."""
    return f"_{re.sub('(?<=[a-z0-9])(?=[A-Z])', '_', name).lower()}_"


def may_have_one(source: str) -> bool:
    """Return False, quickly, if no text and no name in `source` can have a dropped word."""
    names = set(re.findall(r"\w+", source))
    text = IN_TEXT.search(re.sub(r"\s+", " ", source))
    return bool(text) or any(IN_NAME.search(snake_case(name)) for name in names)


def found(source: str) -> Iterator[str]:
    """Yield each line number of `source` with the dropped name or word in it."""
    if not may_have_one(source):
        return
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.NAME:
            match = IN_NAME.search(snake_case(token.string))
        else:  # a comment, a string, or a piece of one; a line break counts as a blank
            match = IN_TEXT.search(re.sub(r"\s+", " ", token.string))
        if match:
            yield f"line {token.start[0]}: {match[0].strip('_')}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_dropped_word_is_in_it(path: Path) -> None:
    assert list(found(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "# It tells\n",
        "keyboard = snowboard = 1\n",
        '"""Return whom the boards are for; it was over."""\n',
        "class Scoreboard: ...\n",
    ],
)
def test_other_words_are_allowed(source: str) -> None:
    assert list(found(source)) == []


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("# Ask Whoever comes.\n", "Whoever"),
        ('"""Tell\n    whether it is."""\n', "Tell whether"),
        ('print(f"{1} is over")\n', "is over"),
        ("class ImpatientEngine: ...\n", "impatient"),
        ("x.even_expired = 1\n", "even_expired"),
        ("def loot_came(): ...\n", "loot"),
    ],
)
def test_a_dropped_word_is_found(source: str, word: str) -> None:
    assert [line.partition(": ")[2] for line in found(source)] == [word]
