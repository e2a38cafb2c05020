"""The minutes that a lesson and the README print are those that a student needs, by a model.

The student is in the second year, and English is not the first language. The figures of SECONDS
are estimates. A lesson may print more than the model says.

Left out: differences between students.
"""

import re
from pathlib import Path

import pytest

from tests.support.notebooks import DEEPER, PATHS, cells
from tests.support.paths import ROOT

LONG = {"12-build-it"}  # the last lesson, for which one may sit down twice
WORDS_A_MINUTE = 130
SECONDS = {"line of code": 8, "line of output": 1.5, "prediction": 45, "question": 30}
MOST_SECONDS_AN_OUTPUT = 45
MINUTES_AN_EXERCISE = 9
HEADING = re.compile(r"^## .*?(?:\((\d+) min\))?$", re.MULTILINE)
TOTAL = re.compile(r"^\*\*(\d+) minutes", re.MULTILINE)


def text(lines: list[str] | str) -> str:
    return lines if isinstance(lines, str) else "".join(lines)


def seconds(cell: dict) -> float:
    """Return how long a cell takes; what is folded is not read, but for a question."""
    source = cell["source"]
    if cell["cell_type"] == "code":
        lines = sum(bool(line.strip()) for line in source.splitlines())
        shown = [text(one.get("text") or one["data"]["text/plain"]) for one in cell["outputs"]]
        outputs = [SECONDS["line of output"] * len(one.splitlines()) for one in shown]
        read = sum(min(one, MOST_SECONDS_AN_OUTPUT) for one in outputs)
        return SECONDS["line of code"] * lines + read
    prose = re.sub(r"(?s)<details>.*?</details>|<[^>]+>|\]\([^)]*\)", " ", source)
    return (
        len(re.findall(r"\w[\w'’-]*", prose)) * 60 / WORDS_A_MINUTE
        + SECONDS["prediction"] * source.count("**Predict")
        + SECONDS["question"] * source.count("<summary>")
        + 60 * MINUTES_AN_EXERCISE * len(re.findall(r"^###+ Exercise", source, re.MULTILINE))
    )


def sections(path: Path) -> list[tuple[str, float, int]]:
    """Return the heading, the minutes by the model and the printed ones (0: none) of each part."""
    parts: list[list] = [["", 0.0, 0]]
    for cell in cells(path):
        found = HEADING.search(cell["source"]) if cell["cell_type"] == "markdown" else None
        if found:
            parts.append([found[0], 0.0, int(found[1] or 0)])
        parts[-1][1] += seconds(cell) / 60
    return [tuple(part) for part in parts]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_printed_minutes_are_those_of_the_model(path: Path) -> None:
    texts = "\n".join(cell["source"] for cell in cells(path))
    (printed,) = map(int, TOTAL.findall(texts))
    needed = sum(minutes for _, minutes, _ in sections(path))
    assert 0.9 * needed <= printed <= 1.25 * needed, round(needed)
    assert sum(said for _, _, said in sections(path)) <= printed
    for heading, minutes, said in sections(path):
        assert not said or said >= 0.8 * minutes - 1, (heading, round(minutes))
    assert path in DEEPER or path.stem in LONG or max(printed, needed) <= 45
    row = f"{path.relative_to(ROOT).as_posix()})"
    (line,) = [one for one in (ROOT / "README.md").read_text("utf-8").splitlines() if row in one]
    assert line.endswith(f" | {printed} |")
