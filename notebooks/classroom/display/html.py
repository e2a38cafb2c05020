"""Turn text into HTML: by the templates in templates/, and with the styles of style.css.

Every text that enters a template is made visible and escaped; no template has to think of it.
"""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from classroom.display.text import visible

COLORS = ("blue", "violet", "green", "orange", "pink", "teal")  # of numbered things
_FOLDER = Path(__file__).parent / "templates"


def render(template: str, **values: object) -> Markup:
    """Return the HTML of `templates/<template>.html` with these values."""
    return Markup(_environment.get_template(f"{template}.html").render(values).strip())


def page(content: object) -> str:
    """Return the whole output of a cell: `content`, which a template can show, with its styles."""
    return _with_styles(render("page", content=content, sheet=Markup(_SHEET)))


def color(number: int) -> str:
    """Return the colour of things with this number, from 1 on; "grey" for 0, no number."""
    return COLORS[(number - 1) % len(COLORS)] if number else "grey"


def _visible(value: object) -> object:
    """Return a value as text with hidden characters made visible; HTML of a template has none."""
    return value if hasattr(value, "__html__") else visible(str(value))


def _with_styles(html: str) -> str:
    """Return `html` with the rules of its classes in each element (style.css says why)."""

    # No text can look like an attribute here: the quotes in it are escaped.
    def styled(found: re.Match[str]) -> str:
        rules = ";".join(_RULES[name] for name in found[1].split() if name in _RULES)
        return found[0] + (f' style="{rules}"' if rules else "")

    return re.sub(r' class="([^"]*)"', styled, html)


def _read_styles() -> tuple[dict[str, str], str]:
    """Return the rules of single classes in style.css, and all other rules, without blanks."""
    css = (_FOLDER / "style.css").read_text("utf-8")
    css = re.sub(r"\s*([{};:,])\s*", r"\1", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)).strip()
    rules = [rule.split("{") for rule in css.split("}") if rule]
    single = {names[1:]: body for names, body in rules if re.fullmatch(r"\.[\w-]+", names)}
    others = [f"{names}{{{body}}}" for names, body in rules if names[1:] not in single]
    return single, "".join(others)


_RULES, _SHEET = _read_styles()
_environment = Environment(
    loader=FileSystemLoader(_FOLDER),
    autoescape=True,
    finalize=_visible,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters["color"] = color
