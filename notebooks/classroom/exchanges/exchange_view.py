"""How an exchange is shown: like HTTP on the wire as text, side by side as HTML.

Left out: what is shown at all (wire.py), which is the same for both.
"""

import re
from typing import TYPE_CHECKING

from classroom.anatomy.token import UNCHECKED
from classroom.display import html
from classroom.display.labels import Volatile
from classroom.display.text import Pieces, plain, visible
from classroom.exchanges import lines as wire

if TYPE_CHECKING:
    from classroom.exchanges.exchange import Exchange

_SHAPES = {2: ("●", html.SOLID[2]), 3: ("➜", html.SOLID[0]), 4: ("▲", html.SOLID[3])}
_OTHER = ("■", "#b42318")
_KEY = re.compile(r'(\s*)("(?:[^"\\]|\\.)*"): ')


def as_text(exchange: "Exchange") -> str:
    """Return the exchange as lines of text, the response after an arrow."""
    request = [visible(exchange.method) + " " + plain(wire.target(exchange))]
    request += _header_lines(wire.headers(exchange.request_headers, wire.REQUEST))
    response = [f"→ {visible(wire.status(exchange))}"]
    response += _header_lines(wire.headers(exchange.response_headers, wire.RESPONSE))
    response += [_cookie_line(line) for line in exchange.cookies]
    blocks = [request, _lines(wire.request_body(exchange, short=True))]
    blocks += [response, _lines(wire.response_body(exchange, short=True))]
    for name, header, payload in wire.tokens(exchange):
        rows = [f"  header   {_joined(header)}", f"  payload  {_joined(payload)}"]
        blocks.append([f"{name.label}, {UNCHECKED}", *rows])
    return "\n\n".join("\n".join(block) for block in blocks if block)


def as_html(exchange: "Exchange") -> str:
    """Return request and response as two cards, beside each other where there is room."""
    verb = html.tag("b", html.escape(exchange.method)) + " "
    request = _title(verb + html.pieces(wire.target(exchange)), "request")
    request += _header_rows(wire.headers(exchange.request_headers, wire.REQUEST))
    request += _body(wire.request_body(exchange))
    shape, color = _SHAPES.get(exchange.status // 100, _OTHER)
    status = html.pill(f"{shape} {wire.status(exchange)}", color)
    response = _title("→ " + html.tag("b", status), "response")
    response += _header_rows(wire.headers(exchange.response_headers, wire.RESPONSE))
    response += "".join(_cookie_rows(line) for line in exchange.cookies)
    response += _body(wire.response_body(exchange))
    response += "".join(_details(*token) for token in wire.tokens(exchange))
    half = "flex:1 1 360px;min-width:0"
    cards = html.card(request, half) + html.card(response, half)
    return html.tag("div", cards, "display:flex;flex-wrap:wrap;gap:10px;align-items:stretch")


def _lines(lines: list[Pieces]) -> list[str]:
    return [plain(line) for line in lines]


def _header_lines(pairs: wire.Pairs) -> list[str]:
    return [f"{name}: {plain(value)}" for name, value in pairs]


def _joined(pairs: wire.Pairs) -> str:
    return ", ".join(f"{visible(name)}: {plain(value)}" for name, value in pairs)


def _cookie_line(line: str) -> str:
    name, value, attributes = wire.cookie(line)
    return "; ".join([f"set-cookie: {visible(name)}={plain(value)}", *_lines(attributes)])


def _title(content: str, side: str) -> str:
    name = html.tag("span", side, "float:right;font-size:14px", "soft")
    style = f"{html.MONO};font-size:15px;margin-bottom:6px;overflow-wrap:break-word"
    return name + html.tag("div", content, style, "mono")


def _header_rows(pairs: wire.Pairs) -> str:
    rows = [html.tag("span", f"{name}: ", "", "soft") + html.pieces(value) for name, value in pairs]
    return html.pre(rows) if rows else ""


def _cookie_rows(line: str) -> str:
    name, value, attributes = wire.cookie(line)
    soft = html.tag("span", "set-cookie: ", "", "soft")
    first = soft + html.tag("b", html.escape(name)) + "=" + html.pieces(value)
    pills = "".join(html.framed(html.pieces(attribute)) for attribute in attributes)
    return html.pre([first]) + html.tag("div", pills, "margin:3px 0 0 18px")


def _body(lines: list[Pieces]) -> str:
    if not lines:
        return ""
    rule = f"border-top:1px solid {html.LINE};margin-top:8px;padding-top:8px"
    return html.tag("div", html.pre(_keyed(line) for line in lines), rule)


def _keyed(line: Pieces) -> str:
    """Return a line as HTML, with the key of a JSON member set off."""
    key = _KEY.match(line[0]) if line and isinstance(line[0], str) else None
    if key is None:
        return html.pieces(line)
    rest: Pieces = [line[0][key.end() :], *line[1:]]
    return key[1] + html.tag("b", html.escape(key[2]), "", "property") + ": " + html.pieces(rest)


def _details(name: Volatile, header: wire.Pairs, payload: wire.Pairs) -> str:
    rows = []
    for part, pairs in (("header", header), ("payload", payload)):
        rows.append(html.tag("span", part, "", "soft"))
        rows += [f"  {html.escape(key)}: {html.pieces(value)}" for key, value in pairs]
    summary = html.tag("summary", f"{html.label(name)}, {UNCHECKED}")
    return html.tag("details", summary + html.pre(rows), "margin-top:8px")
