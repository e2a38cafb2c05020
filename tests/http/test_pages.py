"""The page over HTTP: what is served, under which policy, and that nothing in it can run inline."""

import re
from html.parser import HTMLParser

import pytest

from minisrv.auth.passwords import MIN_LENGTH
from minisrv.routes.pages import PAGES, STATIC
from tests.support.live import Live
from tests.support.visitor import Visitor, assert_refused


class Elements(HTMLParser):
    """Collects the elements of a page, each as its name and its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def source(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")


def test_the_page_is_served_to_everybody_alike(server: Live) -> None:
    ada = Visitor(server)
    stranger = ada.sends("GET", "/")
    ada.signs_up()
    assert ada.sends("GET", "/").text == stranger.text
    assert stranger.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "<title>TRAX</title>" in stranger.text


@pytest.mark.parametrize(
    ("name", "kind"), [("trax.js", "text/javascript"), ("trax.css", "text/css")]
)
def test_what_the_page_loads_is_there(server: Live, name: str, kind: str) -> None:
    answer = Visitor(server).sends("GET", f"/static/{name}")
    assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"
    assert answer.text == source(name)


def test_the_page_loads_those_files_and_nothing_from_elsewhere() -> None:
    elements = Elements(source("index.html")).found
    loaded = [a["src"] for _, a in elements if "src" in a]
    loaded += [a["href"] for _, a in elements if "href" in a]
    assert sorted(loaded) == ["/static/trax.css", "/static/trax.js", "data:,"]
    assert {path.name for path in PAGES.iterdir()} == {"index.html", *STATIC}


def test_nothing_runs_inline_and_nothing_is_written_as_html() -> None:
    elements = Elements(source("index.html")).found
    assert not any(name.startswith("on") or name == "style" for _, a in elements for name in a)
    assert [a.get("src") for tag, a in elements if tag == "script"] == ["/static/trax.js"]
    assert not any(tag == "style" for tag, _ in elements)
    script = re.sub(r"//.*", "", source("trax.js"))
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.(write|cookie)|eval|Storage"
    assert not re.search(forbidden, script)


def test_every_input_has_a_label() -> None:
    inputs = re.findall(r"<input", source("index.html"))
    assert len(re.findall(r"<label>[^<]+<input", source("index.html"))) == len(inputs) == 8


def test_each_form_has_one_button_so_enter_does_what_it_says() -> None:
    forms = re.findall(r"<form.*?</form>", source("index.html"), re.DOTALL)
    assert [len(re.findall("<button", form)) for form in forms] == [1, 1, 1, 1]


def test_a_new_password_is_told_apart_and_its_rules_are_said_beforehand() -> None:
    elements = Elements(source("index.html")).found
    passwords = [a for tag, a in elements if tag == "input" and a.get("type") == "password"]
    assert [a["autocomplete"] for a in passwords] == ["current-password", "new-password"]
    assert passwords[1]["aria-describedby"] == "rules"
    rules = re.search(r'<p id="rules">([^<]+)', source("index.html"))
    assert rules and f"At least {MIN_LENGTH} characters" in rules[1]


def test_no_field_is_stricter_than_the_server() -> None:
    for _, attributes in Elements(source("index.html")).found:
        assert attributes.get("type") != "email"  # refuses zoé@trax.test
        assert not attributes.keys() & {"pattern", "minlength", "maxlength"}


@pytest.mark.parametrize(
    "path",
    ["index.html", "..%2fapp.py", "..%5capp.py", "%2e%2e/app.py", "trax.js%00", "TRAX.JS", "trax"],
)
def test_no_other_file_is_served(server: Live, path: str) -> None:
    request = f"GET /static/{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    assert server.says(request.encode()).status == 404


@pytest.mark.parametrize("path", ["/", "/static/trax.js"])
def test_at_localhost_and_behind_a_proxy_nothing_of_it_is_served(server: Live, path: str) -> None:
    for headers in ({"Host": "localhost:8888"}, {"X-Forwarded-Context": "/proxy/8000"}):
        answer = Visitor(server).sends("GET", path, headers=headers)
        assert_refused(answer, 421, "misdirected_request")
