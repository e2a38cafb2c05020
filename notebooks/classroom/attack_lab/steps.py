"""How to try an attack in a browser tab of one's own, in three steps.

Left out: frames in the notebook; a sign-in in a frame of another site does not work, and would not
show what a tab shows.
"""

from dataclasses import dataclass

from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.link import Link


@dataclass(frozen=True, repr=False)
class Steps(Displayable):
    """The attack's idea, the address of TRAX's page, and that of a page of Mallory's."""

    idea: str
    home: str
    page: str

    def as_text(self) -> str:
        """Return the steps, with labels for the ports."""
        return "\n".join(link.as_text() for link in self._links())

    def as_html(self) -> str:
        """Return the same with links that open a new tab."""
        return html.card("".join(link.as_html() for link in self._links()))

    def _links(self) -> list[Link]:
        return [
            Link(self.home, "1. Sign up and make a playlist at"),
            Link(self.page, f"2. In the same browser open this ({self.idea}):"),
            Link(self.home, "3. See what became of your playlists, and who you are, at"),
        ]
