"""Ada's tab after an attack: a picture of it, and the cookies that her browser lists.

The cookies' values are not shown, because they are tokens. A recorded run has no picture.
"""

import base64
import time
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import Volatile
from classroom.display.text import duration
from classroom.real_browsers import Cookie

NOTHING = "Nothing was run here: no browser of this machine has a tab to show."
WIDTH = 620  # of a picture in a notebook, in pixels; the page was 1280 wide
BROWSERS = Volatile("‹browser›", "the browser")


@dataclass(frozen=True)
class TabPicture:
    """The page in one browser, as PNG, and the cookies in its jar."""

    png: bytes
    cookies: tuple[Cookie, ...]


class TabPictures(Displayable):
    """The tab of each browser that ran here; the text is the same without any."""

    def __init__(self, pictures: Mapping[str, TabPicture]) -> None:
        """Show these pictures, by the name of their browser."""
        self.pictures = dict(pictures)

    def as_text(self) -> str:
        """Return a caption; pictures are in the HTML only."""
        return f"Ada's tab after the attack, and the cookies that {BROWSERS.label} lists"

    def as_html(self) -> Markup:
        """Return a picture and a list for each browser."""
        pictures = [
            (name, base64.b64encode(tab.png).decode(), [line(cookie) for cookie in tab.cookies])
            for name, tab in self.pictures.items()
        ]
        return html.render("tab_pictures", pictures=pictures, width=WIDTH, nothing=NOTHING)


def line(cookie: Cookie) -> str:
    """Return one cookie as the storage panel of a browser's developer tools shows it."""
    expires = cookie["expires"]
    # Rounded up to a minute, because the page took a moment.
    life = f"for {duration(60 * ceil((expires - time.time()) / 60))}" if expires else "until closed"
    flags = [word for word, is_set in _flags(cookie) if is_set]
    return f"{cookie['name']} · {cookie['domain']}{cookie['path']} · {', '.join(flags)} · {life}"


def _flags(cookie: Cookie) -> list[tuple[str, bool]]:
    same_site = cookie["sameSite"]
    named = (f"SameSite={same_site}", bool(same_site))
    return [("Secure", cookie["secure"]), ("HttpOnly", cookie["httpOnly"]), named]
