"""One sentence in place of an error's message, for the commonest mistakes in a cell.

It says what was wrong and what to do. Left out: errors in a route (advice.py).
"""

import re
from difflib import get_close_matches
from types import TracebackType
from urllib.parse import urlsplit

import requests
from requests.exceptions import InvalidSchema, InvalidURL, JSONDecodeError, MissingSchema, SSLError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from classroom.server.advice import AWAIT, CANNOT_AWAIT, NAMES, OPEN_SESSION
from classroom.server.server import SET_UP, Server
from classroom.server.student_cell import is_cell

NO_SERVER = f"No server runs in this notebook now: {SET_UP}."
WHOLE_ADDRESS = 'This is no whole address: write server.url + "/health", with the slash.'
NO_HTTPS = "This server speaks http and not https: write server.url."
NO_VERIFY = "No authority that requests trusts signed this certificate: pass verify=safe.verify."
NO_RESPONSE = f"There was no response. A route may wait for ever: mend it, {SET_UP}."
BROKEN = f"The server ended the connection without a response: {SET_UP}."
NOT_JSON = "The body of this response is not JSON: look at its text."
NO_COOKIE = "The response set no cookie {}: show(response) shows what it says."
LABEL_SENT = 'This sends the label {0}, which stands for a value: real("{1}") is the value.'
STOPPED = "You stopped this cell."
DEAF = f"{STOPPED} A route still keeps the server busy: {SET_UP}."
FIRST_CELL = "`{}` is not known yet: run the first code cell of this notebook, then this one again."
CELLS_ABOVE = "`{}` is not known yet: run the cells above this one, from the top."
NEAR = "`{}` is not known. Did you mean `{}`? If not, run the cells above, from the top."
NO_PROGRAM = (
    "No program listens at port {}. Your server is at {}. "
    "Did you stop a cloud? Then run the cell that starts it again."
)
CLOSED = f"The server has stopped: {SET_UP}."
NO_AWAIT = "requests needs no await: it waits by itself."
FACADE = {"Server", "check", "doctor", "hint", "requests", "server", "show", "solution"}
_LABEL = re.compile("‹([^›]+)›")
_LOCAL = ("127.0.0.1", "localhost", "::1")


def cell_advice(error: BaseException, trace: TracebackType | None) -> str:
    """Return the sentence on `error`, which a cell raised, or ""."""
    if isinstance(error, KeyboardInterrupt):
        return _stopped()
    if isinstance(error, NameError):
        return _unknown_name(error, trace)
    if isinstance(error, requests.RequestException):
        return _request_failed(error)
    message = str(error)
    if isinstance(error, UnicodeEncodeError) and (label := _LABEL.search(error.object)):
        return LABEL_SENT.format(*label.group(0, 1))
    if isinstance(error, KeyError) and (name := re.match(r"\"name='(.*?)', domain=", message)):
        return NO_COOKIE.format(name[1])
    if isinstance(error, RuntimeError) and "its database is closed" in message:
        return CLOSED
    if isinstance(error, PoolTimeout):
        return f"In a route, {OPEN_SESSION}"
    if isinstance(error, AttributeError) and isinstance(error.obj, Server):
        return f"The server has no `{error.name}`: {NAMES['app']}."
    if isinstance(error, TypeError) and (kind := CANNOT_AWAIT.search(message)):
        return NO_AWAIT if "Response" in kind.groups() else ""
    return f"{message}; {AWAIT}" if "'coroutine' object" in message else ""


def _stopped() -> str:
    server = Server.current
    return DEAF if server and not server.running.responds() else STOPPED


def _unknown_name(error: NameError, trace: TracebackType | None) -> str:
    name = str(error.name)
    while trace and trace.tb_next:
        trace = trace.tb_next
    is_own = trace is not None and is_cell(trace.tb_frame.f_code.co_filename)
    if not is_own or isinstance(error, UnboundLocalError):
        return ""
    if name in NAMES:
        return f"`{name}` is not known: {NAMES[name]}."
    if name in FACADE:
        return FIRST_CELL.format(name)
    known = [one for one in trace.tb_frame.f_globals if one[0] != "_"]
    near = get_close_matches(name, [*known, *FACADE], n=1, cutoff=0.8)
    return NEAR.format(name, near[0]) if near else CELLS_ABOVE.format(name)


def _request_failed(error: requests.RequestException) -> str:
    if isinstance(error, JSONDecodeError):
        return NOT_JSON
    if isinstance(error, MissingSchema | InvalidSchema | InvalidURL):
        return WHOLE_ADDRESS
    if error.response is not None:  # of raise_for_status, or too many redirects
        return ""
    url, server = urlsplit((error.request and error.request.url) or ""), Server.current
    if not (url.hostname or "").endswith(_LOCAL):
        return f"{url.netloc} cannot be reached from this computer." if url.netloc else ""
    if isinstance(error, requests.Timeout):
        return NO_RESPONSE
    is_ours = server is not None and url.port == server.settings.port
    if isinstance(error, SSLError):
        unknown = "CERTIFICATE_VERIFY_FAILED" in str(error)
        return NO_VERIFY if unknown else NO_HTTPS if is_ours else ""
    if server is None:
        return NO_SERVER
    if url.port is None:
        return WHOLE_ADDRESS
    return BROKEN if is_ours else NO_PROGRAM.format(url.port, server.url)
