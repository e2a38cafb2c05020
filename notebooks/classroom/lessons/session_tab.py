"""A browser tab in which somebody is signed in, and whose session can be made older.

Left out: a browser's rules for cookies; each cookie is sent with each request.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import update

from classroom.browser_model import Client
from classroom.display.table import Table
from classroom.server.server import Server
from minisrv.auth import access_tokens
from minisrv.db.models import RefreshToken

NO_ACCOUNT = "Nobody could sign in ({}) Run the cell with the sign-up, then this one again."


class Tab(Client):
    """Sends requests to a server with the cookies that it has set; `cookies` maps name to value."""

    def __init__(self, server: Server, cookies: Mapping[str, str] | None = None) -> None:
        """Open at `server`, with `cookies` or with none."""
        super().__init__(server.url, cookies)
        self.server = server

    def later(self, minutes: int) -> None:
        """Make the session `minutes` older, so that nobody has to wait.

        The access token is replaced by one that was issued that much earlier, and the times in the
        row of the refresh token are set back as well.
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
            row = update(RefreshToken).where(RefreshToken.family == claims.family)
            session.execute(row.values(**earlier))


def open_tabs(
    server: Server, person: Mapping[str, str], count: int, minutes: int = 16
) -> list[Tab]:
    """Sign in, remembered, and return `count` tabs of that browser, `minutes` later.

    `person` has an account; all tabs have copies of the same two cookies. RuntimeError if the
    sign-in fails.
    """
    tab = Tab(server)
    answer = tab.post("/api/signin", json={**person, "remember": True})
    if answer.status_code != 200:
        raise RuntimeError(NO_ACCOUNT.format(answer.json()["error"]))
    tab.later(minutes)
    return [tab.copy() for _ in range(count)]


def at_once(tabs: Sequence[Tab], path: str) -> Table:
    """POST to `path` from all `tabs` at the same time.

    Return a row for each status: how many tabs got it, and how many different refresh tokens.
    """
    with ThreadPoolExecutor(len(tabs)) as pool:
        answers = list(pool.map(lambda tab: tab.post(path).status_code, tabs))
    name, rows = tabs[0].server.settings.refresh_cookie.name, []
    for status, count in sorted(Counter(answers).items()):
        got = {t.cookies.get(name) for t, s in zip(tabs, answers, strict=True) if s == status}
        new = len(got) if status == 200 else 0
        rows.append({"status": status, "tabs": count, "refresh tokens": new})
    return Table(rows, plain=("status", "tabs", "refresh tokens"))
