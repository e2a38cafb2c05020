"""The headers that tell a server where a request comes from: Origin and Sec-Fetch-*.

Left out: Referer, Sec-Fetch-User, and the preflight that goes before some requests.
"""

from itertools import pairwise

from classroom.browser_model.asked import Asked
from classroom.browser_model.profiles import Profile
from classroom.browser_model.sites import origin, same_origin, scheme, site, trustworthy

MODE = {"fetch": "cors", "eventsource": "cors", "websocket": "websocket"}
DESTINATION = {
    "image": "image",
    "script": "script",
    "iframe": "iframe",
    "form-into-iframe": "iframe",
    "websocket": "websocket",
}
NEAR_TO_FAR = ("same-origin", "same-site", "cross-site")


def where_from(asked: Asked, profile: Profile) -> dict[str, str]:
    """Return the Origin and Sec-Fetch-* headers that the browser adds to the request."""
    headers = {"Origin": origin_of(asked, profile)} if _tells_origin(asked) else {}
    # Chromium opens a WebSocket without Sec-Fetch-*; plain http to other hosts has none at all.
    silent = asked.kind == "websocket" and profile.engine == "Chromium"
    if silent or not trustworthy(asked.url):
        return headers
    navigation = asked.top_level or asked.kind in ("iframe", "form-into-iframe")
    mode = "navigate" if navigation else MODE.get(asked.kind, "no-cors")
    target = "document" if asked.top_level else DESTINATION.get(asked.kind, "empty")
    fetch = {"Site": relation(asked, profile), "Mode": mode, "Dest": target}
    return headers | {f"Sec-Fetch-{name}": value for name, value in fetch.items()}


def relation(asked: Asked, profile: Profile) -> str:
    """Return none, same-origin, same-site or cross-site; redirects count, in both browsers."""
    if asked.initiator is None:
        return "none"
    if asked.kind == "reload-by-script" and profile.script_reload_is_own:
        return "same-origin"
    between = [_between(asked.url, asked.initiator, profile)]
    between += [_between(asked.url, hop, profile, redirects=True) for hop in asked.via]
    return max(between, key=NEAR_TO_FAR.index)


def origin_of(asked: Asked, profile: Profile) -> str:
    """Return the origin that asks, or null where the browser keeps it to itself."""
    initiator = asked.initiator or "null"
    by_cors = asked.kind in MODE or (asked.kind == "beacon" and profile.engine == "Chromium")
    downgraded = scheme(initiator) == "https" and scheme(asked.url) == "http" and not by_cors
    # Once a foreign server has sent it on to yet another origin, nobody vouches for it any more.
    hops = pairwise((*asked.via, asked.url))
    bounced = any(not same_origin(*hop) and not same_origin(initiator, hop[0]) for hop in hops)
    return "null" if downgraded or bounced else origin(initiator)


def _tells_origin(asked: Asked) -> bool:
    """Any POST names its origin; a GET only where CORS or a WebSocket asks for it."""
    if asked.initiator is None:
        return False
    if asked.kind == "websocket" or not asked.safe:
        return True
    return asked.kind in MODE and not same_origin(asked.url, asked.initiator)


def _between(url: str, page: str, profile: Profile, redirects: bool = False) -> str:
    if same_origin(url, page):
        return "same-origin"
    # Firefox leaves out the scheme, and trusts no redirect over plain http, even by a sibling.
    trusted = profile.schemeful or scheme(page) == "https" or not redirects
    near = site(url, profile.schemeful) == site(page, profile.schemeful)
    return "same-site" if near and trusted else "cross-site"
