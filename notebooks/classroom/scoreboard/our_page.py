"""A visit by our own page: each request says so, unless it says that it comes from elsewhere.

So a route may reject a request that does not say who started it, as OWASP recommends (CSRF
Prevention), or let it in, as minisrv does: the scoreboard does not judge that choice.
"""

from classroom.checking.visit import Cookie, Visit
from classroom.exchanges.exchange import Exchange


class OurPage(Visit):
    """The same visit as the one given, with the two headers that a browser adds for our page."""

    def __init__(self, visit: Visit) -> None:
        """Share server and database with `visit`."""
        self.__dict__ = visit.__dict__

    def send(self, method: str, path: str, cookie: Cookie = None, **options: object) -> Exchange:
        """Send one request as `Visit.send` does, started by our own page."""
        headers = dict(options.pop("headers", None) or {})
        if not {"Origin", "Sec-Fetch-Site"} & set(headers):
            headers |= {"Origin": self.url, "Sec-Fetch-Site": "same-origin"}
        return super().send(method, path, cookie, headers=headers, **options)
