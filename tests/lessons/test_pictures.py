"""Each picture of the lessons is used, described, and readable in either theme.

Left out: whether it is true (test_picture_facts.py).
"""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.support.notebooks import cells
from tests.support.paths import NOTEBOOKS, ROOT

PICTURES = sorted((NOTEBOOKS / "images").glob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"
BADGE = re.compile(r"\.\./\.\./actions/workflows/([\w.]+)/badge\.svg")  # at the repository's host
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")

each = pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.stem)


def texts() -> list[tuple[Path, str]]:
    """Return each file that people read and its Markdown."""
    found = [(path, path.read_text(encoding="utf-8")) for path in ROOT.glob("*.md")]
    found += [(path, path.read_text(encoding="utf-8")) for path in NOTEBOOKS.rglob("*.md")]
    for path in NOTEBOOKS.rglob("*.ipynb"):
        if not path.parent.name.startswith("."):
            found.append((path, "\n".join(cell["source"] for cell in cells(path, "markdown"))))
    return found


def used() -> list[tuple[str, Path]]:
    """Return the alt text and the file of each image that is referenced."""
    return [
        (alt, (path.parent / target).resolve())
        for path, text in texts()
        for alt, target in IMAGE.findall(text)
        if "://" not in target and not BADGE.fullmatch(target)
    ]


def test_each_image_is_there_and_is_described_in_words() -> None:
    for alt, file in used():
        assert file.is_file(), file
        assert 8 <= len(alt.split()) <= 60, (file.name, alt)


def test_each_badge_is_that_of_a_workflow_of_ours() -> None:
    names = BADGE.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert names and all((ROOT / ".github/workflows" / name).is_file() for name in names)


def test_each_image_is_used() -> None:
    files = {path.resolve() for path in (NOTEBOOKS / "images").iterdir()}
    assert files == {file for _, file in used() if file.parent.name == "images"}


@each
def test_it_has_a_title_and_a_description(picture: Path) -> None:
    root = ElementTree.parse(picture).getroot()
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and description is not None
    assert len((title.text or "").split()) >= 3 and len((description.text or "").split()) >= 15
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


@each
def test_it_loads_nothing_and_runs_nothing(picture: Path) -> None:
    text = picture.read_text(encoding="utf-8")
    assert not re.search(
        r"<script|<image|<use|<foreignObject|href|@import|@font-face|\bon\w+=", text
    )
    assert set(re.findall(r"url\(([^)]*)\)", text)) <= {"#arrow"}


@each
def test_its_text_is_large_enough_and_stays_inside(picture: Path) -> None:
    text = picture.read_text(encoding="utf-8")
    _, _, width, height = ElementTree.fromstring(text).get("viewBox", "").split()
    assert width == "720"
    assert min(int(size) for size in re.findall(r"\b(\d+)px", text)) >= 14
    for x, y in re.findall(r'<text\b[^>]* x="([\d.]+)" y="([\d.]+)"', text):
        assert 14 <= float(x) <= 706 and 14 <= float(y) <= float(height) - 8


@each
def test_it_can_be_read_in_either_theme(picture: Path) -> None:
    """It has a background of its own, for JupyterLab's theme is not that of the system."""
    text = picture.read_text(encoding="utf-8")
    assert 'class="panel" x="0.5" y="0.5" width="719"' in text
    style = text.partition("<style>")[2].partition("</style>")[0]
    colors = dict(re.findall(r"^ *([.\w]+) \{.*?\bfill: (#\w{6})", style, re.MULTILINE))
    inks = [colors[name] for name in ("text", ".note", ".good", ".bad")]
    grounds = [colors[name] for name in (".panel", ".box", ".blue", ".green", ".red", ".amber")]
    assert min(contrast(ink, ground) for ink in inks for ground in grounds) >= 4.5  # WCAG 1.4.3


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colors, as WCAG 2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(c * share for c, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
