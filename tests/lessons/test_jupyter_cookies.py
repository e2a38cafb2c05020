"""JupyterLab's cookies, with which one could run code, are neither kept, shown nor passed on.

Cookies are not separated by port, so a browser may send them to any server of this machine. And at
`localhost`, where it would, and behind Jupyter's proxy none of our servers answers at all.
"""

import json
from collections.abc import Iterator

import pytest
import requests
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from classroom.attack_lab import SCENARIOS, AttackLab
from classroom.attack_lab.attacker import PAGES, Attacker
from classroom.attack_lab.recordings import FILE
from classroom.browser_model import direct_session
from classroom.server.network import listen
from classroom.server.server import Server
from classroom.server.server_thread import ServerThread
from classroom.server.show import show
from minisrv.app import ROUTES
from tests.support.attack_cases import TOKEN_IN_STORAGE
from tests.support.lesson_server import server as server
from tests.support.live import settings_of_tests
from tests.support.real_browsers import EACH_ENGINE, opened
from tests.support.tiers import each_day

SECRET = "2|a-secret-of-jupyter|10:1795000000"
JUPYTER = {"username-localhost-8888": SECRET, "_xsrf": SECRET, "jupyterhub-session-id": SECRET}
COOKIES = "; ".join(f"{name}={value}" for name, value in JUPYTER.items())
WORDS = [*JUPYTER, SECRET, "a-secret-of-jupyter"]
PLACES = [
    (method, route.path.replace("{id}", "1").replace("{name}", "trax.js"))
    for route in ROUTES.values()
    for method in sorted(route.methods or ())
]
ELSEWHERE = {
    "localhost": {"Host": "localhost:8888"},
    "LOCALHOST": {"Host": "LocalHost"},
    "jupyter-server-proxy": {"X-Forwarded-Context": "/proxy/8000", "X-ProxyContextPath": "/proxy"},
    "a proxy": {"X-Forwarded-For": "127.0.0.1"},
    "a newer proxy": {"Forwarded": "for=127.0.0.1"},
}


class Wire:
    """ASGI middleware that keeps the raw headers of all requests, as no code of the course does."""

    def __init__(self, app: object) -> None:
        self.app, self.heard = app, []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.heard.append({name.decode(): value.decode() for name, value in scope["headers"]})
        await self.app(scope, receive, send)


@pytest.fixture
def mallory(server: Server) -> Iterator[Attacker]:
    started = Attacker(server.settings.port, server.settings.cookie.name)
    yield started
    started.stop()


def ask(url: str, method: str = "GET", **headers: str) -> requests.Response:
    with direct_session() as session:
        return session.request(method, url, headers=headers, timeout=60, allow_redirects=False)


def hold_nothing(*texts: object) -> None:
    for text in map(str, texts):
        assert not [word for word in WORDS if word in text]


@pytest.mark.parametrize("place", PLACES, ids=" ".join)
def test_they_are_in_no_exchange_and_in_nothing_shown(
    server: Server, place: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    method, path = place
    answer = ask(server.url + path, method, Cookie=COOKIES)
    (exchange,) = server.exchanges
    show(exchange)
    hold_nothing(capsys.readouterr(), answer.text, answer.headers)
    hold_nothing(exchange.as_text(), exchange.as_html(), vars(exchange))


def test_those_of_the_course_stay_beside_them(server: Server) -> None:
    name = server.settings.cookie.name
    ask(server.url + "/api/me", Cookie=f"_xsrf={SECRET}; {name}=ours; username-localhost-8888=x")
    assert dict(server.exchanges[-1].request_headers)["cookie"] == f"{name}=ours"


def test_mallorys_server_neither_keeps_them_nor_passes_them_on(server: Server) -> None:
    app = server.running.switch.app
    app.app = wire = Wire(app.app)
    mallory = Attacker(server.settings.port, server.settings.cookie.name)
    try:
        for page in PAGES.iterdir():
            answer = ask(mallory.url("127.0.0.1", page.name), Cookie=COOKIES)
            assert answer.ok
            hold_nothing(answer.text, answer.headers)
        said = f"{COOKIES}; {server.settings.cookie.name}=eyours\nfrom the storage"
        url = mallory.url("127.0.0.1", "stolen")
        requests.post(url, data=said, headers={"Cookie": COOKIES}, timeout=60)
        hold_nothing(mallory.stolen, vars(mallory), wire.heard, list(server.exchanges))
        assert mallory.stolen == [f"{server.settings.cookie.name}=eyours\nfrom the storage"]
        assert len(wire.heard) >= 2  # Mallory's own account, made for her
    finally:
        mallory.stop()


@pytest.mark.parametrize("headers", ELSEWHERE.values(), ids=ELSEWHERE)
@pytest.mark.parametrize(("method", "path"), each_day(6, PLACES))
def test_nothing_answers_at_localhost_or_behind_a_proxy(
    server: Server, method: str, path: str, headers: dict[str, str]
) -> None:
    answer = ask(server.url + path, method, **headers)
    assert answer.status_code == 421 and "set-cookie" not in answer.headers


@pytest.mark.parametrize("headers", ELSEWHERE.values(), ids=ELSEWHERE)
def test_neither_does_mallorys_server(mallory: Attacker, headers: dict[str, str]) -> None:
    for name in ("csrf-form.html", "steal.js", "cookie-tossing.html", "nothing"):
        assert ask(mallory.url("127.0.0.1", name), **headers).status_code == 421
    assert ask(mallory.url("127.0.0.1", "stolen"), "POST", **headers).status_code == 421


def test_no_path_below_a_proxy_is_known(server: Server) -> None:
    for path in (f"/proxy/{server.settings.port}/", "/proxy/1/api/me", "/lab", "/api/contents"):
        assert ask(server.url + path).status_code == 404


def test_mallorys_server_serves_her_pages_and_no_other_file(mallory: Attacker) -> None:
    for name in ("..%2fattacker.py", "%2e%2e/attacker.py", "..%5cattacker.py", "attacker.py", "."):
        assert ask(mallory.url("127.0.0.1", name)).status_code == 404


def test_what_is_recorded_holds_names_and_words_only() -> None:
    text = FILE.read_text(encoding="utf-8")
    hold_nothing(text)
    assert "ey" not in [value[:2] for value in json.dumps(text).split('\\"')]  # and no token
    assert not any(port in text for port in ("127.0.0.1", "localhost:"))


def test_no_page_of_the_attack_lab_leads_to_localhost_or_to_a_proxy(server: Server) -> None:
    attacks = AttackLab(server)
    for name in SCENARIOS:
        steps = attacks.link(name)
        for url in (steps.home, steps.page):
            host = url.split("/")[2].split(":")[0]
            assert host.endswith(".localhost") and "/proxy/" not in url
    attacks.close()
    for page in PAGES.iterdir():
        text = page.read_text(encoding="utf-8")
        assert "http://" not in text and "//localhost" not in text and "/proxy/" not in text


@pytest.mark.parametrize("engine", EACH_ENGINE)
def test_a_browser_that_is_in_jupyter_brings_nothing_of_it(server: Server, engine: str) -> None:
    async def jupyter(request: Request) -> Response:
        answer = JSONResponse({"cookies": sorted(request.cookies)})
        for name, value in JUPYTER.items():
            answer.set_cookie(name, value, httponly=name != "_xsrf", samesite=None)
        return answer

    listener = listen(0)
    port = listener.getsockname()[1]
    fake = ServerThread(Starlette(routes=[Route("/", jupyter)]), settings_of_tests(), listener)
    fake.start()
    app = server.running.switch.app
    app.app = wire = Wire(app.app)
    try:
        with opened(engine) as browser:
            for _ in range(2):
                browser.visit(f"http://localhost:{port}/", "location.hostname == 'localhost'")
            assert len(browser.cookies()) == len(JUPYTER)
            browser.visit(f"http://trax.localhost:{server.settings.port}/", "!door.hidden")
            assert browser.evaluate("document.cookie") == ""
            assert len(wire.heard) == 4  # the page, its script, its style sheet, /api/me
            hold_nothing(wire.heard)  # not even on the wire
            url = f"http://localhost:{server.settings.port}/"
            browser.visit(url, f"location.port == '{server.settings.port}'")
            assert "_xsrf" in str(wire.heard[4:])  # it does come, and is forgotten
            assert {one.status for one in list(server.exchanges)[4:]} == {421}
            hold_nothing([one.as_text() for one in server.exchanges], list(server.exchanges))
            assert len(browser.cookies()) == len(JUPYTER)
    finally:
        fake.stop()


def test_the_pages_of_class_go_without_cookies_of_others(server: Server) -> None:
    for name, endpoint in TOKEN_IN_STORAGE.items():
        server.plug(name, endpoint)
    for method, path in PLACES:
        answer = ask(server.url + path, method, Cookie=COOKIES)
        hold_nothing(answer.text, answer.headers)
    hold_nothing([one.as_text() for one in server.exchanges], list(server.exchanges))
