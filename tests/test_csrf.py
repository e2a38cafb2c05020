"""Who started a request, as browsers say it; each request is right in every other respect."""

import pytest
from actor import Visitor, assert_refused
from live import Live

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
    ("POST", "/api/signin", {"email": "ada@trax.test", "password": "correct horse battery staple"}),
    ("POST", "/api/playlists", {"name": "Night trains"}),
    ("DELETE", "/api/playlists", None),
    ("POST", "/api/signout", None),
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
