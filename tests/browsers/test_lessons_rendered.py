"""The lessons as pages in Chromium: what axe finds, what overflows, what is faint or small.

A seventh of the lessons is looked at each day, in the slow tier.

axe-core comes with the package axe-core-python. It cannot read the colours of today's CSS, so
readable.js measures contrast. Left out: what is JupyterLab's own, such as its editor's colours.
"""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest
import requests

from classroom.cookie_lab import cookie_lab
from classroom.real_browsers import Browser
from tests.support.board_server import class_page as class_page
from tests.support.live import Live
from tests.support.notebooks import PATHS
from tests.support.real_browsers import opened
from tests.support.tiers import turns

pytestmark = pytest.mark.slow
READABLE = Path(__file__).parents[1] / "support/readable.js"
LAB_PAGES = Path(cookie_lab.__file__).parent / "pages"
CONTRAST = 4.5  # WCAG 2.2, 1.4.3, for text of ordinary size
# The width of a page, and the size of its letters, in pixels.
WINDOWS = {
    "a laptop": (1280, 14),
    "a narrow window": (900, 14),
    "a zoom of 150 %": (1280 / 1.5, 14),
    "a projector": (1280, 22),
}
FOUND = """axe.run({context}, {{rules: {{"color-contrast": {{enabled: false}}}}}}).then(
  ({{violations}}) => violations.map(
    ({{id, nodes}}) => [id, ...nodes.slice(0, 3).map(node => node.html.slice(0, 200))]))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened("chromium") as browser:
        yield browser


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core."""
    package = find_spec("axe_core_python")
    if package is None or package.origin is None:
        pytest.skip("axe-core-python is not installed")
    return Path(package.origin).with_name("axe.min.js").read_text("utf-8")


def rendered(lesson: Path, folder: Path, theme: str) -> str:
    """Return the address of the lesson as nbconvert shows it, without scripts from elsewhere."""
    from nbconvert import HTMLExporter  # it takes long, and all processes collect this module

    html, _ = HTMLExporter(theme=theme).from_notebook_node(nbformat.read(lesson, as_version=4))
    page = folder / f"{theme}.html"
    page.write_text(re.sub(r"<script\b.*?</script>", "", html, flags=re.DOTALL), "utf-8")
    return page.as_uri()


def axe_finds(browser: Browser, axe: str, context: str = "document") -> object:
    browser.evaluate(f"(() => {{ {axe} }})()")
    return browser.evaluate(FOUND.format(context=context))


@pytest.mark.parametrize("lesson", turns(PATHS), ids=lambda path: path.stem)
def test_the_outputs_of_a_lesson_are_readable(
    browser: Browser, axe: str, tmp_path: Path, lesson: Path
) -> None:
    script = f"(() => {{ {READABLE.read_text('utf-8')} }})()"
    for theme in ("light", "dark"):
        browser.visit(rendered(lesson, tmp_path, theme))
        browser.evaluate(script)
        assert browser.evaluate(f"faint({CONTRAST})") == [], theme
    for name, (width, size) in WINDOWS.items():
        assert browser.evaluate(f"overflowing({width}, {size})") == [], name
        assert browser.evaluate(f"otherSizes({size})") == [], name
    assert axe_finds(browser, axe, '{include: [[".trax"]]}') == []


def test_axe_finds_nothing_on_the_board_of_a_class(
    browser: Browser, axe: str, class_page: str
) -> None:
    browser.visit(class_page)
    assert axe_finds(browser, axe) == []
    for name in ("Ann", "N" * 40):
        requests.post(class_page, json={"name": name, "exercise": "say-hello"}, timeout=60)
    browser.visit(class_page + "?still")
    assert axe_finds(browser, axe) == []
    assert browser.evaluate("document.querySelectorAll('bdi').length") == 2


def test_axe_finds_nothing_in_the_page_of_trax(browser: Browser, axe: str, server: Live) -> None:
    browser.visit(f"http://trax.localhost:{server.port}/", "!door.hidden")
    assert axe_finds(browser, axe) == []
    browser.evaluate(
        "fetch('/api/signup', {method: 'POST', headers: {'Content-Type': 'application/json'},"
        " body: JSON.stringify({email: 'ada@trax.test', password: 'midnight train to georgia'})})"
        ".then(answer => answer.status)"
    )
    browser.visit(f"http://trax.localhost:{server.port}/", "!home.hidden")
    assert axe_finds(browser, axe) == []
    browser.forget_cookies()


@pytest.mark.parametrize("name", ["walk", "end"])
def test_axe_finds_nothing_in_a_page_of_the_cookie_lab(
    browser: Browser, axe: str, name: str
) -> None:
    browser.visit((LAB_PAGES / f"{name}.html").as_uri())
    browser.evaluate("document.querySelectorAll('h1:empty').forEach(h => h.append('TRAX'))")
    assert axe_finds(browser, axe) == []
