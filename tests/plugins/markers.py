"""What a cell may say about its own test: little, and a silenced cell needs a written reason.

The reasons stand in pyproject.toml under `notebook_excuses`, one line each:
`02-salt.ipynb cell-id: why its output cannot be compared`. Left out: what the cell prints.
"""

import re
from collections.abc import Iterator

from nbformat import NotebookNode
from nbval.plugin import comment_markers, metadata_tags

# Our own tags. A tag in neither list is a typo, and nbval would be silent about it.
OUR_TAGS = {"setup", "exercise", "stop"}
_EXCUSE = re.compile(r"(?P<notebook>\S+\.ipynb) (?P<cell>[\w-]+): (?P<reason>\S.*\S)")
_COMMENT = re.compile(r"^\s*#+\s*((?:NBVAL|PYTEST_VALIDATE)_\w*)", re.MULTILINE | re.IGNORECASE)


def excused(lines: list[str], notebook: str) -> set[str]:
    """The ids of the cells of `notebook` that may be silent; ValueError for a line that is none."""
    cells = set()
    for line in lines:
        excuse = _EXCUSE.fullmatch(line)
        if not excuse:
            raise ValueError(f"notebook_excuses: no 'file.ipynb cell-id: reason' in {line!r}")
        if excuse["notebook"] == notebook:
            cells.add(excuse["cell"])
    return cells


def misspelt(cell: NotebookNode) -> Iterator[str]:
    """A sentence for each tag and each nbval comment of the cell that has no meaning."""
    for tag in cell.metadata.get("tags", []):
        if tag not in OUR_TAGS and tag not in metadata_tags:
            yield f"the tag {tag!r} is unknown"
    for word in _COMMENT.findall(cell.source):
        if word not in comment_markers:
            yield f"the comment {word!r} is unknown"
