"""Observe the outcome of an attack: in TRAX's exchanges and database, and at Mallory's server.

A page says nothing about itself, except that its script has ended. No observer takes silence for
a result: it waits for a sign that everything was sent, and raises NoOutcome if there is none.
Which attack has which observer is in scenarios.py.
"""

from collections.abc import Callable

from classroom.attack_lab.attack_session import ADA, PLAYLISTS, AttackSession, answered
from classroom.exchanges.exchange import Exchange

MALLORYS = "Mallory was here"
Seen = dict[str, str]  # column to value


def _request(session: AttackSession, exchange: Exchange | None) -> Seen:
    if exchange is None:
        return {"request": "none came", "Sec-Fetch-Site": "–", "cookie": "–", "response": "–"}
    headers = dict(exchange.request_headers)
    name = session.trax.settings.cookie.name
    return {
        "request": f"{exchange.method} {exchange.path}",
        "Sec-Fetch-Site": headers.get("sec-fetch-site", "–"),
        "cookie": "sent" if f"{name}=" in headers.get("cookie", "") else "–",
        "response": f"{answered(exchange).status} {exchange.reason}",
    }


def forged(method: str) -> Callable[[AttackSession], Seen]:
    """Return an observer for a request to /api/playlists that another page sent."""

    def observe(session: AttackSession) -> Seen:
        seen = _request(session, session.forged_request(method, "/api/playlists"))
        return {**seen, "Ada's playlists": _playlists(session)}

    return observe


def _playlists(session: AttackSession) -> str:
    names = session.playlists
    if names == list(PLAYLISTS):
        return "unchanged"
    if set(PLAYLISTS) <= set(names):
        return "one more" if MALLORYS in names else "changed"
    return "replaced" if MALLORYS in names else "gone"


def playlists_changed(seen: Seen) -> bool:
    """Return True if Ada's playlists are not as she made them."""
    return seen["Ada's playlists"] != "unchanged"


def forged_sign_in(session: AttackSession) -> Seen:
    """Observe a sign-in that another page sent, and who is signed in afterwards."""
    seen = _request(session, session.forged_request("POST", "/api/signin"))
    return {**seen, "TRAX takes her for": session.signed_in() or "nobody"}


def cookie_tossing(session: AttackSession) -> Seen:
    """Observe whether the browser keeps the sibling's cookie, and who is signed in afterwards."""
    who = session.signed_in() or "nobody"  # first: by then the browser has handled the cookie
    cookies = [one for one in session.browser.cookies() if one["domain"] == ".trax.localhost"]
    return {"the blog's cookie": "kept" if cookies else "refused", "TRAX takes her for": who}


def became_mallory(seen: Seen) -> bool:
    """Return True if TRAX takes Ada for someone else."""
    return seen["TRAX takes her for"] != ADA["email"]


def read_across(session: AttackSession) -> Seen:
    """Observe a request for /api/me that another page sent, and what that page could read."""
    stolen = "".join(session.stolen())
    seen = _request(session, session.forged_request("GET", "/api/me"))
    return {**seen, "the page reads": "Ada's account" if ADA["email"] in stolen else stolen[:20]}


def theft(session: AttackSession) -> Seen:
    """Observe what Mallory received, and whose account it opens from her own machine."""
    session.wait_for_script()
    stolen = list(session.mallory.stolen)
    words = "\n".join(stolen).replace("=", "\n").split("\n")
    token = next((word for word in words if word.startswith("ey")), "")
    got = "a token" if token else "''" if stolen else "nothing: no script ran"
    opens = session.replay(token) if token else ""
    return {"Mallory receives": got, "it opens": opens or "–"}


def session_riding(session: AttackSession) -> Seen:
    """Observe what an injected script did in Ada's name."""
    session.wait_for_script()
    attack = session.exchanges[session.mark :]
    changing = [one for one in attack if one.method in ("DELETE", "POST")]
    for one in changing:
        answered(one)
    seen = _request(session, changing[0] if changing else None)
    return {**seen, "Ada's playlists": _playlists(session)}


def has(column: str, value: str) -> Callable[[Seen], bool]:
    """Return a function that returns True if a column has this value."""
    return lambda seen: seen[column] == value
