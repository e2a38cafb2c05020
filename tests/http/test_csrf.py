"""CSRF: requests whose headers say who started them; everything else in them is right."""

import pytest

from minisrv.app import ROUTES
from tests.support.live import Live
from tests.support.tiers import each_day
from tests.support.visitor import NEW_PASSWORD, PASSWORD, Visitor, assert_refused

OTHERS = {
    "another site": {"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.test"},
    "a sibling": {"Sec-Fetch-Site": "same-site", "Origin": "http://blog.trax.localhost"},
    "a word of the future": {"Sec-Fetch-Site": "same-party"},
    "another site, over plain http": {"Origin": "http://evil.test"},
    "another port, over plain http": {"Origin": "http://127.0.0.1:1"},
    "another scheme": {"Origin": "https://{host}"},
    "a sandbox": {"Origin": "null"},
    "ours as its beginning": {"Origin": "http://{host}.evil.test"},
}
OURS = {
    "our page": {"Sec-Fetch-Site": "same-origin", "Origin": "http://{host}"},
    "our page without a referrer": {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    "the address bar": {"Sec-Fetch-Site": "none"},
    "our page, over plain http": {"Origin": "http://{host}"},
    "a program": {},
}
CHANGES = [
    ("POST", "/api/signup", {"email": "eve@trax.test", "password": "a passphrase of many words"}),
    ("POST", "/api/signin", {"email": "ada@trax.test", "password": PASSWORD}),
    ("POST", "/api/playlists", {"name": "Night trains"}),
    ("DELETE", "/api/playlists", None),
    ("POST", "/api/signout", None),
    ("DELETE", "/api/sessions", None),
    ("POST", "/api/password", {"password": PASSWORD, "new_password": NEW_PASSWORD}),
]


def sent(server: Live, change: tuple, headers: dict[str, str]):
    ada = Visitor(server)
    assert ada.signs_up().status_code == 201
    method, path, body = change
    host = f"127.0.0.1:{server.port}"
    headers = {name: value.format(host=host) for name, value in headers.items()}
    return ada.sends(method, path, headers=headers, **({"json": body} if body else {}))


@pytest.mark.parametrize("headers", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: " ".join(change[:2]))
def test_what_another_page_started_is_refused(server: Live, change: tuple, headers: dict) -> None:
    assert_refused(sent(server, change, headers), 403, "cross_site_request")


@pytest.mark.parametrize("headers", OURS.values(), ids=OURS)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: " ".join(change[:2]))
def test_what_we_started_is_done(server: Live, change: tuple, headers: dict) -> None:
    assert sent(server, change, headers).status_code < 300


def test_removing_one_playlist_is_guarded_as_well(server: Live) -> None:
    ada = Visitor(server)
    ada.signs_up()
    number = ada.adds_playlist("Night trains").json()["id"]
    answer = ada.removes_playlist(number, headers={"Sec-Fetch-Site": "cross-site"})
    assert_refused(answer, 403, "cross_site_request")
    assert len(ada.lists_playlists()) == 1


SAFE = {"GET", "HEAD"}  # RFC 9110 §9.2.1; none of our routes takes another safe method
UNSAFE = [
    (method, route.path)
    for route in ROUTES.values()
    for method in sorted(set(route.methods or ()) - SAFE)
]


@pytest.mark.parametrize("signed_in", [True, False], ids=["signed in", "a stranger"])
@pytest.mark.parametrize(
    ("method", "path", "other"),
    each_day(24, [(*place, other) for place in UNSAFE for other in OTHERS]),
)
def test_every_unsafe_method_of_every_route_asks_who_started_it(
    server: Live, method: str, path: str, other: str, signed_in: bool
) -> None:
    visitor = Visitor(server)
    if signed_in:
        visitor.signs_up()
    host = f"127.0.0.1:{server.port}"
    headers = {name: value.format(host=host) for name, value in OTHERS[other].items()}
    # Before the body is read and before anybody is asked who he is: whatever else may be wrong.
    answer = visitor.sends(method, path.replace("{id}", "1"), headers=headers)
    assert_refused(answer, 403, "cross_site_request")


def test_the_walk_over_all_routes_met_those_that_change_something() -> None:
    assert len(UNSAFE) >= 6 and {("POST", "/api/signin"), ("POST", "/api/signup")} <= set(UNSAFE)


def test_safe_methods_change_nothing(server: Live) -> None:
    ada = Visitor(server)
    ada.signs_up()
    ada.adds_playlist("Night trains")
    tables = ("users", "playlists", "revoked_tokens")
    before = [server.rows(table) for table in tables]
    for route in ROUTES.values():
        for method in ("GET", "HEAD", "OPTIONS", "TRACE"):
            ada.sends(method, route.path.replace("{id}", "1"), params={"name": "Mallory was here"})
    assert [server.rows(table) for table in tables] == before
