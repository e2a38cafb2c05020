"""The model browser at a real server: requests with the headers that the browser would send.

Left out: scripts, rendering, CORS and its preflight (every answer can be read here).
"""

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests

from classroom.browser_model import wire
from classroom.browser_model.asked import Asked
from classroom.browser_model.browser import Browser
from classroom.browser_model.decision import Decided, Decisions, Sent
from classroom.browser_model.headers import where_from
from classroom.browser_model.view import Row

MOST_REDIRECTS = 20


@dataclass(frozen=True, repr=False)
class Answered(Decided):
    """One request as it went out, the answer, and what became of the answer's cookies."""

    asked: Asked
    sent: Sent
    response: requests.Response
    received: Decisions

    @property
    def head(self) -> str:
        """The request, its Cookie header and the status of the answer."""
        path = urlsplit(self.asked.url).path or "/"
        status = f"{self.response.status_code} {self.response.reason}"
        return f"{self.asked.method} {path} · {self.sent.head} · {status}"

    def rows(self) -> list[Row]:
        """Return the decisions about the request, then those about the answer."""
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
        **asked: object,
    ) -> Answered:
        """Send a request, take in the cookies of the answer, and follow redirects to the last.

        `json`, `data` and `verify` are those of `requests`, `asked` the fields of `asked.Asked`;
        `history` tells what was decided on the way. Raises ValueError for another machine,
        requests.RequestException when nobody answers or after 20 redirects.
        """
        request, body = Asked(url, method.upper(), **asked), {"json": json, "data": data}
        for _ in range(MOST_REDIRECTS):
            answer = self._once(request, headers or {}, body | {"verify": verify})
            following = wire.redirected(request, answer.response)
            if following is None:
                return answer
            body = body if following.method == request.method else {}
            request = following
        raise requests.TooManyRedirects(f"more than {MOST_REDIRECTS} redirects")

    def _once(self, asked: Asked, more: dict[str, str], options: dict[str, object]) -> Answered:
        sent = self.sent_with(asked)
        headers = more | where_from(asked, self.profile)
        if sent.cookie_header:
            headers["Cookie"] = sent.cookie_header
        response = wire.send(asked, headers, **options)
        received = self.answer_to(asked, wire.set_cookie_lines(response))
        if wire.clears_cookies(response):
            received = Decisions([*received, *self.clear_site_data(asked.url)])
        return Answered(asked, sent, response, received)
