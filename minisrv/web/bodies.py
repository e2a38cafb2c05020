"""Read a request body as a JSON object, and check everything about it.

Left out: other formats. One format means one parser that an attacker can try.
"""

import asyncio
import json
from typing import Any, NoReturn

from starlette.requests import ClientDisconnect, Request

from minisrv.errors import BodyTooLarge, MalformedBody, NotJson, TooSlow, UnknownCoding


async def read_credentials(request: Request) -> tuple[str, str]:
    """Return the two strings `email` and `password` of a JSON body, or raise a Refused."""
    body = await read_object(request)
    return text(body, "email"), text(body, "password")


async def read_object(request: Request) -> dict[str, Any]:
    """Return the body as a dict.

    Raises NotJson, UnknownCoding, BodyTooLarge, MalformedBody, or TooSlow after `body_seconds`.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":  # a form of another site cannot send this type
        raise NotJson
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise UnknownCoding
    raw = await _read_at_most(request, request.app.state.settings.max_body_bytes)
    try:
        value = json.loads(
            raw.decode("utf-8"),  # RFC 8259 §8.1: UTF-8, nothing else
            parse_constant=_refuse_constant,
            object_pairs_hook=_unique_names,
        )
    except (ValueError, RecursionError):  # RecursionError: a thousand nested brackets
        raise MalformedBody("The body is not valid JSON.") from None
    if not isinstance(value, dict):
        raise MalformedBody("The body must be a JSON object.")
    return value


def text(body: dict[str, Any], name: str) -> str:
    """Return the string under `name`, or raise MalformedBody."""
    value = body.get(name)
    if not isinstance(value, str):
        raise MalformedBody(f"The field {name} is missing or is not a string.")
    return value


def flag(body: dict[str, Any], name: str) -> bool:
    """Return the boolean under `name`, False if it is missing, or raise MalformedBody."""
    value = body.get(name, False)
    if not isinstance(value, bool):
        raise MalformedBody(f"The field {name} is neither true nor false.")
    return value


async def _read_at_most(request: Request, limit: int) -> bytes:
    """Return the whole body, at most `limit` bytes; Content-Length can lie, so count them."""
    body = bytearray()
    try:
        async with asyncio.timeout(request.app.state.settings.body_seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise BodyTooLarge(f"The body is larger than {limit} bytes.")
    except TimeoutError:  # a client that sends a byte a minute holds a connection for days
        raise TooSlow from None
    except ClientDisconnect:
        raise MalformedBody("The body ended too early.") from None
    return bytes(body)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")  # NaN and Infinity are an extension of Python


def _unique_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a dict; reject a name that stands twice, as parsers disagree which value counts."""
    names = dict(pairs)
    if len(names) != len(pairs):
        raise ValueError("a name stands twice")
    return names
