"""A client that keeps all cookies and sends them all back: a person at one server, without rules.

`requests` sends a Secure cookie over https only, so its own jar is of no use at http://127.0.0.1.
"""

import time
from collections.abc import Mapping
from copy import copy
from typing import Self

import requests
from requests.structures import CaseInsensitiveDict

from classroom.browser_model.set_cookie import parse


class Client:
    """Sends requests to the server at `url`; `cookies` maps the name of each cookie to its value.

    Redirects are not followed, so that each request that goes out is one that was written down.
    """

    def __init__(
        self, url: str, cookies: Mapping[str, str] | None = None, timeout: float = 30
    ) -> None:
        """Begin with `cookies`, by default none; give up a response after `timeout` seconds."""
        self.url, self.cookies, self.timeout = url, dict(cookies or {}), timeout

    def send(self, method: str, path: str, **options: object) -> requests.Response:
        """Send a request with all cookies, keep those of the response, and return the response.

        `options` are those of `requests`. A Cookie header among them replaces the cookies.
        """
        headers = CaseInsensitiveDict(options.pop("headers", None) or {})
        if self.cookies:
            pairs = [f"{name}={value}" for name, value in self.cookies.items()]
            headers.setdefault("Cookie", "; ".join(pairs))
        options = {"timeout": self.timeout, "allow_redirects": False, **options}
        with direct_session() as session:
            response = session.request(method, self.url + path, headers=headers, **options)
        for line in set_cookie_lines(response):
            self._keep(line)
        return response

    def get(self, path: str, **options: object) -> requests.Response:
        """GET `path`, as `send` does."""
        return self.send("GET", path, **options)

    def post(self, path: str, **options: object) -> requests.Response:
        """POST to `path`, as `send` does."""
        return self.send("POST", path, **options)

    def copy(self) -> Self:
        """Return a second client with the same cookies, such as a thief has who copied them."""
        other = copy(self)
        other.cookies = dict(self.cookies)
        return other

    def _keep(self, line: str) -> None:
        """Keep the cookie of a Set-Cookie line, or remove it if the line says that it has ended."""
        cookie, now = parse(line), time.time()
        ends = cookie.expires(now)
        if ends is not None and ends <= now:
            self.cookies.pop(cookie.name, None)
        else:
            self.cookies[cookie.name] = cookie.value


def direct_session() -> requests.Session:
    """Return a session of `requests` that ignores this machine's proxies, .netrc and certificates.

    A server at 127.0.0.1 cannot be reached through a proxy.
    """
    session = requests.Session()
    session.trust_env = False
    return session


def set_cookie_lines(response: requests.Response) -> list[str]:
    """Return the Set-Cookie lines one by one; `response.headers` joins them with commas."""
    lines = response.raw.headers.getlist("set-cookie")
    return [line.encode("latin-1").decode("utf-8", "replace") for line in lines]
