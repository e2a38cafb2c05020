"""One HTTP request with its response, and how both are shown: as on the wire, with labels.

The text form is like HTTP on the wire; the HTML form has request and response beside each other.
Left out: headers that differ from machine to machine (Date, Host, User-Agent, ...).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from classroom.anatomy import token
from classroom.browser_model import parse
from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import Volatile, split_volatile, volatile
from classroom.display.text import Pieces, cut, duration, plain, visible
from classroom.exchanges import body
from classroom.exchanges.credentials import Headers

WIDTH = 88  # characters
SHOWN_OF_REQUEST = ("content-type", "cookie", "origin", "sec-fetch-site", "authorization")
SHOWN_OF_RESPONSE = (
    *("content-type", "location", "allow", "www-authenticate", "retry-after", "cache-control"),
    *("vary", "clear-site-data", "access-control-allow-origin", "access-control-allow-credentials"),
)
_JWT = re.compile(r"[\w-]+\.[\w-]+\.[\w-]*", re.ASCII)
_JSON_KEY = re.compile(r'(\s*)("(?:[^"\\]|\\.)*"): ')
_STATUS_SHAPES = {2: ("●", "green"), 3: ("➜", "blue"), 4: ("▲", "orange")}
_OTHER_SHAPE = ("■", "red")

Pairs = list[tuple[str, Pieces]]


@dataclass(frozen=True, repr=False)
class Exchange(Displayable):
    """A request and its response as they were on the wire; header names in lower case.

    Bodies hold at most 64 KiB. `request_left_out` and `response_left_out` count the other bytes,
    and `unread` counts the bytes of a request's body that the route did not read. `id` is the
    recorder's number for it, which the response carries as well; "" if it was not recorded.
    """

    method: str
    path: str
    query: str
    request_headers: Headers
    request_body: bytes
    status: int
    reason: str
    response_headers: Headers
    response_body: bytes
    request_left_out: int = 0
    response_left_out: int = 0
    unread: int = 0
    id: str = ""

    def json(self) -> object:
        """Return the response's body read as JSON; raise ValueError if it is not JSON."""
        return json.loads(self.response_body)

    @property
    def error_sentence(self) -> str:
        """The sentence under `error` of a JSON response, "" if a client would find none."""
        try:
            found = self.json()
        except ValueError:
            return ""
        sentence = found.get("error") if isinstance(found, dict) else None
        is_json = "json" in _content_type(self.response_headers)
        return sentence if is_json and isinstance(sentence, str) else ""

    @property
    def cookies(self) -> list[str]:
        """The values of the response's Set-Cookie lines, in order."""
        return [value for name, value in self.response_headers if name == "set-cookie"]

    @property
    def token(self) -> str | None:
        """The first JWT that the response sets as a cookie, or None."""
        values = [line.split(";")[0].partition("=")[2].strip(' "') for line in self.cookies]
        return next((value for value in values if _JWT.fullmatch(value)), None)

    def as_text(self) -> str:
        """Return the exchange as lines of text, the response after an arrow."""
        request = [visible(self.method) + " " + plain(_target(self))]
        request += _header_lines(self.request_headers, SHOWN_OF_REQUEST)
        response = [f"→ {visible(_status(self))}"]
        response += _header_lines(self.response_headers, SHOWN_OF_RESPONSE)
        response += [_cookie_line(line) for line in self.cookies]
        blocks = [request, [plain(line) for line in _request_body(self, short=True)]]
        blocks += [response, [plain(line) for line in _response_body(self, short=True)]]
        for name, header, payload in _tokens(self):
            rows = [f"  header   {_joined(header)}", f"  payload  {_joined(payload)}"]
            blocks.append([f"{name.label}, {token.UNCHECKED}", *rows])
        return "\n\n".join("\n".join(block) for block in blocks if block)

    def as_html(self) -> Markup:
        """Return request and response as two cards, beside each other where there is room."""
        shape, color = _STATUS_SHAPES.get(self.status // 100, _OTHER_SHAPE)
        return html.render(
            "exchange",
            method=self.method,
            target=_target(self),
            request_headers=_headers(self.request_headers, SHOWN_OF_REQUEST),
            request_body=[_split_key(line) for line in _request_body(self)],
            status=f"{shape} {_status(self)}",
            color=color,
            response_headers=_headers(self.response_headers, SHOWN_OF_RESPONSE),
            cookies=[_cookie(line) for line in self.cookies],
            response_body=[_split_key(line) for line in _response_body(self)],
            tokens=_tokens(self),
            unchecked=token.UNCHECKED,
        )


# What is shown, in both forms


def _target(exchange: Exchange) -> Pieces:
    query = f"?{exchange.query}" if exchange.query else ""
    return cut(split_volatile(exchange.path + query), WIDTH)


def _status(exchange: Exchange) -> str:
    return f"{exchange.status} {exchange.reason}".strip()


def _headers(sent: Headers, names: tuple[str, ...]) -> Pairs:
    return [(name, cut(split_volatile(value), WIDTH)) for name, value in sent if name in names]


def _content_type(headers: Headers) -> str:
    return dict(headers).get("content-type", "")


def _request_body(exchange: Exchange, short: bool = False) -> list[Pieces]:
    """Return the lines of the request's body, and how much of it the route did not read."""
    kind = _content_type(exchange.request_headers)
    lines = body.lines(exchange.request_body, kind, exchange.request_left_out, short)
    more = "more " if exchange.request_body else ""
    unread = f"({exchange.unread:,} {more}bytes, which the route did not read)"
    return lines + ([[unread]] if exchange.unread else [])


def _response_body(exchange: Exchange, short: bool = False) -> list[Pieces]:
    kind = _content_type(exchange.response_headers)
    return body.lines(exchange.response_body, kind, exchange.response_left_out, short)


def _cookie(line: str) -> tuple[str, Pieces, list[Pieces]]:
    """Return name, value and attributes of a Set-Cookie line; Max-Age also in words."""
    found = parse(line)
    attributes = [
        split_volatile(f"{k}={v}{_in_words(k, v)}" if v else k) for k, v in found.attributes
    ]
    return found.name, cut(split_volatile(found.value), WIDTH), attributes


def _in_words(name: str, value: str) -> str:
    seconds = value.isascii() and value.isdigit() and len(value) < 16
    if name.lower() != "max-age" or not seconds:
        return ""
    return f" ({duration(int(value)) if int(value) else 'delete now'})"


def _tokens(exchange: Exchange) -> Iterator[tuple[Volatile, Pairs, Pairs]]:
    """Yield each token that the response sets as a cookie: its label, header and claims."""
    for line in exchange.cookies:
        value = parse(line).value.strip('"')
        try:
            header, payload = token.read(value)
        except ValueError:
            continue
        fields, claims = (list(token.shown_claims(part)) for part in (header, payload))
        yield volatile("token", value), fields, claims


# The text form


def _header_lines(sent: Headers, names: tuple[str, ...]) -> list[str]:
    return [f"{name}: {plain(value)}" for name, value in _headers(sent, names)]


def _joined(pairs: Pairs) -> str:
    return ", ".join(f"{visible(name)}: {plain(value)}" for name, value in pairs)


def _cookie_line(line: str) -> str:
    name, value, attributes = _cookie(line)
    return "; ".join([f"set-cookie: {visible(name)}={plain(value)}", *map(plain, attributes)])


# The HTML form


def _split_key(line: Pieces) -> tuple[str, str, Pieces]:
    """Return indent, key and value of a line of JSON; two empty texts and the line if no key."""
    key = _JSON_KEY.match(line[0]) if line and isinstance(line[0], str) else None
    if key is None:
        return "", "", line
    return key[1], key[2], [line[0][key.end() :], *line[1:]]
