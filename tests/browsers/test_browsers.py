"""Real browsers are opened, do what they are asked, and leave nothing behind.

Skipped, visibly, for an engine that is not installed.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from classroom.real_browsers import (
    Browser,
    BrowserFailed,
    BrowserUnresponsive,
    Found,
    installed,
    launch,
    open_browser,
)
from classroom.real_browsers.find import BROWSERS
from classroom.server.network import listen
from classroom.server.server_thread import ServerThread
from tests.support.live import settings_of_tests
from tests.support.processes import is_alive, ports_of
from tests.support.real_browsers import ENGINES, TODAY
from tests.support.tiers import slow

PAGES = {
    "/": "<title>Trax</title><h1>Trax</h1>",
    "/first": "<body onload=\"location = '/second'\">",
    "/second": "<meta http-equiv=refresh content='0; url=/third'>",
    "/third": "<script>fetch('/').then(() => location.replace('/last'))</script>",
    "/last": "<p>the end",
    "/alert": "<p id=said><script>alert(1); said.textContent = confirm(2)</script>",
}
COOKIES = (
    "plain=1; Path=/",
    "session=2; Path=/; HttpOnly; SameSite=Strict",
    "long=3; Path=/p; Max-Age=3600; SameSite=Lax",
    "shared=4; Path=/; Domain=trax.localhost; Secure; SameSite=None",
)
FOUND = installed()
MISSING = sorted({known.engine for known in BROWSERS} - {found.engine for found in FOUND})


async def page(request: Request) -> Response:
    answer = HTMLResponse(PAGES[request.url.path])
    for line in COOKIES if request.url.path == "/" else ():
        answer.headers.append("set-cookie", line)
    return answer


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    listener = listen(0)
    app = Starlette(routes=[Route(path, page) for path in PAGES])
    served = ServerThread(app, settings_of_tests(), listener)
    served.start()
    yield f"http://trax.localhost:{listener.getsockname()[1]}"
    served.stop()


@pytest.fixture(
    scope="module",
    params=[*FOUND[:1], *map(slow, FOUND[1:] if "the driver" in TODAY else []), *MISSING],
    ids=lambda one: getattr(one, "name", one),
)
def found(request: pytest.FixtureRequest) -> Found:
    if request.param in MISSING:
        pytest.skip(f"no browser with the engine of {request.param.title()} is installed")
    return request.param


@pytest.fixture(scope="module")
def browser(found: Found) -> Iterator[Browser]:
    with open_browser(found) as browser:
        yield browser


@pytest.fixture
def profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which browsers that this test opens keep their profiles."""
    folder = tmp_path / "profiles"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def children() -> set[psutil.Process]:
    return set(psutil.Process().children(recursive=True))


def end_of(processes: set[psutil.Process]) -> bool:
    """Return True once all have ended, within a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if not any(map(is_alive, processes)):
            return True
        time.sleep(0.02)
    return False


def test_it_opens_a_page_and_looks_at_it(browser: Browser, found: Found, site: str) -> None:
    browser.visit(site + "/")
    assert browser.evaluate("document.title") == "Trax"
    assert (browser.name, found.version.startswith(browser.version)) == (found.name, True)
    assert browser.evaluate("[innerWidth, innerHeight, isSecureContext]") == [1280, 800, True]


@pytest.mark.parametrize(
    ("js", "value"),
    [
        ("1 + 1", 2),
        ("({a: [null, 'ü€']})", {"a": [None, "ü€"]}),
        ("fetch('/last').then(answer => answer.text())", "<p>the end"),
        ("undefined", None),
        ("'x'.repeat(1e6).length // a comment", 1_000_000),
    ],
)
def test_a_script_gives_its_value(browser: Browser, site: str, js: str, value: object) -> None:
    browser.visit(site + "/last")
    assert browser.evaluate(js) == value


@pytest.mark.parametrize("js", ["nowhere", "1 +", "Promise.reject(new ReferenceError('nowhere'))"])
def test_a_script_that_raises_says_what(browser: Browser, site: str, js: str) -> None:
    browser.visit(site + "/last")
    with pytest.raises(BrowserFailed, match="^The page raised (ReferenceError: .*nowh|SyntaxErr)"):
        browser.evaluate(js)


def test_a_promise_that_is_never_kept_is_given_up(browser: Browser, site: str) -> None:
    browser.visit(site + "/last")
    with pytest.raises(BrowserFailed, match=f"^{browser.name} did not answer"):
        browser.evaluate("new Promise(() => {})", seconds=0.2)
    assert browser.evaluate("1") == 1


def test_all_kept_cookies_are_seen_with_their_attributes(browser: Browser, site: str) -> None:
    browser.visit(site + "/")
    assert set(browser.evaluate("document.cookie").split("; ")) == {"plain=1", "shared=4"}
    host = {"domain": "trax.localhost", "path": "/", "secure": False, "httpOnly": False}
    long, plain, session, shared = sorted(browser.cookies(), key=lambda one: one["name"])
    session_only = {"sameSite": "", "expires": None}
    assert plain == {"name": "plain", "value": "1", **host, **session_only}
    assert session == {
        **plain,
        "name": "session",
        "value": "2",
        "httpOnly": True,
        "sameSite": "Strict",
    }
    wide = {"domain": ".trax.localhost", "secure": True, "sameSite": "None"}
    assert shared == {**plain, "name": "shared", "value": "4", **wide}
    assert abs(long.pop("expires") - time.time() - 3600) < 60
    assert long == {"name": "long", "value": "3", **host, "path": "/p", "sameSite": "Lax"}


def test_a_tab_that_walks_by_itself_is_followed_to_the_end(browser: Browser, site: str) -> None:
    for _ in range(5):
        browser.visit(site + "/first", until="location.pathname == '/last'")
        assert browser.evaluate("document.body.textContent") == "the end"


def test_a_walk_that_never_arrives_ends_in_a_sentence(browser: Browser, site: str) -> None:
    browser.visit(site + "/last")
    with pytest.raises(
        BrowserUnresponsive, match=f"^{browser.name} waited 0.3 s in vain for false: "
    ):
        browser.wait("false", seconds=0.3)


def test_an_alert_holds_nothing_up(browser: Browser, site: str) -> None:
    browser.visit(site + "/alert")
    assert browser.evaluate("document.body.textContent") == "false"


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "not an address"])
def test_a_page_that_is_not_there_is_an_error(browser: Browser, url: str) -> None:
    with pytest.raises(BrowserFailed, match=f"^{browser.name} (could not open|refused)"):
        browser.visit(url)


def test_a_screenshot_is_a_picture_of_the_page(browser: Browser, site: str, tmp_path: Path) -> None:
    browser.visit(site + "/")
    picture = browser.screenshot(tmp_path / "page.png").read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    size = [int.from_bytes(picture[at : at + 4], "big") for at in (16, 20)]
    assert size == [1280, 800]


def test_two_browsers_share_nothing(browser: Browser, found: Found, site: str) -> None:
    browser.visit(site + "/")
    with open_browser(found) as other:
        other.visit(site + "/last")
        assert browser.cookies() and not other.cookies()


def test_nothing_of_it_is_left_also_when_a_cell_fails(
    found: Found, site: str, profiles: Path
) -> None:
    before = children()
    with pytest.raises(ZeroDivisionError), open_browser(found) as browser:
        browser.visit(site + "/last")
        ours = children() - before
        assert len(ours) > 1 and len(list(profiles.iterdir())) == 1
        _ = 1 / 0
    assert end_of(ours) and not list(profiles.iterdir())


def test_no_temporary_file_of_it_is_left(found: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(prefix="t") as folder:  # a socket wants a short path
        monkeypatch.setenv("TMPDIR", folder)
        with open_browser(found):
            assert (found.engine == "firefox") or list(Path(folder).iterdir())
        assert not list(Path(folder).iterdir())


def test_chromium_listens_at_no_port_where_another_user_could_control_it(
    found: Found, profiles: Path
) -> None:
    """Firefox has a port, and accepts one session there, which is ours."""
    before = children()
    with open_browser(found):
        ours = children() - before
        ports = [port for child in ours for port in ports_of(child)]
    assert len(ports) == (0 if launch.ENGINES[found.engine].by_pipe else 1)


@pytest.mark.slow
@pytest.mark.parametrize("harm", [psutil.Process.suspend, psutil.Process.kill])
def test_a_browser_that_hangs_or_dies_is_an_error_and_ends(
    found: Found, site: str, profiles: Path, monkeypatch: pytest.MonkeyPatch, harm: Callable
) -> None:
    monkeypatch.setattr(launch, "STOP_SECONDS", 1.0)
    before = children()
    with open_browser(found) as browser:
        browser.visit(site + "/last")
        ours = children() - before
        harm(next(one for one in ours if one.ppid() == os.getpid()))
        with pytest.raises(BrowserUnresponsive, match=f"^{browser.name} did not answer"):
            browser.evaluate("1", seconds=1)
    assert end_of(ours) and not list(profiles.iterdir())


SCRIPT_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
DEAF = "echo listening on ws://127.0.0.1:9"
WAIT = "exec sleep 99"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("program", "why"),
    [
        pytest.param("", "did not start: .*(No such file|WinError).*", id="not there"),
        pytest.param("echo no display", "did not start: no display", marks=SCRIPT_ONLY),
        pytest.param(WAIT, "did not start within 1 s: it said nothing", marks=SCRIPT_ONLY),
        pytest.param(f"{DEAF}\n{WAIT}", "could not be reached: .*", marks=SCRIPT_ONLY),
    ],
)
def test_a_browser_that_does_not_start_says_why(
    engine: str, program: str, why: str, profiles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if program.startswith(DEAF) and launch.ENGINES[engine].by_pipe:
        why = "did not start within 1 s: listening on ws://127.0.0.1:9"
    if "within 1 s" in why:
        monkeypatch.setattr(launch, "START_SECONDS", 1.0)
    # Direct children only: the browser of other tests may be starting a process of its own.
    before, path = psutil.Process().children(), profiles.parent / "browser"
    if program:
        path.write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
        path.chmod(0o755)
    broken = Found("Nautilus", engine, path, "1.0")
    with pytest.raises(BrowserFailed, match=f"^Nautilus {why}[.]$"), open_browser(broken):
        pytest.fail("it started")
    assert not set(psutil.Process().children()) - set(before) and not list(profiles.iterdir())
