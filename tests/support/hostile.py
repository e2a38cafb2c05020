"""What attackers write, and every kind of display with it in each place, for tests."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace

from classroom.anatomy import anatomy
from classroom.compare import Comparison, compare
from classroom.display.chart import bars
from classroom.display.displayable import Displayable
from classroom.display.note import Note
from classroom.display.table import Table
from classroom.exchanges.exchange import Exchange

HOSTILE = {
    "<img src=x onerror=alert(1)>": "<img src=x onerror=alert(1)>",
    "</span></pre></div><script>alert(1)</script>": "</span></pre></div><script>",
    '" onmouseover="alert(1)': '" onmouseover="alert(1)',
    "'><svg/onload=alert(1)>": "'><svg/onload=alert(1)>",
    "</style><style>*{display:none}": "</style><style>*{display:none}",
    '<span class="real">x</span>': '<span class="real">x</span>',
    "&lt;b&gt;&#60;": "&lt;b&gt;&#60;",
    "<!-- x": "<!-- x",
    "\x1b[31mred": r"\x1b[31mred",
    "adm\u202enimda": r"adm\u202enimda",
    "zero\u200bwidth\ufeff": r"zero\u200bwidth\ufeff",
    "nul\x00byte": r"nul\x00byte",
    "half \ud800 pair": r"half \ud800 pair",
    "line\u2028end\r": r"line\u2028end\r",
    "tag\U000e0041": r"tag\U000e0041",
}


def exchange(text: str) -> Exchange:
    sent = text.encode("utf-8", "surrogatepass")
    value = text.encode("utf-8", "backslashreplace").decode("latin-1")
    return Exchange(
        method=text,
        path="/" + text,
        query=text,
        request_headers=(("content-type", "text/plain"), ("origin", value), ("cookie", text)),
        request_body=sent,
        status=201,
        reason=text,
        response_headers=(
            *(("content-type", "application/json"), ("location", text)),
            ("set-cookie", f"{text}={text}; Path={text}; {text}={text}; Max-Age={text}"),
        ),
        response_body=json.dumps({text: text, "list": [text]}, ensure_ascii=False).encode(
            "utf-8", "surrogatepass"
        ),
    )


def with_token(text: str) -> Exchange:
    set_cookie = f"t={token(text)}; HttpOnly"
    return replace(exchange("x"), response_headers=(("set-cookie", set_cookie),))


def token(text: str) -> str:
    parts = [{"alg": text, text: text}, {"sub": text, "jti": text, text: [text], "exp": text}]
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts]
    return ".".join([*(part.decode() for part in encoded), "c2ln"])


KINDS: dict[str, Callable[[str], Displayable]] = {
    "exchange": exchange,
    "exchange with a token": with_token,
    "anatomy of a token": lambda text: anatomy(token(text)),
    "anatomy of a cookie": lambda text: anatomy(f"t={text}; Path={text}; {text}; Max-Age={text}"),
    "comparison of exchanges": lambda text: compare(exchange("x"), exchange(text)),
    "comparison of code": lambda text: Comparison(
        text, text, (f"# {text}",), (f'x = "{text}"',), code=True
    ),
    "table": lambda text: Table([{text: text, "email": text}], caption=text),
    "bars": lambda text: bars([(text, 1, text)], text, text),
    "note": lambda text: Note(((text,),)),
}
