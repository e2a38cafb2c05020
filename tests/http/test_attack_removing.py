"""A sibling that signs Ada out of a real server without a script in its page.

Left out: what real browsers do with the same headers (tests/browsers/test_shared_jar.py).
"""

from collections.abc import Iterator

import pytest

from classroom.attacks.removing import MANY, WAYS, remove_from_outside
from classroom.browser_model import LiveBrowser
from classroom.browser_model.jar import MOST
from classroom.server.server import Server

PASSWORD = "midnight train to georgia"


@pytest.fixture
def site() -> Iterator[str]:
    server = Server(bcrypt_cost=4)
    yield server.url.replace("127.0.0.1", "trax.localhost")
    server.stop()


@pytest.mark.parametrize(
    ("way", "chromium", "firefox"),
    [("200 cookies", 200, 200), ("200 Secure cookies", 401, 401), ("Clear-Site-Data", 401, 200)],
)
def test_a_sibling_signs_ada_out_of_the_finished_server(
    site: str, way: str, chromium: int, firefox: int
) -> None:
    for engine, expected in (("chromium", chromium), ("firefox", firefox)):
        browser, own = LiveBrowser(engine), {"kind": "fetch", "initiator": site}
        ada = {"email": f"ada@{engine}.test", "password": PASSWORD}
        browser.fetch(f"{site}/api/signup", "POST", json=ada, **own)
        assert browser.fetch(f"{site}/api/me", **own).response.status_code == 200
        WAYS[way](browser, site.replace("trax", "blog.trax"))
        assert browser.fetch(f"{site}/api/me", **own).response.status_code == expected


def test_the_table_says_which_server_removes_ada_s_cookie() -> None:
    assert MANY > MOST
    rows = remove_from_outside("__Host-TRAX")
    assert [(row["server"], row["sends"], row["Chromium"], row["Firefox"]) for row in rows] == [
        ("blog.trax.localhost", "200 cookies", "stays", "stays"),
        ("blog.trax.localhost", "200 Secure cookies", "removed", "removed"),
        ("blog.trax.localhost", "Clear-Site-Data", "removed", "stays"),
        *[("evil.localhost", way, "stays", "stays") for way in WAYS],
    ]
    assert list(remove_from_outside("__Host-Http-TRAX"))[1:3] == list(rows)[1:3]
