"""The base of everything that a notebook displays: one content in two forms, text and HTML.

Left out: widgets, scripts and pictures; their outputs cannot be compared from run to run.
"""

from classroom.display import html


class Displayable:
    """Something with a plain-text form (terminals, screen readers, tests) and an HTML form."""

    def as_text(self) -> str:
        """Return the content as lines of text, at most about 20."""
        raise NotImplementedError

    def as_html(self) -> str:
        """Return the same content as HTML, without the outer page."""
        raise NotImplementedError

    def __repr__(self) -> str:
        """Return the text, so that `print` and a terminal show the same as a notebook."""
        return self.as_text()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        # Text first: it decides the order in which labels are numbered.
        text = self.as_text()
        return {"text/plain": text, "text/html": html.page(self.as_html())}
