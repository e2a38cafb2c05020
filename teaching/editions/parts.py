"""What each cell of a lesson is for, and the parts of its text: answers, questions, exercises.

The forms that are read here are those that tests/lessons/test_notebook_style.py asks of a lesson.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from nbformat import NotebookNode

PREDICT = "**Predict.**"
STUB = re.compile(r'^check\("([\w-]+)"\)$', re.MULTILINE)
PROMPT = re.compile(r"^### Exercise `([\w-]+)`", re.MULTILINE)
QUESTION = re.compile(r"<details><summary>(\d\. .+?)</summary>(.+?)</details>", re.DOTALL)
HEADING = re.compile(r"#{1,6} ")


class Part(StrEnum):
    """What a cell is for; a cell can be several, as an answer that asks the next prediction."""

    TITLE = "title"
    SETUP = "setup"  # the first code cell, which starts the server
    PREDICTION = "prediction"
    OUTCOME = "outcome"  # the code cells that show what was predicted
    ANSWER = "answer"  # the text after them, "Look at …": see split_answer
    PROMPT = "prompt"  # of an exercise
    STUB = "stub"  # the frame of an exercise; its last line is the call of check
    RECAP = "recap"
    QUESTIONS = "questions"  # with folded answers
    NEXT = "next"  # one thing to try, and where to go
    STOP = "stop"  # server.stop()


def parts(notebook: NotebookNode) -> dict[str, frozenset[Part]]:
    """Return what each cell is for, by the cell's id; most texts and cells are nothing special."""
    cells = notebook.cells
    found = {cell.id: _own(cell) for cell in cells}
    found[cells[0].id] |= {Part.TITLE}
    found[next(cell.id for cell in cells if cell.cell_type == "code")] |= {Part.SETUP}
    for place, cell in enumerate(cells):
        if Part.PREDICTION in found[cell.id]:
            for later in _until_answer(cells[place + 1 :]):
                code = later.cell_type == "code"
                found[later.id] |= {Part.OUTCOME if code else Part.ANSWER}
    return {id: frozenset(own) for id, own in found.items()}


def _until_answer(cells: list[NotebookNode]) -> Iterator[NotebookNode]:
    """Yield the code cells after a prediction, and then its answer.

    A text that begins with a heading is no answer: it leads to the code.
    """
    for cell in cells:
        if cell.cell_type == "code":
            yield cell
        elif not HEADING.match(cell.source):
            yield cell
            return


def _own(cell: NotebookNode) -> set[Part]:
    """Return what a cell is for by its own source."""
    text = cell.source
    if cell.cell_type == "code":
        kinds = {Part.STUB: bool(STUB.search(text)), Part.STOP: text.strip() == "server.stop()"}
    else:
        kinds = {
            Part.PREDICTION: PREDICT in text,
            Part.PROMPT: bool(PROMPT.search(text)),
            Part.RECAP: "## Recap" in text,
            Part.QUESTIONS: "## Questions" in text,
            Part.NEXT: "**One thing to try.**" in text,
        }
    return {part for part, is_so in kinds.items() if is_so}


def exercise_of(cell: NotebookNode) -> str | None:
    """Return the id of the exercise whose stub or prompt this cell is, or None."""
    match = (STUB if cell.cell_type == "code" else PROMPT).search(cell.source)
    return match[1] if match else None


def questions(source: str) -> list[tuple[str, str]]:
    """Return each question of a text with its answer, both without tags around them."""
    return QUESTION.findall(source)


def paragraphs(source: str) -> list[str]:
    """Return the blocks of a Markdown text, which end at a blank line.

    But <details> and the lines between two ``` are one block.
    """
    blocks: list[str] = []
    for block in re.split(r"\n{2,}", source.strip()):
        if blocks and _is_open(blocks[-1]):
            blocks[-1] += "\n\n" + block
        else:
            blocks.append(block)
    return blocks


def _is_open(block: str) -> bool:
    """Return True if the end of <details> or of ``` is still missing."""
    return block.count("<details>") > block.count("</details>") or block.count("```") % 2 == 1


def split_answer(source: str, leads_on: bool = False) -> tuple[str, str]:
    """Return the answer at the beginning of a text, and the rest, in which something else begins.

    The rest begins with a heading. Before the next prediction, or if the text `leads_on` to the
    cell below it, the rest begins with the paragraph that leads there.
    """
    blocks = paragraphs(source)
    ends = [place for place, block in enumerate(blocks) if begins_something(block)]
    end = ends[0] if ends else len(blocks)
    if PREDICT in blocks[end] if ends else leads_on:
        end = _before_lead(blocks[:end])
    return "\n\n".join(blocks[:end]), "\n\n".join(blocks[end:])


def leads_on(following: NotebookNode | None) -> bool:
    """Return True if the last paragraph of a text is needed by the cell that follows it."""
    if following is None or HEADING.match(following.source):
        return False
    return following.cell_type == "code" or PREDICT in following.source


def begins_something(block: str) -> bool:
    """Return True for a heading, and for the paragraph of a prediction."""
    return bool(HEADING.match(block)) or PREDICT in block


def _before_lead(blocks: list[str]) -> int:
    """Return how many blocks come before the last paragraph; folded sources belong to it.

    A paragraph in brackets is an aside and leads nowhere, and the first one is the answer.
    """
    last = len(blocks) - 1
    while last > 0 and blocks[last].startswith("<details>"):
        last -= 1
    return last if last > 0 and not blocks[last].startswith("(") else len(blocks)
