"""How HTML is made: text in a template is escaped, and styles are written into the elements."""

import re
from pathlib import Path

import pytest
from markupsafe import Markup

import classroom
from classroom.display import html
from classroom.display.displayable import Displayable
from tests.support.html_parsed import Parsed, bundle

CLASSROOM = Path(classroom.__file__).parent
TEMPLATES = sorted((CLASSROOM / "display/templates").glob("*.html"))


class Careless(Displayable):
    """A display whose HTML did not come from a template."""

    def as_text(self) -> str:
        return "x"

    def as_html(self) -> Markup:
        return "<script>alert(1)</script>"


def test_html_that_comes_from_no_template_is_escaped() -> None:
    parsed = Parsed(bundle(Careless())[1])
    assert "script" not in [tag for tag, _ in parsed.elements]
    assert "<script>" in parsed.text


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_leaves_text_unescaped(template: Path) -> None:
    assert not re.search(r"\|\s*safe|autoescape", template.read_text("utf-8"))


def test_only_the_display_makes_html_out_of_text() -> None:
    makers = [
        path.relative_to(CLASSROOM).as_posix()
        for path in CLASSROOM.rglob("*.py")
        if "Markup(" in path.read_text("utf-8")
    ]
    assert sorted(makers) == ["display/highlight.py", "display/html.py"]


def test_each_element_has_the_styles_of_its_classes() -> None:
    page = html.page(Markup('<b class="mono bar real">x</b><span class="real">y</span>'))
    (bold,) = [found for tag, found in Parsed(page).elements if tag == "b"]
    assert bold["style"].startswith("font-family:") and "font-size:.8em" in bold["style"]
    assert '<span class="real">y</span>' in page


def test_text_that_looks_like_a_class_gets_no_style() -> None:
    page = html.page('<b class="mono">')
    assert 'class="mono"' not in page and 'class="mono"' in Parsed(page).text


def test_a_name_that_a_template_does_not_get_is_an_error() -> None:
    with pytest.raises(Exception, match="undefined"):
        html.render("link", words="Open")
