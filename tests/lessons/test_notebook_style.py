"""How the notebooks read, as far as it can be counted; whether they are good, readers say.

A core lesson is for a beginner and for one sitting. A deeper notebook (notebooks/deeper/) belongs
to the core lesson of its number. Left out: outputs, which strict nbval compares, and minutes
(test_minutes.py).
"""

import re
from pathlib import Path

import nbformat
import pytest

from classroom import exercises
from tests.support.notebooks import CORE, DEEPER, PATHS, cells

# The most lines of a cell, and of a cell that defines a function; a stub may be longer.
LINES = {"core": (10, 16), "deeper": (14, 20)}

each = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
each_core = pytest.mark.parametrize("path", CORE, ids=lambda path: path.stem)
each_deeper = pytest.mark.parametrize("path", DEEPER, ids=lambda path: path.stem)


def words(text: str) -> int:
    """Count what is read: no tags, no addresses of links, and a picture instead of its alt text."""
    read = re.sub(r"!\[[^\]]*\]\([^)]*\)|<[^>]+>|(?<=\])\([^)\s]*\)", " ", text)
    return len(re.findall(r"\w[\w'’-]*", read))


@each
def test_it_is_a_valid_notebook_with_little_metadata(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert set(notebook.metadata.language_info) == {"name"}


@each
def test_its_outputs_come_from_one_clean_run(path: Path) -> None:
    code = cells(path, "code")
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))


@each
def test_no_output_is_longer_than_a_screen(path: Path) -> None:
    for cell in cells(path, "code"):
        for output in cell["outputs"]:
            assert output.get("name") != "stderr", cell["id"]
            shown = output.get("text") or output.get("data", {}).get("text/plain", [])
            assert len("".join(shown).splitlines()) <= 24, cell["id"]


@each
def test_code_is_short_and_never_three_cells_in_a_row(path: Path) -> None:
    kinds = "".join(cell["cell_type"][0] for cell in cells(path))
    assert "ccc" not in kinds
    for cell in cells(path, "code"):
        lines = [line for line in cell["source"].splitlines() if line.strip()]
        plain, with_function = LINES["core" if path in CORE else "deeper"]
        most = with_function if "def " in cell["source"] else plain
        if 'check("' in cell["source"]:
            most = 20
        assert len(lines) <= most, cell["id"]


@each
def test_text_is_short(path: Path) -> None:
    for cell in cells(path, "markdown"):
        if not cell["source"].startswith("## Questions"):
            assert words(cell["source"]) <= 120, cell["id"]


@each
def test_something_is_predicted_before_it_is_seen(path: Path) -> None:
    text = "\n".join(cell["source"] for cell in cells(path, "markdown"))
    asked = re.findall(r"\*\*Predict\.\*\*(.+)", text)
    assert len(asked) >= 2
    for one in asked:
        assert "?" in one, one


@each
def test_it_closes_with_a_recap_questions_and_what_is_next(path: Path) -> None:
    text = "\n".join(cell["source"] for cell in cells(path, "markdown"))
    assert "## Recap" in text and "**Words met:**" in text and "**One thing to try.**" in text
    assert 5 <= len(re.findall(r"<details><summary>\d\. .+?</summary>.+</details>", text)) <= 8
    assert cells(path)[-1]["source"] == "server.stop()"


@each
def test_a_request_comes_early(path: Path) -> None:
    before = 0
    for cell in cells(path):
        if cell["cell_type"] == "code" and re.search(
            r"requests\.|\.post\(|\.get\(", cell["source"]
        ):
            break
        before += words(cell["source"]) if cell["cell_type"] == "markdown" else 0
    assert before <= 130  # the title, what one will be able to do, and 90 words at most


@each_core
def test_a_core_lesson_has_few_cells_before_its_exercises(path: Path) -> None:
    texts = [cell["source"] for cell in cells(path)]
    turn = next(n for n, text in enumerate(texts) if re.search(r"^## Your (turn|own)", text, re.M))
    before = [cell for cell in cells(path)[:turn] if cell["cell_type"] == "code"]
    assert len(before) <= 14


@each_deeper
def test_a_deeper_notebook_belongs_to_a_core_lesson(path: Path) -> None:
    (core,) = [one for one in CORE if one.stem[:2] == path.stem[:2]]
    (last,) = [cell for cell in cells(core) if "**One thing to try.**" in cell["source"]]
    assert f"](deeper/{path.name})" in last["source"]
    first = cells(path)[0]["source"]
    assert f"](../{core.name})" in first and "**Before this:**" in first


@each
def test_text_is_no_book(path: Path) -> None:
    assert sum(words(cell["source"]) for cell in cells(path, "markdown")) <= 2300


@each
def test_every_exercise_has_a_heading_a_prompt_and_a_stub_that_is_not_solved(path: Path) -> None:
    everything = cells(path)
    asked = [c for c in everything if re.search(r'^check\("', c["source"], re.MULTILINE)]
    assert len(asked) >= (path in CORE)
    for cell in asked:
        (name,) = re.findall(r'^check\("([\w-]+)"\)$', cell["source"], re.MULTILINE)
        assert name in exercises.ids()
        prompt = everything[everything.index(cell) - 1]["source"]
        assert f"### Exercise `{name}`" in prompt
        assert all(f"*{part}:*" in prompt for part in ("Given", "Make", "You will see"))
        assert "..." in cell["source"] and "not started" in str(cell["outputs"])


@each
def test_the_first_cell_has_all_that_a_verdict_names(path: Path) -> None:
    setup = cells(path, "code")[0]["source"]
    begin = 'import sys\n\nsys.path.insert(0, "..")  # where classroom is\n'
    begin = begin if path in DEEPER else ""
    assert setup.startswith(f"{begin}from classroom import *\n")


def test_every_exercise_is_asked_in_a_notebook() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in PATHS)
    assert [name for name in exercises.ids() if f"### Exercise `{name}`" not in text] == []


@each
def test_pictures_are_described_and_links_lead_somewhere(path: Path) -> None:
    for cell in cells(path, "markdown"):
        for alt, target in re.findall(r"(?<!!)(?:!)?\[([^\]]*)\]\(([^)\s]+)\)", cell["source"]):
            assert len(alt) > 3
            if not target.startswith("https://"):
                assert (path.parent / target.partition("#")[0]).exists(), target


@each
def test_nobody_real_is_named_and_no_path_of_a_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for domain in re.findall(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", text):
        assert domain.rpartition(".")[2] in ("test", "example", "localhost"), domain
    assert not re.search(r"/(home|Users|work|tmp|root)/", text)
