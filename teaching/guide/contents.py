"""The contents of the guide, and a place for each heading to which their links lead.

GitHub makes such a place of each heading. JupyterLab's preview makes one with another name, which
keeps capitals and signs. But it finds the `id` of an element, so each heading has one before it.
"""

import re

HEADING = re.compile(r"^(##|###) (.+)$", re.MULTILINE)


def with_contents(text: str) -> str:
    """Return a text in Markdown with its contents before the first heading of the second level."""
    headings = HEADING.findall(text)
    placed = HEADING.sub(lambda found: f'<a id="{slug(found[2])}"></a>\n\n{found[0]}', text)
    before, first, after = placed.partition(f'<a id="{slug(headings[0][1])}"></a>')
    return f"{before}{contents(headings)}\n\n{first}{after}"


def contents(headings: list[tuple[str, str]]) -> str:
    """Return a line for each heading of the second level, with those of the third below it."""
    lines: list[list[str]] = []
    for level, title in headings:
        link = f"[{title}](#{slug(title)})"
        if level == "##":
            lines.append([f"**{link}**"])
        else:
            lines[-1].append(link)
    return "\n".join(f"- {first}{': ' * bool(rest)}{', '.join(rest)}" for first, *rest in lines)


def slug(title: str) -> str:
    """Return the name that GitHub gives to the place of a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
