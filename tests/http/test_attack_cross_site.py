"""Mallory's form and link at a route of the live server, with each SameSite value."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.attacks.cross_site import ORDER, try_each_same_site
from classroom.server.server import Server
from tests.support.lesson_server import module_server as module_server

EVERYTHING, NOTHING = ["gets through"] * 4, ["is stopped"] * 4
EXPECTED = {
    "absent": EVERYTHING,
    "None; Secure": EVERYTHING,
    "Lax": ["is stopped"] * 2 + ["gets through"] * 2,
    "Strict": NOTHING,
}
COLUMNS = ["form, Chromium", "form, Firefox", "link, Chromium", "link, Firefox"]


def by_cookie(seen: list[tuple[str, str | None]]) -> object:
    async def playlists(request: Request) -> Response:
        seen.append((request.method, request.cookies.get("TRAX")))
        return JSONResponse({}, 200 if request.cookies else 401)

    return playlists


def test_lax_and_strict_stop_the_form_and_strict_the_link(server: Server) -> None:
    seen: list[tuple[str, str | None]] = []
    server.plug("playlists", by_cookie(seen))
    table = try_each_same_site(server, "/api/playlists")
    assert [row["SameSite"] for row in table] == list(ORDER)
    assert {row["SameSite"]: [row[name] for name in COLUMNS] for row in table} == EXPECTED
    assert seen[:4] == [("POST", "ada"), ("POST", "ada"), ("GET", "ada"), ("GET", "ada")]
    assert seen[-4:] == [("POST", None), ("POST", None), ("GET", None), ("GET", None)]


def test_our_own_route_stops_each_form(server: Server) -> None:
    server.reset()
    table = try_each_same_site(server, "/api/playlists")
    assert all(row[name] == "is stopped" for row in table for name in COLUMNS[:2])
