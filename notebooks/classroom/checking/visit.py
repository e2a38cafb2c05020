"""What a check uses: requests to the student's route, and a database that is empty at first.

A check is a function that takes a Visit and reads as a story. It returns when all is well;
`expect` raises otherwise. A route that crashed raises by itself:

    def check(visit: Visit) -> None:
        ada = visit.sign_up("ada@trax.test", "a long passphrase")
        visit.expect(ada.status == 201, "a new account is answered with 201 Created", ada)

Left out: a browser; cookies are handed over by hand, so that a check says which one is sent.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace

import requests
from sqlalchemy import event, text
from sqlalchemy.exc import SQLAlchemyError

from classroom.browser_model import Client
from classroom.checking.check_errors import NotYet, YourCodeRaised
from classroom.exchanges.exchange import Exchange
from classroom.exchanges.find_exchange import as_client_saw, find_exchange
from classroom.server.app_switch import RecordedApp
from classroom.server.database import empty, open_empty, read_rows
from classroom.server.live_server import LiveServer
from classroom.server.student_cell import StudentCell, cell_of
from minisrv.app import Resources, assemble
from minisrv.db import models
from minisrv.db.models import User
from minisrv.settings import Settings

SECONDS = 10  # the timeout of a request
LOCKS = ("BEGIN IMMEDIATE", "BEGIN EXCLUSIVE")
# After one of these no other process can insert a row before the route does: each takes the lock.
ENDS_A_RACE = ("INSERT", "UPDATE", "DELETE", *LOCKS)
HASH_IS_BYTES = "what is stored is text; hashpw returns bytes, so store hashed.decode()"
HASH_IS_SHOWN_BYTES = "what is stored is the hash; str(hashed) adds b'…', so store hashed.decode()"
Cookie = Exchange | str | None


class Visit:
    """Sends requests and returns Exchanges; `last` is the latest one."""

    def __init__(
        self, url: str, app: RecordedApp, shared: Resources, source: StudentCell | None = None
    ) -> None:
        """Visit the server at `url`, where `app` responds from the database of `shared`.

        `source` is the student's cell, if it is known.
        """
        self.url, self._app, self._shared = url, app, shared
        self.source = source or StudentCell("")
        self.last: Exchange | None = None

    @property
    def settings(self) -> Settings:
        """The settings of the server that is visited."""
        return self._shared.settings

    def send(self, method: str, path: str, cookie: Cookie = None, **options: object) -> Exchange:
        """Send one request and return it with its response; `options` are those of `requests`.

        `cookie` is a Cookie header, or an exchange whose response set the cookies to send back.
        Raises YourCodeRaised, or requests.Timeout after SECONDS.
        """
        headers = dict(options.pop("headers", None) or {})
        if cookie is not None:
            headers["Cookie"] = cookie if isinstance(cookie, str) else cookies_set_by(cookie)
        client = Client(self.url, timeout=SECONDS)
        return self._noted(client.send(method, path, headers=headers, **options))

    def get(self, path: str, cookie: Cookie = None, **options: object) -> Exchange:
        """GET `path`, as `send` does."""
        return self.send("GET", path, cookie, **options)

    def post(self, path: str, cookie: Cookie = None, **options: object) -> Exchange:
        """POST to `path`, as `send` does; the body, if any, is json= or data= (bytes)."""
        return self.send("POST", path, cookie, **options)

    def sign_up(self, email: object, password: object, **more: object) -> Exchange:
        """Ask for an account; `more` are further fields of the body."""
        return self.post("/api/signup", json={"email": email, "password": password, **more})

    def sign_in(self, email: object, password: object) -> Exchange:
        """Sign in. Raises NotYet if that fails and the table has the bytes of a hash, not text."""
        answer = self.post("/api/signin", json={"email": email, "password": password})
        if answer.status >= 400:
            self._expect_text(answer)
        return answer

    def at_once(self, *sends: Callable[[], Exchange]) -> list[Exchange]:
        """Run all `sends` at the same time, as in a race, and return their exchanges in order."""
        with ThreadPoolExecutor(len(sends)) as pool:
            return [running.result() for running in [pool.submit(send) for send in sends]]

    def even_if_it_raises(self, send: Callable[[], Exchange]) -> Exchange:
        """Run `send` and return its exchange, a 500 if the route raises; here it may raise."""
        try:
            return send()
        except YourCodeRaised as raised:
            return raised.exchange

    def overtaken(self, email: str, password: str) -> Exchange:
        """Sign up while a second process takes the address, after any look and before the insert.

        It is simulated: the account is there already, but no query shows it before an INSERT. Nor
        after a route has taken SQLite's lock for writers: the second process came before that.
        """
        self.seed(email, "of another process")
        too_late: list[bool] = []

        def blind(_connection, _cursor, statement, parameters, _context, _many):  # noqa: ANN001
            too_late.append(any(words in statement.upper() for words in ENDS_A_RACE))
            if not any(too_late) and "users" in statement:
                statement = f"SELECT * FROM ({statement}) LIMIT 0"
            return statement, parameters

        event.listen(self._shared.engine, "before_cursor_execute", blind, retval=True)
        try:
            return self.sign_up(email, password)
        finally:
            event.remove(self._shared.engine, "before_cursor_execute", blind)

    def overtaken_by(self, statement: str, table: str, send: Callable[[], Exchange]) -> Exchange:
        """Run `send` while a second process is just faster.

        `statement` runs right before the first statement of the route that writes into `table`, or
        that takes SQLite's lock for writers: after that no other process could write.
        """
        wrote: list[bool] = []

        def first(_connection, cursor, sql, _parameters, _context, _many):  # noqa: ANN001
            words = sql.lstrip().upper()
            locks = words.startswith(LOCKS)
            if not wrote and (locks or (table in sql and not words.startswith("SELECT"))):
                wrote.append(True)
                cursor.execute(statement)
                if locks:  # it begins a transaction, and there must be none
                    cursor.connection.commit()

        event.listen(self._shared.engine, "before_cursor_execute", first)
        try:
            return send()
        finally:
            event.remove(self._shared.engine, "before_cursor_execute", first)

    def stolen_table(self, name: str = "users") -> list[dict[str, object]]:
        """Return all rows of a table, as an attacker with a copy of the database has them."""
        return read_rows(self._shared.engine, name)

    def seed(self, email: str, stored: str) -> None:
        """Make an account behind the server's back, with `stored` in its password column."""
        models.add(self._shared.database, User(email=email, password=stored))

    def sql(self, statement: str) -> None:
        """Run one SQL statement behind the server's back, as when a table is lost."""
        with self._shared.engine.begin() as connection:
            connection.execute(text(statement))

    def start_over(self) -> None:
        """Empty the database once more."""
        empty(self._shared.engine)

    def expect(self, holds: object, reason: str, exchange: Exchange | None = None) -> None:
        """Raise NotYet unless `holds`; `reason` states what should be true."""
        if not holds:
            raise NotYet(reason, exchange or self.last)

    def _expect_text(self, answer: Exchange) -> None:
        with suppress(SQLAlchemyError):  # the table may be lost on purpose
            for entry in (row["password"] for row in self.stolen_table()):
                self.expect(not isinstance(entry, bytes), HASH_IS_BYTES, answer)
                self.expect(not str(entry).startswith("b'"), HASH_IS_SHOWN_BYTES, answer)

    def _noted(self, answer: requests.Response) -> Exchange:
        exchange = find_exchange(answer, self._app.exchanges) or as_client_saw(answer)
        self.last = exchange
        crash = self._app.crash_in(exchange)
        if crash:
            raise YourCodeRaised(crash, exchange)
        return exchange


def cookies_set_by(exchange: Exchange) -> str:
    """Return the Cookie header that sends back the cookies that `exchange` set."""
    return "; ".join(line.partition(";")[0] for line in exchange.cookies)


@contextmanager
def visiting(running: LiveServer, endpoint: str, **settings: object) -> Iterator[Visit]:
    """Serve the student's route `endpoint` and otherwise minisrv's own, over an empty database.

    Other routes that the student has plugged in take no part. Afterwards all is as before: the
    student's accounts and recorded exchanges are neither seen nor changed. Until the end of the
    `with`, `settings` replace some of the server's.
    """
    shared = open_empty(replace(running.settings, database_url="sqlite://", **settings))
    own = {name: route for name, route in running.plugged.items() if name == endpoint}
    source = cell_of(own[endpoint].endpoint) if own else None
    app = RecordedApp(assemble(shared, **own))
    before, running.switch.app = running.switch.app, app
    try:
        yield Visit(running.url, app, shared, source)
    finally:
        running.switch.app = before
        shared.close()
