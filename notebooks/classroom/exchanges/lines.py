"""What is shown of an exchange, in whichever form: its lines, with labels for what varies.

Left out: headers that say nothing here or differ from machine to machine (Date, Host, …).
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from classroom.anatomy import claims, setcookie, token
from classroom.display.labels import Volatile, split_volatile, volatile
from classroom.display.text import Pieces, cut, duration
from classroom.exchanges import body

if TYPE_CHECKING:
    from classroom.exchanges.exchange import Exchange

WIDTH = 88  # characters
REQUEST = ("content-type", "cookie", "origin", "sec-fetch-site", "authorization")
RESPONSE = (
    *("content-type", "location", "allow", "www-authenticate", "retry-after", "cache-control"),
    *("vary", "clear-site-data", "access-control-allow-origin", "access-control-allow-credentials"),
)
Pairs = list[tuple[str, Pieces]]


def target(exchange: "Exchange") -> Pieces:
    """Return path and query as they were sent."""
    query = f"?{exchange.query}" if exchange.query else ""
    return cut(split_volatile(exchange.path + query), WIDTH)


def status(exchange: "Exchange") -> str:
    """Return the status as number and words."""
    return f"{exchange.status} {exchange.reason}".strip()


def headers(sent: tuple[tuple[str, str], ...], names: tuple[str, ...]) -> Pairs:
    """Return those of `sent` that are in `names`, in the order they were sent in."""
    return [(name, cut(split_volatile(value), WIDTH)) for name, value in sent if name in names]


def cookie(line: str) -> tuple[str, Pieces, list[Pieces]]:
    """Return name, value and attributes of a Set-Cookie line, Max-Age with what it amounts to."""
    found = setcookie.parse(line)
    attributes = [split_volatile(f"{k}={v}{_said(k, v)}" if v else k) for k, v in found.attributes]
    return found.name, cut(split_volatile(found.value), WIDTH), attributes


def request_body(exchange: "Exchange", short: bool = False) -> list[Pieces]:
    """Return the lines of the request's body, and how much of it the route did not read."""
    kind = dict(exchange.request_headers).get("content-type", "")
    lines = body.lines(exchange.request_body, kind, exchange.request_left_out, short)
    more = "more " if exchange.request_body else ""
    unread = f"({exchange.unread:,} {more}bytes, which the route did not read)"
    return lines + ([[unread]] if exchange.unread else [])


def response_body(exchange: "Exchange", short: bool = False) -> list[Pieces]:
    """Return the lines of the response's body."""
    kind = dict(exchange.response_headers).get("content-type", "")
    return body.lines(exchange.response_body, kind, exchange.response_left_out, short)


def tokens(exchange: "Exchange") -> Iterator[tuple[Volatile, Pairs, Pairs]]:
    """Yield each token that the response sets as a cookie: its label, header and claims."""
    for line in exchange.cookies:
        value = setcookie.parse(line).value.strip('"')
        try:
            header, payload = token.read(value)
        except ValueError:
            continue
        yield volatile("token", value), list(claims.shown(header)), list(claims.shown(payload))


def _said(name: str, value: str) -> str:
    seconds = value.isascii() and value.isdigit() and len(value) < 16
    return f" ({duration(int(value))})" if name.lower() == "max-age" and seconds else ""
