"""Every important fact of a lesson has a live cell: facts/NN.toml says which.

facts/README.md says what each number means (C: something that the tutorial says, O: something that
it leaves out). Left out: whether the cell shows it well; that is for readers.
"""

import re
import tomllib
from pathlib import Path

import pytest

from tests.support import notebooks
from tests.support.paths import ROOT

MAPS = sorted((ROOT / "tests" / "lessons" / "facts").glob("*.toml"))

# Those worth a cell around them: four stars of five, or five.
NEEDED = """\
C02 C03 C04 C06 C07 C13 C16 C22 C26 C27 C29 C30 C32 C36 C37 C39 C41 C43 C44 C48 C51 C52 C54 C55
C58 C60 C62 C63 C64 C66 C67 C68 C69 O01 O02 O03 O04 O09 O10 O11 O16 O17 O18 O20 O21 O22 O23 O26
O27 O29 O30
"""


def cells(number: str) -> dict[str, dict]:
    """Return the code cells by id, those of the core lesson and of its deeper notebooks."""
    paths = [path for path in notebooks.PATHS if path.stem[:2] == number]
    return {cell["id"]: cell for path in paths for cell in notebooks.cells(path, "code")}


def facts(path: Path) -> dict[str, list[str]]:
    """Return the map of one lesson, from fact to cells."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_every_lesson_that_is_there_has_a_map() -> None:
    lessons = {path.stem[:2] for path in notebooks.PATHS} - {"00"}
    assert {path.stem for path in MAPS} == lessons


def test_every_important_fact_has_a_cell() -> None:
    assert {fact for path in MAPS for fact in facts(path)} >= set(NEEDED.split())


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.stem)
def test_every_cell_on_the_map_is_live(path: Path) -> None:
    there = cells(path.stem)
    for fact, names in facts(path).items():
        assert names, f"{fact} has no cell"
        for name in names:
            assert name in there, f"{fact}: there is no cell {name}"
            assert there[name]["outputs"], f"{fact}: the cell {name} shows nothing"


def test_every_number_that_is_cited_has_a_sentence() -> None:
    text = (MAPS[0].parent / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([CO]\d\d) \| .{20,} \|$", text, re.MULTILINE)
    cited = {fact for path in MAPS for fact in facts(path)}
    assert listed == sorted(cited)
    assert cited >= set(NEEDED.split())
    decisions = (ROOT / "DECISIONS.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\b[CO]\d\d\b", decisions)) <= cited
