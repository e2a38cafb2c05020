"""The model browser in a check: it walks through the student's route as a browser would.

Left out: redirects, which are not followed, and pages; a check says what a page would request.
"""

import time
from urllib.parse import urlsplit

from classroom.browser_model import Browser, Decisions, Request, clears_cookies, initiator_headers
from classroom.checking.visit import Visit
from classroom.exchanges.exchange import Exchange

SITE = "http://trax.localhost"
PAGE = f"{SITE}/"
Body = tuple[bytes, str]  # and its Content-Type; "" sends none, as a fetch of a bare Blob does


class BrowserVisit(Browser):
    """A browser whose requests go out through a Visit, with the cookies and headers it decides."""

    def __init__(self, visit: Visit, name: str = "chromium", fetch_metadata: bool = True) -> None:
        """Open with an empty jar and a clock that shows the real time.

        Without `fetch_metadata` it sends no Sec-Fetch-*, as old browsers, or any over plain http.
        """
        super().__init__(name, start=time.time())
        self.visit, self.received, self.fetch_metadata = visit, Decisions(), fetch_metadata

    def send(
        self,
        path: str,
        method: str = "GET",
        json: object = None,
        body: Body | None = None,
        **asked: object,
    ) -> Exchange:
        """Request a path of SITE from a page of SITE, unless `asked` names another initiator.

        `asked` are the fields of `browser_model.Request`; `received` has the decisions about the
        cookies of the response. Raises as `Visit.send` does.
        """
        asked = {"kind": "fetch", "initiator": PAGE, **asked}
        request = Request(SITE + path, method, **asked)
        header = self.send_with(request).cookie_header or None
        headers = self._initiator_headers(request) | {"Host": urlsplit(SITE).netloc}
        data, kind = body or (None, "")
        headers |= {"Content-Type": kind} if kind else {}
        options = {"headers": headers, "json": json, "data": data}
        answer = self.visit.send(method, path, header, **options)
        self.received = self.receive_for(request, answer.cookies)
        if clears_cookies(dict(answer.response_headers)):
            self.received = Decisions([*self.received, *self.clear_site_data(SITE + path)])
        return answer

    def _initiator_headers(self, request: Request) -> dict[str, str]:
        headers = initiator_headers(request, self.profile)
        if self.fetch_metadata:
            return headers
        return {name: value for name, value in headers.items() if name == "Origin"}

    @property
    def why(self) -> str:
        """What the browser decided about the cookies of the last response, for a check's reason."""
        did = [f"{one.verdict} it ({one.reason.sentence})" for one in self.received]
        return f"{self.profile.engine} {', '.join(did) or 'received no Set-Cookie'}"
