"""Playlists: a user sees and changes only the user's own."""

from pathlib import Path

import pytest

from tests.support.last_place import add_two_at_once
from tests.support.live import Live, serve, settings_of_tests
from tests.support.visitor import Visitor, assert_refused


def test_a_playlist_is_added_listed_and_removed(ada: Visitor) -> None:
    added = ada.adds_playlist("Night trains")
    assert added.status_code == 201
    assert added.headers["Location"] == f"/api/playlists/{added.json()['id']}"
    assert ada.lists_playlists() == [added.json()]
    assert ada.removes_playlist(added.json()["id"]).status_code == 204
    assert ada.lists_playlists() == []


def test_a_playlist_of_another_is_neither_seen_nor_removed(ada: Visitor, grace: Visitor) -> None:
    number = ada.adds_playlist("Night trains").json()["id"]
    assert grace.lists_playlists() == []
    assert_refused(grace.removes_playlist(number), 404, "not_found")
    assert grace.sends("DELETE", "/api/playlists").status_code == 204
    assert len(ada.lists_playlists()) == 1


def test_all_of_ones_own_are_removed_at_once(ada: Visitor) -> None:
    for name in ("one", "two"):
        ada.adds_playlist(name)
    assert ada.sends("DELETE", "/api/playlists").status_code == 204
    assert ada.lists_playlists() == []


@pytest.mark.parametrize(
    "name",
    [
        "Night trains",
        "👩\u200d👩\u200d👧 family mix",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f football",
        "❤\ufe0f",
        "\U0001fae9 an emoji of 2024",
        "Sigur\u00a0Rós",
        "東京\u3000夜",
        "آهنگ\u200cهای شب",
        "שלום\u200f!",
        "हिन्दी गाने",
        "Tiếng Việt",
        "เพลงไทย",
        "🎵",
    ],
)
def test_a_name_may_be_in_every_script_of_the_world(ada: Visitor, name: str) -> None:
    added = ada.adds_playlist(name)
    assert added.status_code == 201, added.text
    assert added.json()["name"] == name and ada.lists_playlists() == [added.json()]


@pytest.mark.parametrize(
    "name",
    ["", "   ", "x" * 101, "x" + " " * 100, "a\0b", "a\nb", "a\tb", "a\x7fb", "a\x85b"]
    + ["\ud800", "\u202egnp", "a\u2028b", "a\u2029b", "a\u2066b"]
    + ["\u200d", "\u200b\u2060", "\u00a0", "\ufe0f"],
)
def test_a_name_that_is_no_plain_text_is_refused(ada: Visitor, name: str) -> None:
    assert_refused(ada.adds_playlist(name), 422, "invalid_name")


@pytest.mark.parametrize("name", [5, None, ["x"], {"x": 1}])
def test_a_name_that_is_no_string_is_refused(ada: Visitor, name: object) -> None:
    assert_refused(ada.adds_playlist(name), 400, "malformed_body")


@pytest.mark.parametrize(
    "number", ["0", "9" * 9, "9" * 18, "9" * 30, "9" * 5000, "-1", "1.5", "x", "%00"]
)
def test_a_number_that_names_nothing_is_answered_404(ada: Visitor, number: str) -> None:
    assert_refused(ada.removes_playlist(number), 404, "not_found")


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_stranger_has_none(server: Live, method: str) -> None:
    answer = Visitor(server).sends(method, "/api/playlists", json={"name": "x"})
    assert_refused(answer, 401, "not_signed_in")


def test_an_account_has_room_for_a_thousand_and_no_more(server: Live) -> None:
    ada, grace = Visitor(server), Visitor(server, "grace@trax.test")
    ada.signs_up(), grace.signs_up()
    first = ada.adds_playlist("Night trains").json()["id"]
    row = f"(SELECT user_id FROM playlists WHERE id = {first}), 'Night'"
    for _ in range(999):
        server.run(f"INSERT INTO playlists(user_id, name) VALUES ({row})")
    assert_refused(ada.adds_playlist("One more"), 409, "playlists_full")
    assert grace.adds_playlist("Hers").status_code == 201
    assert ada.removes_playlist(first).status_code == 204
    assert ada.adds_playlist("One more").status_code == 201
    assert len(ada.lists_playlists()) == 1000


def test_two_at_once_do_not_both_take_the_last_place(tmp_path: Path) -> None:
    with serve(settings_of_tests(database_url=f"sqlite:///{tmp_path / 'trax.sqlite3'}")) as server:
        assert add_two_at_once(server) == ([201, 409], 1)
