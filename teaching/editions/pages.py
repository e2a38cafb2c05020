"""The templates of the pages and what stands beside them: style sheets, scripts, reveal.js.

Left out: what goes into a page (render.py).
"""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent
STATIC = HERE / "static"


@cache
def _environment() -> Environment:
    """Return the templates; what is put into them is escaped unless it is marked as HTML."""
    folder = FileSystemLoader(HERE / "templates", encoding="utf-8")
    return Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def page(template: str, **content: object) -> str:
    """Return a page made of a template, such as "slides.html", and its content."""
    return _environment().get_template(template).render(**content, static=static)


def static(name: str) -> str:
    """Return the text of a file in static/, to be written into a page."""
    return (STATIC / name).read_text(encoding="utf-8")
