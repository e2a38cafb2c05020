"""Slides of the lessons in Chromium: they fit the screen, wait for a key, and load nothing.

Skipped, visibly, without Chromium. What is on them: tests/teaching/test_slides.py.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from classroom.real_browsers import Browser
from teaching.editions import slides
from teaching.editions.sources import Lesson, find, lessons
from tests.support.real_browsers import opened, resize
from tests.support.tiers import each_day

READY = "document.documentElement.dataset.ready == 'yes'"
# Each slide with all its steps: [number, what is outside of the screen or too small to be read].
FAULTS = """Reveal.getSlides().flatMap((slide, number) => {
  const {h, v} = Reveal.getIndices(slide);
  Reveal.slide(h, v);
  const shown = [...slide.querySelectorAll("*")].filter(
    one => one.checkVisibility() && !one.closest(".fit > *"));  // cut short on purpose
  const outside = ({right, bottom}) => right > 1280.5 || bottom > 720.5;
  const wide = one => one.matches(".card, .scroll, pre") && one.scrollWidth > one.clientWidth + 1;
  const small = one => one.matches(".output td, .output pre, pre.code, p, li")
    && parseFloat(getComputedStyle(one).fontSize) * (one.currentCSSZoom || 1) < 16;
  const wraps = one => one.matches("pre.code") && one.clientHeight > 40
    + parseFloat(getComputedStyle(one).lineHeight) * one.textContent.trimEnd().split("\\n").length;
  return shown
    .filter(one => outside(one.getBoundingClientRect()) || wide(one) || small(one)
      || wraps(one))
    .map(one => [number, one.outerHTML.slice(0, 200)]);
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened("chromium") as browser:
        resize(browser, 1280, 720)
        yield browser


def show(browser: Browser, lesson: Lesson, folder: Path) -> None:
    browser.visit(slides.make([lesson], folder).as_uri(), READY)


@pytest.mark.parametrize("lesson", each_day(1, lessons()), ids=lambda one: one.name)
def test_no_slide_is_larger_than_the_screen_and_all_can_be_read(
    browser: Browser, tmp_path: Path, lesson: Lesson
) -> None:
    show(browser, lesson, tmp_path)
    assert browser.evaluate("innerWidth == 1280 && innerHeight == 720")
    assert browser.evaluate("Reveal.getTotalSlides()") > 15
    assert browser.evaluate(FAULTS) == []
    assert browser.evaluate("performance.getEntriesByType('resource').length") == 0


PRESS = "document.dispatchEvent(new KeyboardEvent('keydown', {{key: '{0}', keyCode: {1}}}))"


def test_an_outcome_waits_for_a_key(browser: Browser, tmp_path: Path) -> None:
    show(browser, find("02"), tmp_path)
    place = "Reveal.getSlides().find(one => one.querySelector('.output.fragment'))"
    browser.evaluate(f"(({{h, v}}) => Reveal.slide(h, v))(Reveal.getIndices({place}))")
    seen = "getComputedStyle(Reveal.getCurrentSlide().querySelector('.output')).visibility"
    assert browser.evaluate(seen) == "hidden"
    browser.evaluate(PRESS.format("ArrowRight", 39))
    browser.wait(f"{seen} == 'visible'")


def test_a_key_makes_a_light_page_dark(browser: Browser, tmp_path: Path) -> None:
    show(browser, find("02"), tmp_path)
    paper = "getComputedStyle(document.body).backgroundColor"
    light = browser.evaluate(paper)
    browser.evaluate(PRESS.format("t", 84))
    assert browser.evaluate("document.documentElement.dataset.theme") == "dark"
    assert browser.evaluate(paper) != light


def test_the_speaker_sees_what_the_guide_says(browser: Browser, tmp_path: Path) -> None:
    show(browser, find("02"), tmp_path)
    notes = "Reveal.getSlides().map(one => Reveal.getSlideNotes(one) ?? '').filter(Boolean)"
    found = browser.evaluate(notes)
    assert "Everybody can read the table." in found[0]
    assert any("A usual wrong answer:" in one for one in found)
    assert browser.evaluate("Reveal.hasPlugin('notes')")
    shown = "[...document.querySelectorAll('aside.notes')].some(one => one.checkVisibility())"
    assert not browser.evaluate(shown)
