"""What the stored outputs of all lessons are made of, so that screen readers and projectors cope.

The tests of the notebooks hold that a new run makes the same. A real browser reads the lessons in
browsers/test_lessons_rendered.py.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.html_parsed import ALLOWED, Parsed
from tests.support.notebooks import PATHS, cells

# A heading of its own for each column, else for each row: `scope` says which.
SCOPES = {"col", "row"}
FIXED = re.compile(r"font-size:\s*[\d.]+(px|pt)|font:[^;]*\d(px|pt)")
PARTS = ALLOWED | {"a", "br", "figure", "figcaption", "img"}


def outputs(path: Path) -> Iterator[tuple[str, Parsed]]:
    """Yield the id of a cell and its HTML, for each output of the course that is HTML."""
    for cell in cells(path, "code"):
        for output in cell["outputs"]:
            html = "".join(output.get("data", {}).get("text/html", ""))
            if html:
                yield cell["id"], Parsed(html)


@pytest.fixture(scope="module", params=PATHS, ids=lambda path: path.stem)
def shown(request: pytest.FixtureRequest) -> list[tuple[str, Parsed]]:
    return list(outputs(request.param))


def test_each_heading_of_a_table_says_what_it_heads(shown: list[tuple[str, Parsed]]) -> None:
    for cell, parsed in shown:
        scopes = {attributes.get("scope") for tag, attributes in parsed.elements if tag == "th"}
        tables = [tag for tag, _ in parsed.elements if tag == "table"]
        assert scopes <= SCOPES and (scopes or not tables), cell


def test_no_letters_have_a_size_of_their_own(shown: list[tuple[str, Parsed]]) -> None:
    for cell, parsed in shown:
        styles = [str(attributes.get("style", "")) for _, attributes in parsed.elements]
        assert not FIXED.search("\n".join(styles)), cell


def test_each_picture_is_described(shown: list[tuple[str, Parsed]]) -> None:
    for cell, parsed in shown:
        assert all(attributes.get("alt") for tag, attributes in parsed.elements if tag == "img")
        assert {tag for tag, _ in parsed.elements} <= PARTS, cell


def test_no_heading_of_a_table_in_the_text_is_empty() -> None:
    for path in PATHS:
        for cell in cells(path, "markdown"):
            lines = cell["source"].splitlines()
            heads = [one for one, rule in zip(lines, lines[1:], strict=False) if _is_rule(rule)]
            empty = [head for head in heads if not all(map(str.strip, head.strip("|").split("|")))]
            assert not empty, f"{path.name}, {cell['id']}: {empty}"


def _is_rule(line: str) -> bool:
    return line.startswith("|") and set(line) <= set("|-: ")
