"""Sending one request to this machine over real HTTP, and what the next one after a redirect is.

Left out: every other machine, proxies and the environment's settings, and cookies: `requests`
keeps none here, so that only the model decides.
"""

from dataclasses import replace
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests

from classroom.browser_model.asked import Asked
from classroom.browser_model.sites import host, is_loopback

SECONDS = 10
SAME_METHOD = (307, 308)
REDIRECTS = (301, 302, 303, *SAME_METHOD)
# Reserved names (RFC 6761): they lead nowhere, so that a lesson may use them for this machine.
OURS = (".test", ".example")


def send(asked: Asked, headers: dict[str, str], **body: object) -> requests.Response:
    """Send a request with exactly these headers of ours; `body` are options of `requests`.

    Raises ValueError for a host that is not this machine, requests.RequestException when nobody
    answers there within 10 seconds.
    """
    url, named = address_of(asked.url)
    with requests.Session() as session:
        session.trust_env = False
        return session.request(
            asked.method,
            url,
            headers=headers | {"Host": named},
            allow_redirects=False,
            timeout=SECONDS,
            **body,
        )


def address_of(url: str) -> tuple[str, str]:
    """Return the URL by which Python finds the server, and the Host header that a browser sends.

    A browser finds `shop.localhost` by itself, Python does not.
    """
    parts, name = urlsplit(url), host(url)
    if not (is_loopback(name) or name == "::ffff:127.0.0.1" or name.endswith(OURS)):
        raise ValueError(f"{name} is not this machine; the lessons speak to no other")
    port = f":{parts.port}" if parts.port else ""
    here = "[::1]" if name == "::1" else "127.0.0.1"
    return urlunsplit(parts._replace(netloc=f"{here}{port}", fragment="")), parts.netloc


def set_cookie_lines(response: requests.Response) -> list[str]:
    """Return the Set-Cookie lines one by one; `response.headers` would glue them together."""
    lines = response.raw.headers.getlist("set-cookie")
    return [line.encode("latin-1").decode("utf-8", "replace") for line in lines]


def clears_cookies(response: requests.Response) -> bool:
    """Say whether the answer asks to forget the cookies of its host."""
    return '"cookies"' in response.headers.get("clear-site-data", "")


def redirected(asked: Asked, response: requests.Response) -> Asked | None:
    """Return the request that follows a redirect, or None when the answer is the last one."""
    place = response.headers.get("location")
    if response.status_code not in REDIRECTS or place is None:
        return None
    kept = asked.safe or response.status_code in SAME_METHOD
    return replace(
        asked,
        url=urljoin(asked.url, place),
        method=asked.method if kept else "GET",
        via=(*asked.via, asked.url),
    )
