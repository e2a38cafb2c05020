"""The base class of everything that a notebook displays: one content in two forms, text and HTML.

Left out: widgets, scripts and pictures; their outputs cannot be compared from run to run.
"""

from markupsafe import Markup, escape

from classroom.display import html


class Displayable:
    """Something with a plain-text form (terminals, screen readers, tests) and an HTML form."""

    def as_text(self) -> str:
        """Return the content as lines of text, at most about 20."""
        raise NotImplementedError

    def as_html(self) -> Markup:
        """Return the same content as HTML, without the styles and the outer element."""
        raise NotImplementedError

    def __html__(self) -> Markup:
        """Return the HTML, so that a template can say `{{ table }}`."""
        return escape(self.as_html())  # changes only what did not come from a template

    def __repr__(self) -> str:
        """Return the text, so that `print` and a terminal show the same as a notebook."""
        return self.as_text()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        # The text comes first, because labels are numbered in the order of their first use.
        text = self.as_text()
        return {"text/plain": text, "text/html": html.page(self)}
