"""`python -m tests.fuzz [--requests 100000] [--seed 1]`: throw nonsense at a server of our own.

Every request is well-formed HTTP with something wrong in it: body, headers, cookie, token, path,
method. It counts the answers by status and ends with 1 if there was a 500, a refusal that is no
sentence in JSON, or no answer. Left out: broken HTTP (test_connection.py).
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path

for place in (".", "notebooks"):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / place))

from minisrv.app import ROUTES  # noqa: E402
from minisrv.auth import access_tokens  # noqa: E402
from tests.support.live import Live, serve, settings_of_tests  # noqa: E402
from tests.support.visitor import Visitor  # noqa: E402

PLACES = [
    (route.path.replace("{id}", "1").replace("{name}", "trax.js"), sorted(route.methods))
    for route in ROUTES.values()
]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"]
TEXTS = ["", "ada@trax.test", "\0", "\ud800", "é", "\u202e", "x" * 400, "'; DROP TABLE users;--"]
TEXTS += ["<script>alert(1)</script>", "../../etc/passwd", "%00", "{}", "null", "9" * 30]
VALUES = [None, True, 0, -1, 1e308, [], {}, [[]], {"a": {}}, *TEXTS]
GOOD: dict[str, object] = {"email": "ada@trax.test", "password": "lanterns over a quiet canal"}
GOOD |= {"name": "Night", "remember": True}
TYPES = ["application/json", "application/json; charset=utf-16", "text/plain", "", "*/*", "a;b;c"]
HEADERS = ["Origin", "Sec-Fetch-Site", "Content-Type", "Host", "X-Forwarded-For", "Accept", "Range"]
HEADERS += ["Authorization", "If-Match", "Content-Encoding", "Forwarded", "Referer", "X-Method"]


class Fuzz:
    """Requests from one seed, and what was answered."""

    def __init__(self, server: Live, seed: int) -> None:
        """Prepare to ask `server`, whom Ada is a member of."""
        self.server, self.chance = server, random.Random(seed)
        ada = Visitor(server)
        ada.signs_up()
        ada.signs_in_for_weeks()
        self.ada, self.statuses, self.wrong = ada, Counter(), []
        self.wire = HTTPConnection("127.0.0.1", server.port, timeout=60)

    def run(self, count: int) -> None:
        """Send `count` requests and judge each answer."""
        with closing(self.wire):
            self._run(count)

    def _run(self, count: int) -> None:
        for number in range(count):
            method, path, body, headers = self.request()
            try:
                self.wire.request(method, path, body, headers)
                answer = self.wire.getresponse()
                text = answer.read()
            except ValueError:  # http.client itself refuses to send this
                self.wire.close()
                self.statuses["not sent"] += 1
                continue
            except (OSError, HTTPException) as problem:  # whatever was sent, it deserves an answer
                self.wire.close()
                self.wrong.append((number, method, path, body, headers, 0, repr(problem)))
                continue
            self.statuses[answer.status] += 1
            if answer.status == 401 and self.ada.asks_me().status_code == 401:
                self.ada.signs_in_for_weeks()  # the fuzz signs Ada out, too
            if not fits(method, answer.status, text):
                self.wrong.append((number, method, path, body, headers, answer.status, text[:200]))

    def request(self) -> tuple[str, str, bytes, dict[str, str]]:
        """Return method, path, body and headers."""
        pick = self.chance.choice
        path, methods = pick(PLACES)
        method = pick(methods if self.chance.random() < 0.8 else METHODS)
        path = path if self.chance.random() < 0.9 else "/" + self._bytes(20).hex()
        if self.chance.random() < 0.1:
            path += "?" + self._bytes(10).hex()
        headers = {"Content-Type": pick(TYPES) if self.chance.random() < 0.2 else TYPES[0]}
        headers |= {name: self._header() for name in HEADERS if self.chance.random() < 0.04}
        headers |= {"Cookie": self._cookie()} if self.chance.random() < 0.7 else {}
        return method, path, self._body(), headers

    def _body(self) -> bytes:
        kind = self.chance.random()
        if kind < 0.1:
            return self._bytes(self.chance.randrange(300))
        body = {name: self.chance.choice(VALUES) for name in GOOD if self.chance.random() < 0.5}
        text = json.dumps({**GOOD, **body} if kind < 0.7 else self.chance.choice(VALUES)).encode()
        return self._mutated(text) if kind > 0.4 else text

    def _cookie(self) -> str:
        settings, kind = self.server.settings, self.chance.random()
        access, refresh = self.ada.cookies.values()
        if kind < 0.1:
            refresh = self._printable(refresh)
        elif 0.4 < kind < 0.6:
            user = self.chance.choice([-1, 0, 1, 2**31, 2**63, 10**30])
            family = self.chance.choice([None, "", "0" * 32])
            seconds = self.chance.choice([1, 3600])
            access = access_tokens.issue(user, settings.secret, seconds, family=family)
        elif kind > 0.6:
            access = self._printable(access)
        return f"{settings.cookie.name}={access}; {settings.refresh_cookie.name}={refresh}"

    def _printable(self, token: str) -> str:
        mutated = self._mutated(token.encode()).decode("latin-1")
        return "".join(c for c in mutated if c.isprintable() and ord(c) < 256)

    def _header(self) -> str:
        text = self.chance.choice([*TEXTS, "cross-site", "same-origin", "null", "http://evil.test"])
        return "".join(c for c in text if c.isprintable() and ord(c) < 256)

    def _mutated(self, text: bytes) -> bytes:
        changed = bytearray(text)
        for _ in range(self.chance.randrange(1, 6)):
            place = self.chance.randrange(len(changed) + 1)
            changed[place : place + self.chance.randrange(3)] = self._bytes(
                self.chance.randrange(3)
            )
        return bytes(changed)

    def _bytes(self, count: int) -> bytes:
        return self.chance.randbytes(count)


def fits(method: str, status: int, text: bytes) -> bool:
    """Return True unless a response is 5xx, or rejects without a sentence in JSON."""
    if status >= 500:
        return False
    if status < 400 or method == "HEAD":
        return True
    try:
        body = json.loads(text)
    except ValueError:
        return False
    return set(body) == {"error", "code"} and body["error"].endswith(".")


def lines(fuzz: Fuzz) -> Iterator[str]:
    """Yield what came of it."""
    yield f"{sum(fuzz.statuses.values()):,} requests"
    yield ", ".join(f"{status}: {count:,}" for status, count in fuzz.statuses.most_common())
    yield from (f"WRONG {one}" for one in fuzz.wrong[:10])
    yield f"{len(fuzz.wrong)} wrong answers"


def main(arguments: list[str] | None = None) -> int:
    """Run, print what came of it, return 1 if something was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    lenient = {"attempts_per_account": 100, "attempts_per_source": 10**6}
    with serve(settings_of_tests(**lenient)) as server:
        fuzz = Fuzz(server, given.seed)
        fuzz.run(given.requests)
    print(*lines(fuzz), sep="\n")
    return 1 if fuzz.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
