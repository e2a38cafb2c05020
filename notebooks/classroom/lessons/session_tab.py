"""A tab of someone's browser, as far as a session goes: it keeps the cookies that come, and sends
them back.

Left out: the rules by which real browsers do so, which are those of the model browser; here every
cookie of the one server goes along with every request.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import requests
from sqlalchemy import update

from classroom.browser_model import parse, set_cookie_lines
from classroom.display.table import Table
from classroom.server.server import Server
from minisrv.auth import access_tokens
from minisrv.db.models import RefreshToken

SECONDS = 30  # after which an answer is not waited for any more


class Tab:
    """Sends requests to a server with the cookies that it has set; `cookies` maps name to value."""

    def __init__(self, server: Server, cookies: Mapping[str, str] = {}) -> None:  # noqa: B006
        """Open at `server`, with `cookies` or with none."""
        self.server, self.cookies = server, dict(cookies)

    def get(self, path: str, **options: object) -> requests.Response:
        """GET `path`; `options` are those of `requests`."""
        return self.send("GET", path, **options)

    def post(self, path: str, **options: object) -> requests.Response:
        """POST to `path`."""
        return self.send("POST", path, **options)

    def send(self, method: str, path: str, **options: object) -> requests.Response:
        """Send a request with all cookies, keep those of the answer, and return it."""
        headers = dict(options.pop("headers", None) or {})
        if self.cookies:  # by hand: `requests` returns no Secure cookie over http
            headers["Cookie"] = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
        with requests.Session() as session:
            session.trust_env = False  # no proxy of the environment stands between
            url = self.server.url + path
            answer = session.request(method, url, headers=headers, timeout=SECONDS, **options)
        for line in set_cookie_lines(answer):
            self._keep(line)
        return answer

    def copy(self) -> "Tab":
        """Return a second tab with the same cookies, or what a thief has who copied them."""
        return Tab(self.server, self.cookies)

    def later(self, minutes: int) -> None:
        """Make the session `minutes` older than it is, so that nobody has to wait.

        An access token made that much earlier takes the place of the present one, and the times in
        the row of the refresh token are put back as well.
        """
        settings, name = self.server.settings, self.server.settings.cookie.name
        claims = access_tokens.read(self.cookies[name], settings.secret, allow_expired=True)
        seconds = settings.access_seconds if claims.family else settings.session_seconds
        self.cookies[name] = access_tokens.issue(
            claims.user_id,
            settings.secret,
            seconds,
            now=claims.expires - seconds - 60 * minutes,
            family=claims.family,
        )
        with self.server.running.shared.database.begin() as session:
            earlier = {
                "exchanged": RefreshToken.exchanged - 60 * minutes,
                "expires": RefreshToken.expires - 60 * minutes,
            }
            hers = update(RefreshToken).where(RefreshToken.family == claims.family)
            session.execute(hers.values(**earlier))

    def _keep(self, line: str) -> None:
        cookie = parse(line)
        if cookie.get("max-age") == "0":
            self.cookies.pop(cookie.name, None)
        else:
            self.cookies[cookie.name] = cookie.value


def at_once(tabs: Sequence[Tab], path: str) -> Table:
    """POST to `path` from all `tabs` at the same time.

    Returns, for each status that came, how many tabs got it and how many different refresh tokens.
    """
    with ThreadPoolExecutor(len(tabs)) as pool:
        answers = list(pool.map(lambda tab: tab.post(path).status_code, tabs))
    name, rows = tabs[0].server.settings.refresh_cookie.name, []
    for status, count in sorted(Counter(answers).items()):
        got = {t.cookies.get(name) for t, s in zip(tabs, answers, strict=True) if s == status}
        new = len(got) if status == 200 else 0
        rows.append({"status": status, "tabs": count, "refresh tokens": new})
    return Table(rows, plain=("status", "tabs", "refresh tokens"))
