"""notebooks/words.md has each word that a lesson introduces, each person and each helper.

A lesson introduces what is bold in its text or stands in its line **Words met:**. Not words are
the labels, which end in a period or a colon, and the bold texts of EMPHASIS.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

import classroom
from classroom import Server
from tests.support.notebooks import PATHS, cells
from tests.support.paths import ROOT

PAGE = ROOT / "notebooks" / "words.md"
EMPHASIS = {"sign up", "shift + enter", "once", "before", "many", "in", "mailbox", "work", "one"}
EMPHASIS |= {"second", "seconds", "no browser", "read"}
BOLD = re.compile(r"\*\*(.+?)\*\*")


@cache
def text(path: Path, kind: str) -> str:
    """Return the source of all cells of a kind."""
    return "\n".join(cell["source"] for cell in cells(path, kind))


@cache
def introduced(path: Path) -> set[str]:
    """Return the words that a lesson introduces, in lower case."""
    prose = text(path, "markdown")
    found = [bold for bold in BOLD.findall(prose) if bold[-1] not in ".:"]
    (met,) = re.findall(r"\*\*Words met:\*\* (.+)", prose)
    found += met.rstrip(".").split(", ")
    return {plain(word) for word in found} - EMPHASIS


def plain(word: str) -> str:
    return word.replace("`", "").lower()


@cache
def entries(heading: str) -> list[tuple[list[str], str, str]]:
    """Return the forms of the word, the sentence and the lesson of each entry of a section."""
    section = PAGE.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = re.findall(r"^- (.+?): (.+?)(?: \((\d\d)\))?$", section, re.MULTILINE)
    assert len(lines) == section.count("\n- "), heading
    return [
        ([form.replace("`", "") for form in BOLD.findall(names)], *rest) for names, *rest in lines
    ]


def first(fits: Callable[[Path], object]) -> str:
    """Return the number of the first lesson that fits, or "" if none does."""
    return next((path.stem[:2] for path in PATHS if fits(path)), "")


def lesson_of_term(forms: list[str]) -> str:
    """Return the lesson that introduces one of the forms, else the first one that has it."""
    known = {plain(form) for form in forms} | {plain(form) + "s" for form in forms}
    return first(lambda path: introduced(path) & known) or first(
        lambda path: has(path, forms, re.I)
    )


def lesson_of_person(forms: list[str]) -> str:
    return first(lambda path: has(path, forms))


def has(path: Path, forms: list[str], flags: int = 0) -> bool:
    prose = text(path, "markdown")
    return any(re.search(rf"(?<![\w-]){re.escape(form)}(?!\w)", prose, flags) for form in forms)


def lesson_of_helper(forms: list[str]) -> str:
    """Return the first lesson whose code calls the helper."""
    call = rf"(?<![\w.]){re.escape(forms[0])}(?=[(.]| \w+\n)"
    return first(lambda path: re.search(call, text(path, "code")))


RULES = {"Terms": lesson_of_term, "People": lesson_of_person, "Helpers": lesson_of_helper}
each_section = pytest.mark.parametrize("heading", RULES)


def test_each_word_that_a_lesson_introduces_is_on_the_page() -> None:
    known = {plain(form) for forms, _, _ in entries("Terms") for form in forms}
    for path in PATHS:
        missing = {word for word in introduced(path) if not known & {word, word.removesuffix("s")}}
        assert missing == set(), f"{path.name}: add them to words.md, or to EMPHASIS here"


@each_section
def test_the_number_is_that_of_the_first_lesson(heading: str) -> None:
    right = {forms[0]: RULES[heading](forms) for forms, _, _ in entries(heading)}
    assert {forms[0]: lesson for forms, _, lesson in entries(heading)} == right


@each_section
def test_the_entries_are_in_order_and_short(heading: str) -> None:
    names = [re.sub(r"^\W+", "", forms[0]).lower() for forms, _, _ in entries(heading)]
    assert names == sorted(set(names))
    for forms, sentence, _ in entries(heading):
        assert sentence.endswith(".") and 4 <= len(sentence.split()) <= 32, forms


def test_each_helper_of_the_facade_and_each_method_of_the_server_is_on_the_page() -> None:
    known = {form for forms, _, _ in entries("Helpers") for form in forms}
    assert set(classroom.__all__) <= known
    assert {f"server.{name}" for name in methods(Server)} <= known


def methods(thing: type) -> Iterator[str]:
    return (name for name, value in vars(thing).items() if name[0] != "_" and callable(value))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_each_lesson_and_the_page_lead_to_each_other(path: Path) -> None:
    assert re.search(r"\]\((?:\.\./)?words\.md\)", cells(path)[0]["source"])
    lesson = path.relative_to(PAGE.parent).as_posix()
    assert f"]({lesson})" in PAGE.read_text(encoding="utf-8")
