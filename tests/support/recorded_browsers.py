"""How each cell of the recorded browser table is put to the model browser.

Whether the model agrees is tested in unit/test_browser_model_truth.py.
"""

import json
from collections.abc import Iterator
from functools import cache

from classroom.browser_model import Browser
from tests.support.paths import ROOT

RECORDED = ROOT / "data" / "browser-truth.json"
SAME, SITE = "same-origin", "same-site (cross-origin)"
SCHEME, CROSS = "same registrable domain, other scheme", "cross-site"
# Target and initiator. The recording found all pairs of one relation alike.
PAIRS = {
    SAME: [(url, url) for url in ("http://localhost:1", "http://127.0.0.1:1", "https://bank.test")],
    SITE: [
        ("http://shop.localhost:1", "http://shop.localhost:2"),
        ("http://shop.localhost:1", "http://blog.shop.localhost:2"),
        ("https://a.bank.test", "https://b.bank.test:444"),
    ],
    SCHEME: [
        ("http://shop.localhost:1", "https://shop.localhost:3"),
        ("https://localhost:3", "http://localhost:1"),
    ],
    CROSS: [
        ("http://localhost:1", "http://127.0.0.1:1"),
        ("http://shop.localhost:1", "http://evil.localhost:2"),
        ("http://shop.localhost:1", "http://localhost:1"),
        ("http://127.0.0.1:1", "http://127.0.0.2:1"),
        ("https://bank.test", "http://evil.localhost:2"),
        ("https://bank.test", "https://evil.test"),
    ],
}
# How each recorded request is put to the model: T the target, I the initiator.
POST_FORM = {"kind": "form", "method": "POST"}
REQUESTS = {
    "fetch credentials:include GET": {"kind": "fetch", "credentials": "include"},
    "fetch default credentials": {"kind": "fetch"},
    "fetch credentials:include POST": {"kind": "fetch", "credentials": "include", "method": "POST"},
    "sendBeacon": {"kind": "beacon", "method": "POST"},
    "iframe navigation GET": {"kind": "iframe"},
    "sandboxed iframe navigation": {"kind": "iframe"},
    "form POST into iframe": {"kind": "form-into-iframe", "method": "POST"},
    "same-origin fetch inside the iframe": {"kind": "fetch", "initiator": "T", "inside": ("I",)},
    "top-level form POST, cookie < 2 min old": POST_FORM,
    "top-level form POST, cookie > 2 min old": POST_FORM,
    "own page -> link via 302 of the other origin -> own page": {"initiator": "T", "via": ("I",)},
    "own form POST -> 307 of the other origin -> own page": POST_FORM
    | {"initiator": "T", "via": ("I",)},
    "location.reload() after the top-level GET": {"kind": "reload-by-script"},
    "own fetch of the page so reached": {"kind": "fetch", "initiator": "T"},
}
# One recorded column stands for several ways that behaved alike.
ALIKE = {
    "img / script / EventSource / WebSocket": ("image", "script", "eventsource", "websocket"),
    "top-level GET (link, form GET, meta refresh)": ("link", "form"),
}


@cache
def recorded() -> list[dict]:
    """Return the rows of the recording."""
    return json.loads(RECORDED.read_text(encoding="utf-8"))["canonical"]


def line_of(row: dict) -> str:
    """Return the Set-Cookie line that a row is about."""
    same_site = "" if row["SameSite"] == "absent" else f"; SameSite={row['SameSite'].split()[0]}"
    flags = [f"; {flag}" for flag in ("HttpOnly", "Secure", "Partitioned") if row[flag]]
    return f"c=1; Path=/{''.join(flags)}{same_site}"


def answers(row: dict, config: str, target: str, other: str) -> Iterator[tuple[str, bool]]:
    """Yield what the model does in each cell of a row, between these two origins."""
    fresh, late = Browser(config), Browser(config)  # a cookie younger and older than two minutes
    for browser, seconds in ((fresh, 119), (late, 121)):
        browser.receive(target, line_of(row))
        browser.later(seconds)
    yield "stored", bool(fresh.cookies)
    yield "document_cookie", bool(fresh.document_cookie(target))
    yield "document_cookie_in_iframe", bool(fresh.document_cookie(target, inside=(other,)))
    for cell in row["sent"]:
        browser = late if "> 2 min" in cell else fresh
        for kind in kinds(cell):
            yield cell, bool(browser.request(target, **put(kind, target, other)).cookie_header)


def kinds(cell: str) -> list[dict]:
    """Return the kinds of request that a recorded cell stands for."""
    return [{"kind": kind} for kind in ALIKE[cell]] if cell in ALIKE else [REQUESTS[cell]]


def put(request: dict, target: str, other: str) -> dict:
    """Return a request with the real URLs in it."""
    url = {"T": target, "I": other}
    urls = {"initiator": url[request.get("initiator", "I")]}
    for key in ("inside", "via"):
        urls[key] = tuple(url[name] for name in request.get(key, ()))
    return request | urls


def cells(rows: list[dict], config: str) -> Iterator[tuple[str, bool | None, set[bool]]]:
    """Yield each cell of the rows: its words, the recorded answer, the model's answers.

    None was never measured. Two answers of the model mean that pairs of origins differ.
    """
    for row in rows:
        found: dict[str, set[bool]] = {}
        for target, other in PAIRS[row["relation"]]:
            for cell, answer in answers(row, config, target, other):
                found.setdefault(cell, set()).add(answer)
        truth = row | row["sent"]
        for cell, model in found.items():
            yield f"{line_of(row)} · {cell}", truth[cell], model
