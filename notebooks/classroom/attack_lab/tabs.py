"""Ada's tab when all was over: a picture of it, and the cookies that her browser itself lists.

Left out: the cookies' values, which are tokens, and everything of a run that was only recorded.
"""

import base64
import time
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import Volatile
from classroom.display.text import duration
from classroom.real_browsers import Cookie

NOTHING = "Nothing was run here: there is no browser of this machine to look at."
WIDTH = 620  # of a picture in a notebook, in pixels; it was taken at 1280


@dataclass(frozen=True)
class Tab:
    """What one browser showed, as PNG, and what it kept."""

    picture: bytes
    cookies: tuple[Cookie, ...]


class Tabs(Displayable):
    """The tab of each browser in which a run took place; the text is the same without any."""

    def __init__(self, tabs: Mapping[str, Tab]) -> None:
        """Show these tabs, by the name of their browser."""
        self.tabs = dict(tabs)

    def as_text(self) -> str:
        """Return what is to be seen; pictures are for the other form."""
        return f"Ada's tab when all was over, and the cookies that {BROWSERS.label} lists"

    def as_html(self) -> str:
        """Return a picture and a list for each browser."""
        head = html.tag("div", html.escape("Ada's tab when all was over, and what it keeps"))
        shown = "".join(_figure(name, tab) for name, tab in self.tabs.items())
        # Tests leave out exactly these elements.
        return head + (shown or f'<figure class="real">{html.escape(NOTHING)}</figure>')


BROWSERS = Volatile("‹browser›", "the browser")


def _figure(name: str, tab: Tab) -> str:
    data = base64.b64encode(tab.picture).decode()
    alt = html.escape(f"Ada's tab in {name}")
    image = f'<img alt="{alt}" src="data:image/png;base64,{data}" width="{WIDTH}">'
    lines = [html.escape(line(cookie)) for cookie in tab.cookies] or ["no cookies"]
    caption = html.escape(f"{name} lists: ") + "<br>".join(lines)
    return f'<figure class="real">{image}<figcaption>{caption}</figcaption></figure>'


def line(cookie: Cookie) -> str:
    """Return one cookie as the storage panel of a browser's developer tools would."""
    left = cookie["expires"]
    # To the next whole minute: the page took a moment.
    life = f"for {duration(60 * ceil((left - time.time()) / 60))}" if left else "until closed"
    flags = [word for word, set_ in _flags(cookie) if set_]
    return f"{cookie['name']} · {cookie['domain']}{cookie['path']} · {', '.join(flags)} · {life}"


def _flags(cookie: Cookie) -> list[tuple[str, bool]]:
    same_site = cookie["sameSite"]
    named = (f"SameSite={same_site}", bool(same_site))
    return [("Secure", cookie["secure"]), ("HttpOnly", cookie["httpOnly"]), named]
