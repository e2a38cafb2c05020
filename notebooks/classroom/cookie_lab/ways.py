"""The ways in which a page makes its browser send a request, each as data.

For each way: the row of the table that it belongs to, the cell of data/browser-truth.json that
recorded it, and how it is put to the model browser, where T is our server and I the page that asks.
Left out: how a page does it (pages/walk.js).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Way:
    """One way of asking; those with the same `row` are one line of the table."""

    row: str
    cell: str = ""  # "" where nothing was recorded
    asked: Mapping[str, object] = field(default_factory=dict)  # fields of browser_model.Request
    url: str = "T"
    how: str = ""  # what walk.js does, by default what is named as the way itself
    asks_leave: bool = False  # by a preflight, from another origin


PICTURES = "image, script, EventSource, WebSocket"
PICTURES_CELL = "img / script / EventSource / WebSocket"
LINK, LINK_CELL = "link, form GET, refresh", "top-level GET (link, form GET, meta refresh)"
OWN = {"initiator": "T"}
FORM = {"kind": "form", "method": "POST"}
INCLUDE = {"kind": "fetch", "credentials": "include"}

WAYS: dict[str, Way] = {
    "own-fetch": Way("our own page's fetch", "stored", OWN | {"kind": "fetch"}),
    "own-script": Way(
        "document.cookie on our page", "document_cookie", OWN | {"kind": "document.cookie"}
    ),
    # What the other server is sent by itself: cookies belong to a host, with all of its ports.
    "other-page": Way("the other server itself", "", OWN | {"kind": "link"}, url="I", how="go"),
    "link": Way(LINK, LINK_CELL, {"kind": "link"}),
    "form-get": Way(LINK, LINK_CELL, {"kind": "form"}),
    "refresh": Way(LINK, LINK_CELL, {"kind": "link"}),
    "reload": Way(
        "then location.reload()",
        "location.reload() after the top-level GET",
        {"kind": "reload-by-script"},
    ),
    "then-fetch": Way(
        "then that page's own fetch", "own fetch of the page so reached", OWN | {"kind": "fetch"}
    ),
    "form-post": Way("form POST", "top-level form POST, cookie < 2 min old", FORM),
    "form-post-late": Way(
        "form POST after 2 min", "top-level form POST, cookie > 2 min old", FORM, how="form-post"
    ),
    "bounce-link": Way(
        "own link, 302 by the other",
        "own page -> link via 302 of the other origin -> own page",
        OWN | {"via": ("I",)},
        how="link",
    ),
    "bounce-post": Way(
        "own form, 307 by the other",
        "own form POST -> 307 of the other origin -> own page",
        OWN | FORM | {"via": ("I",)},
        how="form-post",
    ),
    "fetch": Way("fetch, include", "fetch credentials:include GET", INCLUDE),
    "fetch-post": Way(
        "fetch POST, include", "fetch credentials:include POST", INCLUDE | {"method": "POST"}
    ),
    "fetch-default": Way("fetch, default", "fetch default credentials", {"kind": "fetch"}),
    "fetch-json": Way("fetch POST of JSON", "", INCLUDE | {"method": "POST"}, asks_leave=True),
    "beacon": Way("sendBeacon", "sendBeacon", {"kind": "beacon", "method": "POST"}),
    "image": Way(PICTURES, PICTURES_CELL, {"kind": "image"}),
    "script": Way(PICTURES, PICTURES_CELL, {"kind": "script"}),
    "eventsource": Way(PICTURES, PICTURES_CELL, {"kind": "eventsource"}),
    "websocket": Way(PICTURES, PICTURES_CELL, {"kind": "websocket"}),
    "iframe": Way("iframe", "iframe navigation GET", {"kind": "iframe"}),
    "sandboxed-iframe": Way("sandboxed iframe", "sandboxed iframe navigation", {"kind": "iframe"}),
    "form-into-iframe": Way(
        "form POST into an iframe",
        "form POST into iframe",
        {"kind": "form-into-iframe", "method": "POST"},
    ),
    "frame-fetch": Way(
        "fetch inside the iframe",
        "same-origin fetch inside the iframe",
        OWN | {"kind": "fetch", "inside": ("I",)},
    ),
    "frame-script": Way(
        "document.cookie inside it",
        "document_cookie_in_iframe",
        OWN | {"kind": "document.cookie", "inside": ("I",)},
    ),
}
OF_OWN_PAGE = ("own-fetch", "own-script")
BY_THE_FRAME = ("frame-fetch", "frame-script")  # which does so by itself
REPORTS = ("own-script", "frame-script")  # their body says what document.cookie held
NAMES = list(WAYS)
# What a page of the other origin asks for without leaving.
OF_OTHER_PAGE = tuple(NAMES[NAMES.index("fetch") :])


def how(way: str) -> str:
    """Return what walk.js does for a way of this name."""
    return WAYS[way].how or way
