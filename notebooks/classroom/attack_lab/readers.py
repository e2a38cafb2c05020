"""How it is seen what came of an attack: from TRAX's record and database, and Mallory's server.

A page tells nothing about itself. Left out: which attack is read by which (scenarios.py).
"""

import time
from collections.abc import Callable

from classroom.attack_lab.scene import ADA, HERS, Scene
from classroom.exchanges.exchange import Exchange

HERE = "Mallory was here"
SETTLES = 0.4  # seconds in which an injected script would have run
Seen = dict[str, str]


def _request(scene: Scene, exchange: Exchange | None) -> Seen:
    if exchange is None:
        return {"request": "none came", "Sec-Fetch-Site": "–", "cookie": "–", "answer": "–"}
    headers = dict(exchange.request_headers)
    name = scene.trax.settings.cookie.name
    return {
        "request": f"{exchange.method} {exchange.path}",
        "Sec-Fetch-Site": headers.get("sec-fetch-site", "–"),
        "cookie": "sent" if f"{name}=" in headers.get("cookie", "") else "–",
        "answer": f"{exchange.status} {exchange.reason}",
    }


def forged(method: str) -> Callable[[Scene], Seen]:
    """Return a reader for a request to /api/playlists that another page started."""

    def see(scene: Scene) -> Seen:
        seen = _request(scene, scene.arrived(method, "/api/playlists"))
        return {**seen, "Ada's playlists": _hers(scene)}

    return see


def _hers(scene: Scene) -> str:
    names = scene.playlists
    if names == list(HERS):
        return "unchanged"
    if set(HERS) <= set(names):
        return "one more" if HERE in names else "changed"
    return "replaced" if HERE in names else "gone"


def playlists_changed(seen: Seen) -> bool:
    """Tell whether Ada's playlists are not as she made them."""
    return seen["Ada's playlists"] != "unchanged"


def signed_in_as(scene: Scene) -> Seen:
    """See a sign-in that another page started, and who is signed in afterwards."""
    seen = _request(scene, scene.arrived("POST", "/api/signin"))
    return {**seen, "TRAX takes her for": scene.who_is_in() or "nobody"}


def tossed(scene: Scene) -> Seen:
    """See whether the sibling's cookie is kept, and who is signed in afterwards."""
    cookies = [one for one in scene.browser.cookies() if one["domain"] == ".trax.localhost"]
    kept = "kept" if cookies else "refused"
    return {"the blog's cookie": kept, "TRAX takes her for": scene.who_is_in() or "nobody"}


def became_mallory(seen: Seen) -> bool:
    """Tell whether TRAX takes Ada for somebody else."""
    return seen["TRAX takes her for"] != ADA["email"]


def read_across(scene: Scene) -> Seen:
    """See a request for /api/me that another page started, and what that page could read."""
    loot = "".join(scene.loot_came())
    seen = _request(scene, scene.arrived("GET", "/api/me"))
    read = "Ada's account" if ADA["email"] in loot else loot[:20] or "nothing"
    return {**seen, "the page reads": read}


def stolen(scene: Scene) -> Seen:
    """See what came to Mallory, and whose account it opens from her own machine."""
    time.sleep(SETTLES)
    loot = "\n".join(scene.mallory.loot)
    token = next((word for word in loot.replace("=", "\n").split("\n") if word[:2] == "ey"), "")
    got = "a token" if token else "''" if scene.mallory.loot else "nothing: no script ran"
    opens = scene.replayed(token) if token else ""
    return {"Mallory receives": got, "it opens": opens or "–"}


def ridden(scene: Scene) -> Seen:
    """See what an injected script did in Ada's name."""
    time.sleep(SETTLES)
    posts = [one for one in scene.exchanges[scene.mark :] if one.method in ("DELETE", "POST")]
    seen = _request(scene, posts[0] if posts else None)
    return {**seen, "Ada's playlists": _hers(scene)}


def has(column: str, value: str) -> Callable[[Seen], bool]:
    """Return a judge that looks for a value in a column."""
    return lambda seen: seen[column] == value
