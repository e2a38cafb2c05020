"""The envelope of an error: a JSON object with one sentence under `error`."""

from classroom.exchanges.exchange import Exchange


def sentence(exchange: Exchange) -> str:
    """Return the sentence under `error` of a JSON answer, or "" if a client would find none."""
    kind = dict(exchange.response_headers).get("content-type", "")
    try:
        body = exchange.json()
    except ValueError:
        return ""
    found = body.get("error") if isinstance(body, dict) and "json" in kind else None
    return found if isinstance(found, str) else ""
