"""What other hosts of a site can remove from the jar: real browsers against the model browser.

Each story is told to both; afterwards both must hold the same cookies. Chromium and Firefox take
turns, a day each.
"""

import json
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from classroom.browser_model import Browser as ModelBrowser
from classroom.browser_model import clears_cookies
from classroom.real_browsers import Browser
from classroom.server.network import listen
from classroom.server.server_thread import ServerThread
from tests.support.live import settings_of_tests
from tests.support.real_browsers import ENGINES, opened
from tests.support.tiers import turns

TRAX, BLOG, DEEP, EVIL = (
    f"{name}.localhost" for name in ("trax", "blog.trax", "a.blog.trax", "evil")
)
CLEAR, CLEAR_ALL = '"cookies"', '"*"'  # values of Clear-Site-Data
ADA = (TRAX, ["__Host-t=ada; Path=/; Secure; HttpOnly; SameSite=Lax"])
FAMILY = [
    (TRAX, ["own=1", "family=1; Domain=trax.localhost"]),
    (TRAX, ["part=1; Secure; SameSite=None; Partitioned"]),
    (BLOG, ["blog=1", "up=1; Domain=trax.localhost", "below=1; Domain=blog.trax.localhost"]),
    (DEEP, ["deep=1"]),
    (EVIL, ["evil=1"]),
]


def many(name: str, number: int, attributes: str = "") -> list[str]:
    """Return so many Set-Cookie lines."""
    return [f"{name}{place}=1; Path=/{attributes}" for place in range(number)]


SECURE = "; Secure"
STORIES: dict[str, list[tuple[str, list[str] | str]]] = {
    "a sibling's Secure cookies": [ADA, (BLOG, many("c", 200, SECURE))],
    "a sibling's plain cookies": [ADA, (BLOG, many("c", 400))],
    "another site's cookies": [ADA, (EVIL, many("c", 200, SECURE))],
    "180": [(TRAX, many("a", 100)), (BLOG, many("b", 80))],
    "181": [(TRAX, many("a", 100)), (BLOG, many("b", 81))],
    "few plain ones": [(TRAX, many("p", 10)), (TRAX, many("s", 171, SECURE))],
    "none but Secure": [(TRAX, many("s", 180, SECURE)), (TRAX, many("p", 2))],
    "the host clears": [*FAMILY, (TRAX, CLEAR)],
    "the host clears everything": [*FAMILY, (TRAX, CLEAR_ALL)],
    "a sibling clears": [*FAMILY, (BLOG, CLEAR)],
    "a sibling's own sub-domain clears": [*FAMILY, (DEEP, CLEAR)],
    "another site clears": [*FAMILY, (EVIL, CLEAR)],
}


async def page(request: Request) -> Response:
    """Answer with what the step of a story says that the path names."""
    story, _, place = request.path_params["step"].rpartition("/")
    what = STORIES[story][int(place)][1]
    response = HTMLResponse("<title>a page</title>")
    if what in (CLEAR, CLEAR_ALL):
        response.headers["Clear-Site-Data"] = what
        return response
    for line in what:
        response.headers.append("set-cookie", line)
    return response


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of a server that tells the stories."""
    listener = listen(0)
    app = Starlette(routes=[Route("/{step:path}", page)])
    served = ServerThread(app, settings_of_tests(), listener)
    served.start()
    yield listener.getsockname()[1]
    served.stop()


def told_to_a_browser(browser: Browser, story: str, port: int) -> list[str]:
    """Return the cookies that a real browser holds after a story."""
    browser.forget_cookies()
    for place, (host, _) in enumerate(STORIES[story]):
        browser.visit(f"http://{host}:{port}/{story}/{place}")
    return sorted(f"{one['domain']} {one['name']}" for one in browser.cookies())


def told_to_the_model(engine: str, story: str) -> list[str]:
    """Return the cookies that the model browser holds after a story."""
    model = ModelBrowser(engine)
    for host, what in STORIES[story]:
        url = f"http://{host}/{story}/0"
        if clears_cookies({"clear-site-data": str(what)}):
            model.clear_site_data(url)
        else:
            model.receive(url, what)
    return sorted(f"{'' if one.host_only else '.'}{one.domain} {one.name}" for one in model.cookies)


@pytest.mark.slow
@pytest.mark.parametrize("engine", turns(ENGINES))
def test_a_browser_holds_the_same_cookies_as_the_model(engine: str, port: int) -> None:
    with opened(engine) as browser:
        held = {story: told_to_a_browser(browser, story, port) for story in STORIES}
    differing = {
        story: {"browser": cookies, "model": model}
        for story, cookies in held.items()
        if cookies != (model := told_to_the_model(engine, story))
    }
    assert differing == {}, json.dumps(differing, indent=1)
    signed_in = {story: f"{TRAX} __Host-t" in cookies for story, cookies in held.items()}
    assert not signed_in["a sibling's Secure cookies"]
    assert signed_in["a sibling's plain cookies"] and signed_in["another site's cookies"]
