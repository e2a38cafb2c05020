"""One HTTP request with its response, and how both are shown: as on the wire, with labels.

The text form is like HTTP on the wire; the HTML form has request and response beside each other.
Left out: headers that differ from machine to machine (Date, Host, User-Agent, ...).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

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
_STATUS_SHAPES = {2: ("●", html.SOLID[2]), 3: ("➜", html.SOLID[0]), 4: ("▲", html.SOLID[3])}
_OTHER_SHAPE = ("■", "#b42318")

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

    def as_html(self) -> str:
        """Return request and response as two cards, beside each other where there is room."""
        verb = html.tag("b", html.escape(self.method)) + " "
        request = _title(verb + html.pieces(_target(self)), "request")
        request += _header_rows(self.request_headers, SHOWN_OF_REQUEST)
        request += _body_rows(_request_body(self))
        shape, color = _STATUS_SHAPES.get(self.status // 100, _OTHER_SHAPE)
        status = html.pill(f"{shape} {_status(self)}", color)
        response = _title("→ " + html.tag("b", status), "response")
        response += _header_rows(self.response_headers, SHOWN_OF_RESPONSE)
        response += "".join(_cookie_rows(line) for line in self.cookies)
        response += _body_rows(_response_body(self))
        response += "".join(_token_details(*found) for found in _tokens(self))
        half = "flex:1 1 360px;min-width:0"
        cards = html.card(request, half) + html.card(response, half)
        return html.tag("div", cards, "display:flex;flex-wrap:wrap;gap:10px;align-items:stretch")


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
    return f" ({duration(int(value))})" if name.lower() == "max-age" and seconds else ""


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


def _title(content: str, side: str) -> str:
    name = html.tag("span", side, "float:right;font-size:14px", "soft")
    style = f"{html.MONO};font-size:15px;margin-bottom:6px;overflow-wrap:break-word"
    return name + html.tag("div", content, style, "mono")


def _header_rows(sent: Headers, names: tuple[str, ...]) -> str:
    pairs = _headers(sent, names)
    rows = [html.tag("span", f"{name}: ", "", "soft") + html.pieces(value) for name, value in pairs]
    return html.pre(rows) if rows else ""


def _cookie_rows(line: str) -> str:
    name, value, attributes = _cookie(line)
    soft = html.tag("span", "set-cookie: ", "", "soft")
    first = soft + html.tag("b", html.escape(name)) + "=" + html.pieces(value)
    pills = "".join(html.framed(html.pieces(attribute)) for attribute in attributes)
    return html.pre([first]) + html.tag("div", pills, "margin:3px 0 0 18px")


def _body_rows(lines: list[Pieces]) -> str:
    if not lines:
        return ""
    rule = f"border-top:1px solid {html.LINE};margin-top:8px;padding-top:8px"
    return html.tag("div", html.pre(_with_bold_key(line) for line in lines), rule)


def _with_bold_key(line: Pieces) -> str:
    """Return a line as HTML, with the key of a JSON member in bold."""
    key = _JSON_KEY.match(line[0]) if line and isinstance(line[0], str) else None
    if key is None:
        return html.pieces(line)
    rest: Pieces = [line[0][key.end() :], *line[1:]]
    return key[1] + html.tag("b", html.escape(key[2]), "", "property") + ": " + html.pieces(rest)


def _token_details(name: Volatile, header: Pairs, payload: Pairs) -> str:
    rows = []
    for part, pairs in (("header", header), ("payload", payload)):
        rows.append(html.tag("span", part, "", "soft"))
        rows += [f"  {html.escape(key)}: {html.pieces(value)}" for key, value in pairs]
    summary = html.tag("summary", f"{html.label(name)}, {token.UNCHECKED}")
    return html.tag("details", summary + html.pre(rows), "margin-top:8px")
