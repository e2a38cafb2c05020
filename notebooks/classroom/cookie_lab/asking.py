"""How a way of asking, in a relation, is put to the model browser.

Left out: what the model then decides (cells.py, headers.py).
"""

from classroom.browser_model import Request
from classroom.cookie_lab.relations import HOSTS, SAME, origin, ours
from classroom.cookie_lab.ways import WAYS

# Which ports they are does not matter to a browser, only that they are not the same.
URLS = {relation: origin(relation, (8001, 8002, 8003)) for relation in HOSTS}


def target(relation: str) -> str:
    """Return our server, as the page of this relation reaches it."""
    return URLS[ours(relation)]


def put(relation: str, way: str) -> Request:
    """Return the request that a page in this `relation` to our server makes by this `way`."""
    this, told = WAYS[way], dict(WAYS[way].asked)
    urls = {"T": target(relation), "I": URLS[relation]}
    told["initiator"] = urls[told.get("initiator", "I")]
    for around in ("inside", "via"):
        told[around] = tuple(urls[name] for name in told.get(around, ()))
    return Request(f"{urls[this.url]}/walk/1/1/ask", **told)


def is_stopped(relation: str, way: str) -> bool:
    """Tell whether only a preflight arrives: it asks leave, and the lab gives none."""
    return WAYS[way].asks_leave and relation != SAME
