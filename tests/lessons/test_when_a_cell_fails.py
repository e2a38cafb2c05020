"""The table "When a cell fails" in words.md quotes what the classroom says.

Left out: whether it is said then (test_mistakes.py and the tests beside it).
"""

import re

import pytest

from tests.support.paths import NOTEBOOKS

PAGE = (NOTEBOOKS / "words.md").read_text(encoding="utf-8")
TABLE = PAGE.partition("## When a cell fails")[2].partition("\n## ")[0]
ROWS = [line.split(" | ") for line in TABLE.splitlines() if line.startswith("| ")][1:]
SOURCES = "\n".join(
    re.sub(r'"\n\s+f?"', "", path.read_text(encoding="utf-8"))  # a text in two pieces
    for path in sorted((NOTEBOOKS / "classroom").rglob("*.py"))
)
# What the classroom writes in the place of an example.
EXAMPLES = {
    "`ada`": "`{}`",
    "`health`": "`{}`",
    "‹token-1›": "{0}",
    "line 5": "line {}",
    "NameError: ": "",
    "not started: ": "",
    "http://127.0.0.1:…": "{}",
    "…": "",
}


def test_there_are_rows() -> None:
    assert len(ROWS) >= 15
    assert {len(row) for row in ROWS} == {3}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].strip("| "))
def test_the_sentence_is_one_of_the_classroom(row: list[str]) -> None:
    quoted = re.fullmatch(r"(`{1,2})(.+)\1", row[1])[2]
    for example, template in EXAMPLES.items():
        quoted = quoted.replace(example, template)
    assert quoted.strip() in SOURCES
