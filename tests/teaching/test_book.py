"""The book: its links lead somewhere, it loads nothing from a network, its pages can be used.

Those with `browser` open it in Chromium from a folder, and are skipped, visibly, without Chromium.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from classroom.real_browsers import Browser
from teaching.editions import book, words_page
from teaching.editions.parts import PREDICT
from teaching.editions.sources import Lesson, find, lessons
from tests.support.real_browsers import opened, resize
from tests.support.tiers import each_day

LOADS = {"img": "src", "script": "src", "link": "href", "iframe": "src", "source": "src"}
NAMES = [one.name for one in lessons()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return book.make([], tmp_path_factory.mktemp("Élodie's book 1")).parent


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened("chromium") as browser:
        resize(browser, 1280, 720)
        yield browser


class Tags(HTMLParser):
    """All tags of a page with their attributes."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.found if "id" in attributes]


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[Path, Tags]:
    return {page.resolve(): Tags(page) for page in folder.rglob("*.html")}


def test_each_lesson_has_a_page_in_the_place_of_its_notebook(folder: Path) -> None:
    made = {page.relative_to(folder).with_suffix("").as_posix() for page in folder.rglob("*.html")}
    assert made == {*NAMES, "index", "words", "search"}


def test_each_link_leads_to_a_place_that_is_there(pages: dict[Path, Tags]) -> None:
    links = 0
    for page, tags in pages.items():
        for tag, attributes in tags.found:
            to = urlsplit(attributes.get("href" if tag == "a" else "action") or "")
            if tag not in ("a", "form") or to.scheme == "https":
                continue
            target = (page.parent / unquote(to.path)).resolve() if to.path else page
            assert to.scheme == "" and target.is_file(), (page.name, attributes)
            assert not to.fragment or to.fragment in pages[target].ids(), (page.name, attributes)
            links += 1
    assert links > 1000


def test_nothing_is_loaded_but_files_of_the_book(pages: dict[Path, Tags], folder: Path) -> None:
    for page, tags in pages.items():
        for tag, attributes in tags.found:
            to = attributes.get(LOADS.get(tag, ""))
            if to and not to.startswith("data:image/"):
                assert (page.parent / to).resolve().is_file(), (page.name, to)
    for sheet in folder.rglob("*.css"):
        assert not re.search(r"@import|url\(", sheet.read_text(encoding="utf-8"))


def test_an_id_is_there_once_and_each_picture_says_what_it_shows(pages: dict[Path, Tags]) -> None:
    for page, tags in pages.items():
        twice = [one for one, times in Counter(tags.ids()).items() if times > 1]
        assert not twice, (page.name, twice)
        pictures = [attributes for tag, attributes in tags.found if tag == "img"]
        assert all(len(one["alt"] or "") >= 15 for one in pictures), page.name


@pytest.mark.parametrize("name", NAMES)
def test_what_a_prediction_waits_for_is_folded(pages: dict, folder: Path, name: str) -> None:
    tags = pages[(folder / f"{name}.html").resolve()].found
    classes = [attributes.get("class") or "" for _, attributes in tags]
    predictions = sum(PREDICT in cell.source for cell in find(name).read().cells)
    assert classes.count("predict") == predictions <= classes.count("outcome")
    for place in (place for place, one in enumerate(classes) if one == "predict"):
        after = next(one for one in classes[place:] if one.split(" ")[0] in ("outcome", "output"))
        assert after == "outcome"


def test_the_index_has_each_section_and_each_word(folder: Path, pages: dict[Path, Tags]) -> None:
    script = (folder / "static" / "search-index.js").read_text(encoding="utf-8")
    rows = json.loads(script.removeprefix("const SECTIONS = ").removesuffix(";\n"))
    terms = (folder / "words.html").read_text(encoding="utf-8").count('<li id="word-')
    assert sum(page == "Words" for _, page, _, _ in rows) == terms > 200
    for href, _, heading, text in rows:
        file, _, anchor = href.partition("#")
        assert anchor in pages[(folder / file).resolve()].ids() and heading
        assert "<" not in heading and "  " not in text
    assert {row[0].partition(".html")[0] for row in rows} == {*NAMES, "words"}


def test_a_lesson_leads_to_the_core_lessons_around_it(folder: Path) -> None:
    def around(name: str) -> list[str]:
        html = (folder / f"{name}.html").read_text(encoding="utf-8")
        return re.findall(r'class="(?:previous|next)" href="([^"]+)"', html)

    assert around("00-start-here") == ["01-route.html"]
    assert around("02-salt") == ["01-route.html", "03-hash.html"]
    assert around("deeper/06-keys") == ["../06-sign-a-token.html", "../07-set-the-cookie.html"]
    assert around("12-build-it") == ["11-there-is-a-server.html"]


def test_a_word_that_is_met_leads_to_what_it_means(folder: Path) -> None:
    html = (folder / "deeper" / "02-rainbow-table.html").read_text(encoding="utf-8")
    met = re.search(r"Words met:</strong> (.*?)</p>", html, re.DOTALL)[1]
    links = re.findall(r'<a href="../words.html#([^"]+)">([^<]+)</a>', met)
    assert len(links) >= 3
    words = (folder / "words.html").read_text(encoding="utf-8")
    for place, word in links:
        assert re.search(rf'<li id="{place}">[^:]*<strong>{word}</strong>', words), word


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.name)
def test_each_word_that_is_met_has_an_entry_to_lead_to(lesson: Lesson) -> None:
    prose = "\n".join(cell.source for cell in lesson.read().cells if cell.cell_type == "markdown")
    (met,) = re.findall(r"^\*\*Words met:\*\* (.+)\.$", prose, re.MULTILINE)
    words = met.replace("`", "").split(", ")
    assert [word for word in words if word not in words_page.places()] == []


def visit(browser: Browser, folder: Path, page: str) -> None:
    path, mark, question = page.partition("?")
    browser.visit((folder / path).as_uri() + mark + question)


def test_a_word_is_found_without_a_server(browser: Browser, folder: Path) -> None:
    visit(browser, folder, "deeper/06-keys.html")
    browser.evaluate("(q.value = 'Réfresh  thief', q.form.requestSubmit())")
    browser.wait("document.title.startsWith('Search') && results.children.length > 1")
    links = browser.evaluate("[...results.querySelectorAll('a')].map(a => a.getAttribute('href'))")
    assert any(link.startswith("10-refresh.html#") for link in links)
    assert browser.evaluate("[...results.querySelectorAll('mark')].length") > 1
    browser.evaluate("(q.value = 'salt nobodywroteit', q.dispatchEvent(new Event('input')))")
    assert browser.evaluate("found.textContent") == "0 sections have “salt nobodywroteit”."
    assert browser.evaluate("results.children.length") == 0


def test_the_printer_gets_all_answers(browser: Browser, folder: Path) -> None:
    visit(browser, folder, "02-salt.html")
    closed = "document.querySelectorAll('details:not([open])').length"
    before = browser.evaluate(closed)
    browser.evaluate(f"(addEventListener('beforeprint', () => {{ window.printed = {closed} }}), 1)")
    browser._connection.call("Page.printToPDF")
    assert before > 5
    assert browser.evaluate("window.printed") == 0
    assert browser.evaluate(closed) == before
    browser._connection.call("Emulation.setEmulatedMedia", media="print")  # with no script
    open_answers = "[...document.querySelectorAll('details')].every(one => one.offsetHeight > 40)"
    assert browser.evaluate(open_answers)
    browser._connection.call("Emulation.setEmulatedMedia", media="")
    assert not browser.evaluate(open_answers)


def test_dark_is_kept_from_page_to_page(browser: Browser, folder: Path) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    visit(browser, folder, "index.html")
    light = browser.evaluate(paper)
    browser.evaluate("theme.toggle.call(theme) && document.getElementById('theme').textContent")
    dark = browser.evaluate(paper)
    visit(browser, folder, "02-salt.html")
    assert browser.evaluate(paper) == dark != light
    assert browser.evaluate("document.getElementById('theme').textContent") == "Light page"
    browser.evaluate("(document.getElementById('theme').click(), 1)")
    assert browser.evaluate(paper) == light


WIDE = """[...document.querySelectorAll("body *")].filter(one => one.checkVisibility()
  && one.getBoundingClientRect().right > innerWidth + 1
  && !one.closest(".fit, .scroll, .output, table")).map(one => one.outerHTML.slice(0, 150))"""


@pytest.mark.parametrize("name", each_day(1, [*NAMES, "index", "words", "search"]))
def test_it_fits_a_phone_with_all_opened(browser: Browser, folder: Path, name: str) -> None:
    resize(browser, 360, 720)
    visit(browser, folder, f"{name}.html")
    browser.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert browser.evaluate(WIDE) == []
    assert browser.evaluate("document.documentElement.scrollWidth") <= 360
    resize(browser, 1280, 720)
