"""A form and a link of another site, at a route of the course's server, with each SameSite value.

The requests are really sent; what they carry, the model browsers decide.
"""

from classroom.browser_model import LiveBrowser
from classroom.display.table import Table
from classroom.lessons.same_site_matrix import VALUES
from classroom.server.server import Server

ORDER = ("absent", "None; Secure", "Lax", "Strict")
WAYS = {"form": "POST", "link": "GET"}


def try_each_same_site(server: Server, path: str) -> Table:
    """Send Mallory's form and her link to `path`, in both browsers, with each SameSite value.

    Ada's cookie is `TRAX=ada`. "gets through" means that the route responds with 200 to 299.
    """
    return Table([_row(server, path, value) for value in ORDER])


def _row(server: Server, path: str, value: str) -> dict[str, str]:
    row = {"SameSite": value}
    for kind in WAYS:
        for name in ("chromium", "firefox"):
            through = _gets_through(server, path, value, kind, name)
            row[f"{kind}, {name.title()}"] = "gets through" if through else "is stopped"
    return row


def _gets_through(server: Server, path: str, value: str, kind: str, name: str) -> bool:
    trax, evil = (server.url.replace("127.0.0.1", f"{host}.localhost") for host in ("trax", "evil"))
    browser = LiveBrowser(name)
    browser.receive(trax, "TRAX=ada; HttpOnly" + VALUES[value])
    fetched = browser.fetch(trax + path, WAYS[kind], kind=kind, initiator=evil)
    return fetched.response.ok
