"""After any cells in any order, a run from top to bottom shows the committed outputs.

So a student may run cells as they like and then start over in the same kernel. One notebook is
tried each day and a seventh of them in the slow tier, others on another day. Left out: the outputs
of the first, random order, which may well be errors.
"""

import random
from pathlib import Path

import pytest

from classroom.display.note import AGAIN
from tests.support.kernels import Output, kernel
from tests.support.notebooks import PATHS, cells
from tests.support.tiers import each_day, slow, turns

LONG = [path for path in PATHS if path.stem == "09-under-attack"]  # which opens many browsers
CHOSEN = each_day(1, [path for path in PATHS if path not in LONG])
CHOSEN += [slow(path) for path in turns(PATHS) if path in LONG]


def committed(cell: dict) -> str:
    """Return the text of a cell's committed outputs, as `Output.text` has it."""
    found = Output()
    for output in cell["outputs"]:
        if output["output_type"] == "stream":
            found.stdout += "".join(output["text"])
        else:
            found.shown.append({"text/plain": "".join(output["data"]["text/plain"])})
    return found.text


@pytest.mark.parametrize("path", CHOSEN, ids=lambda path: path.stem)
def test_a_clean_run_follows_any_wandering(path: Path) -> None:
    code = cells(path, "code")
    sources = [cell["source"] for cell in code]
    wandering = random.Random(path.stem).sample(sources, len(sources))
    # The first cell brings `%%expect`. Before it, Jupyter says on stderr that there is none.
    early = [one for one in wandering[: wandering.index(sources[0])] if one.startswith("%%")]
    wandering = [one for one in wandering if one not in early] + early
    with kernel(LAB_BROWSER="chromium") as one:  # a Firefox takes seconds to start
        for source in wandering:
            one.run(source)  # it may raise; it may not write to stderr, nor hang
        for cell, source in zip(code, sources, strict=True):
            found = one.run(source)
            assert not found.error, cell["id"]
            shown = found.text.replace(AGAIN, "")  # a server of the wandering may still run
            assert shown == committed(cell), cell["id"]
