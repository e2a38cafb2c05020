"""Find the recorded exchange that a `requests.Response` belongs to, by the id that it carries."""

from collections.abc import Iterable
from urllib.parse import urlsplit

import requests

from classroom.exchanges.credentials import Headers
from classroom.exchanges.exchange import Exchange
from classroom.exchanges.recording import ID_HEADER


def find_exchange(response: requests.Response, recorded: Iterable[Exchange]) -> Exchange | None:
    """Return the exchange in `recorded` that `response` belongs to, or None if there is none."""
    id = response.headers.get(ID_HEADER)
    return next((one for one in list(recorded) if id and one.id == id), None)


def as_client_saw(response: requests.Response) -> Exchange:
    """Return the exchange as the client saw it, for a response that was not recorded here."""
    request = response.request
    url = urlsplit(request.url or "")
    # The body of a stream was used up when it was sent.
    body = request.body if isinstance(request.body, str | bytes) else b""
    return Exchange(
        method=request.method or "",
        path=url.path,
        query=url.query,
        request_headers=_pairs(request.headers.items()),
        request_body=body.encode() if isinstance(body, str) else body,
        status=response.status_code,
        reason=response.reason or "",
        # From raw, because `response.headers` joins two Set-Cookie lines (RFC 9110 §5.3).
        response_headers=_pairs(response.raw.headers.items()),
        response_body=response.content,
    )


def _pairs(items: Iterable[tuple[str, str | bytes]]) -> Headers:
    return tuple(
        (name.lower(), value.decode("latin-1") if isinstance(value, bytes) else value)
        for name, value in items
        if name.lower() != ID_HEADER
    )
