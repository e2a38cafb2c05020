"""Every response has the security headers, also the responses to errors."""

import re

import pytest
import requests
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from classroom.server.tls import TlsServer
from minisrv.app import ROUTES
from tests.support.live import Live, serve
from tests.support.visitor import Visitor

JSON = {"Content-Type": "application/json"}
ANSWERS = {
    "200": ("GET", "/health", {}),
    "200, HEAD": ("HEAD", "/health", {}),
    "200, the page": ("GET", "/", {}),
    "200, its script": ("GET", "/static/trax.js", {}),
    "201": ("POST", "/api/signup", {"json": {"email": "a@b.test", "password": "fifteen or more"}}),
    "204": ("POST", "/api/signout", {}),
    "400": ("POST", "/api/signin", {"data": b"{", "headers": JSON}),
    "401": ("GET", "/api/me", {}),
    "401, no password to change": ("POST", "/api/password", {}),
    "401, nothing to renew": ("POST", "/api/refresh", {}),
    "403": ("POST", "/api/signup", {"headers": {"Origin": "null"}}),
    "404": ("GET", "/nowhere", {}),
    "404, a file": ("GET", "/static/index.html", {}),
    "404, a playlist": ("DELETE", "/api/playlists/1", {}),
    "405": ("DELETE", "/api/signup", {}),
    "405, OPTIONS": ("OPTIONS", "/api/me", {}),
    "413": ("POST", "/api/signup", {"data": b" " * 20_000, "headers": JSON}),
    "415": ("POST", "/api/signup", {"data": "x"}),
    "421": ("GET", "/health", {"headers": {"Host": "localhost"}}),
    "422": ("POST", "/api/signup", {"json": {"email": "ada", "password": "fifteen or more"}}),
    "500": ("GET", "/health", {"headers": {"Cookie": "fail"}}),
}

TRIED = {path for _, path, _ in ANSWERS.values()}
# What everybody may read; a new route of this kind is tested without a change in this file.
ANSWERS |= {
    f"200, {name}": ("GET", route.path, {})
    for name, route in ROUTES.items()
    if "GET" in route.methods
    and route.path not in TRIED | {"/api/playlists"}
    and "{" not in route.path
}


async def failing(request: Request) -> Response:
    if request.headers.get("cookie") == "fail":
        raise OSError("the disk is full")
    return PlainTextResponse("well", headers={"Cache-Control": "no-store"})


@pytest.fixture(scope="module")
def faulty():
    with serve(health=failing) as server:
        yield server


def answer_to(server: Live, name: str) -> requests.Response:
    visitor = Visitor(server)
    if "playlist" in name or "session" in name:
        visitor.email = "grace@trax.test"
        assert visitor.signs_up().status_code == 201
    answer = visitor.sends(*ANSWERS[name][:2], **ANSWERS[name][2])
    assert answer.status_code == int(name[:3])
    return answer


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_has_every_header(faulty: Live, name: str) -> None:
    faulty.empty()
    headers = answer_to(faulty, name).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    directives = headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(directives)
    assert "Strict-Transport-Security" not in headers  # over plain http it means nothing
    assert not any(re.match("vary|access-control", header, re.I) for header in headers)


@pytest.mark.parametrize("name", ANSWERS)
def test_no_header_stands_twice(faulty: Live, name: str) -> None:
    faulty.empty()
    names = [header.lower() for header in answer_to(faulty, name).raw.headers]
    assert len(names) == len(set(names))


def test_only_the_pages_files_may_load_anything_and_nothing_inline(faulty: Live) -> None:
    for name in ANSWERS:
        faulty.empty()
        policy = answer_to(faulty, name).headers["Content-Security-Policy"]
        assert ("script-src 'self'" in policy) == (name in ("200, the page", "200, its script"))
        assert "unsafe" not in policy and "*" not in policy and "http" not in policy


def test_what_a_route_sets_itself_stays() -> None:
    async def framed(request: Request) -> Response:
        return Response(headers={"Content-Security-Policy": "frame-ancestors 'self'"})

    with serve(health=framed) as server:
        headers = Visitor(server).sends("GET", "/health").headers
    assert headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_over_tls_a_browser_is_told_to_stay_with_it() -> None:
    with TlsServer(bcrypt_cost=4) as server:
        for path in ("/", "/health", "/nowhere"):
            answer = requests.get(server.url + path, verify=server.verify, timeout=60)
            policy = answer.headers["Strict-Transport-Security"]
            assert re.fullmatch(r"max-age=(\d+); includeSubDomains", policy)
            assert int(policy[8:].partition(";")[0]) >= 365 * 24 * 3600  # ASVS 5.0 3.4.1


def test_all_routes_of_the_table_are_tried_here() -> None:
    tried = {path for _, path, _ in ANSWERS.values()}
    for name, route in ROUTES.items():
        form = re.sub(r"\{\w+\}", "[^/]+", route.path)
        # Those two differ from /api/playlists/1 and /api/sessions in nothing that matters here.
        assert name in ("playlists", "session") or any(
            re.fullmatch(form, path) for path in tried
        ), name
