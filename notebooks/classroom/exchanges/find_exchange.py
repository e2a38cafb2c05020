"""Find the recorded exchange that a `requests.Response` came from."""

from collections.abc import Iterable
from urllib.parse import urlsplit

import requests

from classroom.exchanges.exchange import Exchange


def find(response: requests.Response, exchanges: Iterable[Exchange]) -> Exchange | None:
    """Return the newest of `exchanges` (oldest first) that says what `response` says, or None."""
    seen = as_seen(response)
    return next((one for one in reversed(list(exchanges)) if _same(one, seen)), None)


def as_seen(response: requests.Response) -> Exchange:
    """Return the exchange as the client saw it, for a server that is not recorded here."""
    request = response.request
    url = urlsplit(request.url or "")
    # The body of a stream was used up by sending it.
    body = request.body if isinstance(request.body, str | bytes) else b""
    return Exchange(
        method=request.method or "",
        path=url.path,
        query=url.query,
        request_headers=_pairs(request.headers.items()),
        request_body=body.encode() if isinstance(body, str) else body,
        status=response.status_code,
        reason=response.reason or "",
        # Of raw, since `response.headers` glues two Set-Cookie lines into one (RFC 9110 §5.3).
        response_headers=_pairs(response.raw.headers.items()),
        response_body=response.content,
    )


def _pairs(items: Iterable[tuple[str, str | bytes]]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.lower(), value.decode("latin-1") if isinstance(value, bytes) else value)
        for name, value in items
    )


def _same(recorded: Exchange, seen: Exchange) -> bool:
    plain = all(
        getattr(recorded, name) == getattr(seen, name)
        for name in ("method", "path", "query", "status")
    )
    # The record holds the beginning of a long body, and a request's only as far as it was read.
    read = recorded.request_left_out + recorded.unread
    sent = recorded.response_left_out
    return (
        plain
        and _begins(seen.request_body, recorded.request_body, read)
        and _begins(seen.response_body, recorded.response_body, sent)
        and recorded.cookies == seen.cookies
    )


def _begins(whole: bytes, beginning: bytes, left_out: int) -> bool:
    return whole.startswith(beginning) and len(whole) == len(beginning) + left_out
