"""The model browser at a real server of this machine, with the headers that a browser would send.

`requests` keeps no cookies here, so that only the model decides. Left out: every other machine,
proxies, scripts, rendering, CORS and its preflight (every response can be read here).
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests

from classroom.browser_model.browser import Browser
from classroom.browser_model.client import direct_session, set_cookie_lines
from classroom.browser_model.decisions import Decided, Decisions, Row, Sent
from classroom.browser_model.request import Request, initiator_headers
from classroom.browser_model.sites import host, is_loopback

TIMEOUT = 10  # seconds
MOST_REDIRECTS = 20
SAME_METHOD = (307, 308)
REDIRECTS = (301, 302, 303, *SAME_METHOD)
NOBODY = "Nobody answers at {}. If the server has stopped, run the cell with Server() again."
# Reserved names (RFC 6761): they lead nowhere, so a lesson may use them for this machine.
RESERVED = (".test", ".example")


@dataclass(frozen=True, repr=False)
class Fetched(Decided):
    """One request, its response, and the decisions about the cookies of both."""

    request: Request
    sent: Sent
    response: requests.Response
    received: Decisions

    @property
    def head(self) -> str:
        """The request, its Cookie header and the status of the response."""
        path = urlsplit(self.request.url).path or "/"
        status = f"{self.response.status_code} {self.response.reason}"
        return f"{self.request.method} {path} · {self.sent.head} · {status}"

    def rows(self) -> list[Row]:
        """Return the decisions about the request, then those about the response."""
        return self.sent.rows() + self.received.rows()


class LiveBrowser(Browser):
    """A model browser whose clock starts now and which can `fetch` from the course's server."""

    def __init__(self, name: str = "chromium", third_party_cookies: str | None = None) -> None:
        """Open with an empty jar."""
        super().__init__(name, third_party_cookies, start=time.time())

    def fetch(
        self,
        url: str,
        method: str = "GET",
        *,
        json: object = None,
        data: object = None,
        headers: dict[str, str] | None = None,
        verify: str | bool = True,
        **how: object,
    ) -> Fetched:
        """Send a request, store the cookies of the response, follow redirects; return the last.

        `json`, `data` and `verify` are those of `requests`, `how` the fields of `Request`;
        `history` has the decisions on the way. Raises ValueError for another machine,
        requests.RequestException when nobody answers or after 20 redirects.
        """
        request, body = Request(url, method.upper(), **how), {"json": json, "data": data}
        for _ in range(MOST_REDIRECTS):
            fetched = self._once(request, headers or {}, body | {"verify": verify})
            following = _redirected(request, fetched.response)
            if following is None:
                return fetched
            body = body if following.method == request.method else {}
            request = following
        raise requests.TooManyRedirects(f"more than {MOST_REDIRECTS} redirects")

    def _once(self, request: Request, more: dict[str, str], options: dict[str, object]) -> Fetched:
        sent = self.send_with(request)
        headers = more | initiator_headers(request, self.profile)
        if sent.cookie_header:
            headers["Cookie"] = sent.cookie_header
        response = _send(request, headers, **options)
        received = self.receive_for(request, set_cookie_lines(response))
        if clears_cookies(response.headers):
            received = Decisions([*received, *self.clear_site_data(request.url)])
        return Fetched(request, sent, response, received)


def clears_cookies(headers: Mapping[str, str]) -> bool:
    """Return True if a response with these headers asks the browser to remove its cookies.

    `"*"` stands for everything.
    """
    asked = headers.get("clear-site-data", "")
    return '"cookies"' in asked or '"*"' in asked


def address_of(url: str) -> tuple[str, str]:
    """Return the URL at which Python finds the server, and the Host header of a browser.

    A browser resolves `shop.localhost` by itself, Python does not. Raises ValueError for the name
    of another machine.
    """
    parts, name = urlsplit(url), host(url)
    if not (is_loopback(name) or name == "[::ffff:127.0.0.1]" or name.endswith(RESERVED)):
        raise ValueError(f"{name} is not this machine; the lessons connect to no other")
    port = f":{parts.port}" if parts.port else ""
    here = name if name == "[::1]" else "127.0.0.1"
    return urlunsplit(parts._replace(netloc=f"{here}{port}", fragment="")), parts.netloc


def _send(request: Request, headers: dict[str, str], **body: object) -> requests.Response:
    """Send one request with these headers; `body` are options of `requests`."""
    url, named = address_of(request.url)
    options = {"headers": headers | {"Host": named}, "allow_redirects": False, "timeout": TIMEOUT}
    with direct_session() as session:
        try:
            return session.request(request.method, url, **options, **body)
        except requests.exceptions.SSLError:
            raise
        except requests.ConnectionError:
            raise requests.ConnectionError(NOBODY.format(named)) from None


def _redirected(request: Request, response: requests.Response) -> Request | None:
    """Return the request that follows a redirect, or None if the response is no redirect."""
    place = response.headers.get("location")
    if response.status_code not in REDIRECTS or place is None:
        return None
    kept = request.safe or response.status_code in SAME_METHOD
    return replace(
        request,
        url=urljoin(request.url, place),
        method=request.method if kept else "GET",
        via=(*request.via, request.url),
    )
