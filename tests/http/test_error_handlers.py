"""What Starlette's HTTPException becomes, also one that a replaced route raises."""

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from tests.support.live import serve
from tests.support.visitor import Visitor

NOTHING = "There is nothing at this address."


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (HTTPException(404), NOTHING),
        (HTTPException(404, "{email}"), NOTHING),
        (HTTPException(405), "Method Not Allowed."),
        (
            HTTPException(405, headers={"Allow": "POST, GET"}),
            "This address takes GET, POST and no other method.",
        ),
        (HTTPException(400, "use {email}"), "use {email}."),
        (HTTPException(400, "{Allow} {0} {", {"Allow": "GET"}), "{Allow} {0} {."),
    ],
)
def test_an_error_of_starlette_has_a_sentence(error: HTTPException, sentence: str) -> None:
    async def failing(request: Request) -> None:
        raise error

    with serve(health=failing) as server:
        answer = Visitor(server).sends("GET", "/health")
    assert (answer.status_code, answer.json()["error"]) == (error.status_code, sentence)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("status", [204, 304])
def test_a_status_that_has_no_body_is_sent_without_one(status: int) -> None:
    async def failing(request: Request) -> None:
        raise HTTPException(status, headers={"X-Trax": "1"})

    with serve(health=failing) as server:
        wire = server.says(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    assert (wire.status, wire.body, wire.headers["X-Trax"]) == (status, b"", "1")
    assert wire.headers["Content-Type"] is None and wire.headers["Content-Length"] is None
