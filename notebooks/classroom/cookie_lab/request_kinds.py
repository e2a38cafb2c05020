"""The requests of the lab: from where a page asks our server (relation), and how (request kind).

For each kind: the row of the table that it belongs to, the cell of data/browser-truth.json that
recorded it, and the same request for the model browser. What a page does is in pages/walk.js.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from classroom.browser_model import Request

SAME, PORT, SIBLING, CROSS = "same origin", "other port", "sibling", "cross-site"
PLAIN = "plain http"  # to a host that the browser takes for an ordinary one
# The same host by http and https: a page over TLS asks our server, or a plain page asks it by TLS.
SCHEME, TO_TLS = "other scheme", "other scheme, to https"
OVER_TLS = 2  # the number of the third port, which is opened only when a walk needs it
# Where the page is that asks: its host, and the number of the port.
HOSTS = {
    SAME: ("trax.localhost", 0),
    PORT: ("trax.localhost", 1),
    SIBLING: ("blog.trax.localhost", 1),
    CROSS: ("evil.localhost", 1),
    PLAIN: ("[::ffff:127.0.0.1]", 0),
    SCHEME: ("trax.localhost", OVER_TLS),
    TO_TLS: ("trax.localhost", 0),
}
PLAIN_NAMES = ("[::ffff:127.0.0.1]", "[::ffff:7f00:1]")  # as we write it, and as browsers do
RELATIONS = (SAME, PORT, SIBLING, CROSS, PLAIN)  # no browser has to trust a certificate for these
_HOME = {PLAIN: PLAIN, TO_TLS: SCHEME}


def home(relation: str) -> str:
    """Return the relation whose host is our server, for a page in this `relation`."""
    return _HOME.get(relation, SAME)


def origin(relation: str, ports: tuple[int, ...]) -> str:
    """Return the origin of the page that asks, with these ports."""
    host, port = HOSTS[relation]
    return f"{'https' if port == OVER_TLS else 'http'}://{host}:{ports[port]}"


@dataclass(frozen=True)
class RequestKind:
    """One kind of request; those with the same `row` share a row of the table."""

    row: str
    cell: str = ""  # "" where nothing was recorded
    # Fields of browser_model.Request, where T is our server and I the page that asks.
    model: Mapping[str, object] = field(default_factory=dict)
    url: str = "T"
    action: str = ""  # the action of walk.js, if it is not called like the kind
    needs_preflight: bool = False  # from another origin


PICTURES = "image, script, EventSource, WebSocket"
PICTURES_CELL = "img / script / EventSource / WebSocket"
LINK, LINK_CELL = "link, form GET, refresh", "top-level GET (link, form GET, meta refresh)"
OWN = {"initiator": "T"}
FORM = {"kind": "form", "method": "POST"}
INCLUDE = {"kind": "fetch", "credentials": "include"}

REQUEST_KINDS: dict[str, RequestKind] = {
    "own-fetch": RequestKind("our own page's fetch", "stored", OWN | {"kind": "fetch"}),
    "own-script": RequestKind(
        "document.cookie on our page", "document_cookie", OWN | {"kind": "document.cookie"}
    ),
    # The other server gets our cookies too: a cookie belongs to a host with all of its ports.
    "other-page": RequestKind(
        "the other server itself", "", OWN | {"kind": "link"}, url="I", action="go"
    ),
    "link": RequestKind(LINK, LINK_CELL, {"kind": "link"}),
    "form-get": RequestKind(LINK, LINK_CELL, {"kind": "form"}),
    "refresh": RequestKind(LINK, LINK_CELL, {"kind": "link"}),
    "reload": RequestKind(
        "then location.reload()",
        "location.reload() after the top-level GET",
        {"kind": "reload-by-script"},
    ),
    "then-fetch": RequestKind(
        "then that page's own fetch", "own fetch of the page so reached", OWN | {"kind": "fetch"}
    ),
    "form-post": RequestKind("form POST", "top-level form POST, cookie < 2 min old", FORM),
    "form-post-late": RequestKind(
        "form POST after 2 min", "top-level form POST, cookie > 2 min old", FORM, action="form-post"
    ),
    "bounce-link": RequestKind(
        "own link, 302 by the other",
        "own page -> link via 302 of the other origin -> own page",
        OWN | {"via": ("I",)},
        action="link",
    ),
    "bounce-post": RequestKind(
        "own form, 307 by the other",
        "own form POST -> 307 of the other origin -> own page",
        OWN | FORM | {"via": ("I",)},
        action="form-post",
    ),
    "fetch": RequestKind("fetch, include", "fetch credentials:include GET", INCLUDE),
    "fetch-post": RequestKind(
        "fetch POST, include", "fetch credentials:include POST", INCLUDE | {"method": "POST"}
    ),
    "fetch-default": RequestKind("fetch, default", "fetch default credentials", {"kind": "fetch"}),
    "fetch-json": RequestKind(
        "fetch POST of JSON", "", INCLUDE | {"method": "POST"}, needs_preflight=True
    ),
    "beacon": RequestKind("sendBeacon", "sendBeacon", {"kind": "beacon", "method": "POST"}),
    "image": RequestKind(PICTURES, PICTURES_CELL, {"kind": "image"}),
    "script": RequestKind(PICTURES, PICTURES_CELL, {"kind": "script"}),
    "eventsource": RequestKind(PICTURES, PICTURES_CELL, {"kind": "eventsource"}),
    "websocket": RequestKind(PICTURES, PICTURES_CELL, {"kind": "websocket"}),
    "iframe": RequestKind("iframe", "iframe navigation GET", {"kind": "iframe"}),
    "sandboxed-iframe": RequestKind(
        "sandboxed iframe", "sandboxed iframe navigation", {"kind": "iframe"}
    ),
    "form-into-iframe": RequestKind(
        "form POST into an iframe",
        "form POST into iframe",
        {"kind": "form-into-iframe", "method": "POST"},
    ),
    "frame-fetch": RequestKind(
        "fetch inside the iframe",
        "same-origin fetch inside the iframe",
        OWN | {"kind": "fetch", "inside": ("I",)},
    ),
    "frame-script": RequestKind(
        "document.cookie inside it",
        "document_cookie_in_iframe",
        OWN | {"kind": "document.cookie", "inside": ("I",)},
    ),
}
OF_OWN_PAGE = ("own-fetch", "own-script")
BY_THE_FRAME = ("frame-fetch", "frame-script")  # pages/frame.js sends these by itself
REPORTS = ("own-script", "frame-script")  # their body is what document.cookie held
NAMES = list(REQUEST_KINDS)
# What a page of the other origin requests while it stays open.
OF_OTHER_PAGE = tuple(NAMES[NAMES.index("fetch") :])
# A browser only compares ports, so any three numbers do for the model.
MODEL_URLS = {relation: origin(relation, (8001, 8002, 8003)) for relation in HOSTS}


def action(kind: str) -> str:
    """Return the action of walk.js for the request kind of this name."""
    return REQUEST_KINDS[kind].action or kind


def model_target(relation: str) -> str:
    """Return our server's origin in the model browser, for a page in this `relation`."""
    return MODEL_URLS[home(relation)]


def model_request(relation: str, kind: str) -> Request:
    """Return the request of this `kind`, by a page in this `relation`, for the model browser."""
    fields = dict(REQUEST_KINDS[kind].model)
    urls = {"T": model_target(relation), "I": MODEL_URLS[relation]}
    fields["initiator"] = urls[fields.get("initiator", "I")]
    for name in ("inside", "via"):
        fields[name] = tuple(urls[one] for one in fields.get(name, ()))
    return Request(f"{urls[REQUEST_KINDS[kind].url]}/walk/1/1/ask", **fields)


def stops_at_preflight(relation: str, kind: str) -> bool:
    """Return True if only the preflight arrives: the lab's server never allows the request."""
    return REQUEST_KINDS[kind].needs_preflight and relation != SAME
