"""Every route of the table is safe by default, also one that checks nothing and sets no header."""

from collections.abc import Iterator
from functools import wraps

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from minisrv import app
from minisrv.routes.playlists import playlists
from tests.support.live import Live, serve
from tests.support.visitor import Visitor, assert_refused

ELSEWHERE = {"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.test"}
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


async def careless(request: Request) -> Response:
    return PlainTextResponse("done")


async def careful(request: Request) -> Response:
    return PlainTextResponse("kept", headers={"cache-control": "private"})


@wraps(playlists)
async def wrapper(request: Request) -> Response:
    return await playlists(request)


@pytest.fixture(scope="module")
def added() -> Iterator[Live]:
    """A server with two routes more in the table."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(app.ROUTES, "careless", Route("/careless", careless, methods=METHODS))
        patch.setitem(app.ROUTES, "careful", Route("/careful", careful, methods=METHODS))
        with serve() as server:
            yield server


@pytest.mark.parametrize("method", METHODS[1:])
def test_a_new_route_refuses_what_another_site_started(added: Live, method: str) -> None:
    refused = Visitor(added).sends(method, "/careless", headers=ELSEWHERE)
    assert_refused(refused, 403, "cross_site_request")
    assert Visitor(added).sends(method, "/careless").text == "done"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_link_on_another_site_may_lead_to_it(added: Live, method: str) -> None:
    assert Visitor(added).sends(method, "/careless", headers=ELSEWHERE).status_code == 200


def test_the_response_of_a_new_route_is_not_stored(added: Live) -> None:
    for method in METHODS:
        response = Visitor(added).sends(method, "/careless")
        assert response.raw.headers.getlist("cache-control") == ["no-store"]


def test_what_a_route_says_of_caches_stays(added: Live) -> None:
    response = Visitor(added).sends("GET", "/careful")
    assert response.raw.headers.getlist("cache-control") == ["private"]


@pytest.mark.parametrize("given", [careless, Route("/api/playlists", careless, methods=["POST"])])
def test_a_route_in_the_place_of_ours_is_there_to_be_attacked(given) -> None:
    with serve(playlists=given) as server:
        response = Visitor(server).sends("POST", "/api/playlists", headers=ELSEWHERE)
    assert response.text == "done" and "Cache-Control" not in response.headers


@pytest.mark.parametrize("given", [playlists, wrapper, app.ROUTES["playlists"]])
def test_our_own_route_stays_safe_when_it_is_put_back_or_wrapped(given) -> None:
    with serve(playlists=given) as server:
        ada = Visitor(server)
        ada.signs_up()
        foreign = ada.sends("POST", "/api/playlists", json={"name": "x"}, headers=ELSEWHERE)
        assert_refused(foreign, 403, "cross_site_request")
        own = ada.sends("GET", "/api/playlists")
    assert own.status_code == 200 and own.headers["Cache-Control"] == "no-store"
