"""The lab in a real notebook kernel: the same outputs with and without a browser, and a live table.

Left out: JupyterLab's own screen.
"""

import configparser
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.kernels import Kernel, kernel
from tests.support.real_browsers import opened

CELLS = (
    "from classroom.cookie_lab import CookieLab\nlab = CookieLab()",
    'matrix = lab.run(relations=["cross-site", "sibling"])\nmatrix',
    'matrix.of("cross-site")',
    'matrix.headers("cross-site", "link", "form-post", "fetch", "reload")',
    "lab.link()",
    "lab.watch()",
)
ENDED = "document.title == 'The walk has ended'"


@pytest.fixture(scope="module")
def without() -> Iterator[Kernel]:
    """A kernel in which no browser may be opened."""
    with kernel(LAB_BROWSER="none") as started:
        yield started


def shown(kernel: Kernel) -> list[tuple[str, list[str], str]]:
    """Run the cells and return text, HTML and standard output of each, as nbval compares them."""
    outputs = [kernel.run(cell) for cell in CELLS]
    assert not any(output.error for output in outputs)
    return [
        (output.text, [sanitized(one.get("text/html", "")) for one in output.shown], output.stdout)
        for output in outputs
    ]


@pytest.fixture(scope="module")
def expected(without: Kernel) -> list[tuple[str, list[str], str]]:
    """What the cells show without a browser; at their end the lab watches for a tab."""
    return shown(without)


def sanitized(text: str) -> str:
    rules = configparser.ConfigParser()
    rules.read(Path(__file__).parents[1] / "nbval_sanitize.cfg")
    for name in rules.sections():
        text = re.sub(rules[name]["regex"], rules[name]["replace"], text)
    return text


@pytest.mark.weekly
def test_a_notebook_shows_the_same_with_and_without_a_browser(
    expected: list[tuple[str, list[str], str]],
) -> None:
    with kernel() as other:
        assert shown(other) == expected
    tables = "\n".join(text for text, _, _ in expected)
    assert "form POST" in tables and "as recorded where they were" in tables
    assert expected[-1][0] == "Nothing has arrived yet: open the link."


@pytest.mark.slow
@pytest.mark.usefixtures("expected")
def test_the_watch_is_still_until_a_tab_comes_and_then_fills(without: Kernel) -> None:
    with opened("chromium") as tab:
        tab.visit(without.value("lab.link().url"), ENDED, 60)
        texts, end = [], time.monotonic() + 60
        while time.monotonic() < end and not any("All 475 cells" in text for text in texts):
            message = without.client.get_iopub_msg(timeout=60)
            if message["msg_type"] == "update_display_data":
                texts.append(message["content"]["data"]["text/plain"])
            assert message["msg_type"] not in ("error", "display_data")
    assert "All 475 cells are as predicted" in texts[-1]


def test_the_lab_closes_with_its_kernel_and_twice(without: Kernel) -> None:
    without.run(CELLS[0])
    assert without.run("lab.close()\nlab.close()").error == ""
