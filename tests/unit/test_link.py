"""A link to a page on this computer, and what it says where the browser is on another one."""

import pytest

from classroom.cookie_lab.own_tab import NO_TAB, OwnTabWalk
from classroom.display.hosted import HOSTS
from classroom.display.link import Link, elsewhere
from classroom.doctor.front_end import front_end
from tests.support.html_parsed import bundle
from tests.support.paths import NOTEBOOKS

URL = "http://trax.localhost:8001/"
DO = "Read on, or take this step with the course on your own computer."


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in HOSTS:
        monkeypatch.delenv(variable, raising=False)


@pytest.mark.parametrize("variable", HOSTS)
def test_the_doctor_knows_the_same_places(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, "1")
    assert front_end() == HOSTS[variable]


@pytest.mark.parametrize("variable", HOSTS)
def test_a_place_stands_in_one_table(variable: str) -> None:
    sources = [*(NOTEBOOKS / "classroom").rglob("*.py")]
    named = [path.name for path in sources if variable in path.read_text(encoding="utf-8")]
    assert named == ["hosted.py"]


def test_at_home_a_link_is_one_line() -> None:
    assert elsewhere() == "" and "\n" not in repr(Link(URL, note=elsewhere()))
    assert repr(OwnTabWalk(None)) == NO_TAB


@pytest.mark.parametrize("variable", HOSTS)
def test_on_a_hub_a_link_says_that_it_leads_nowhere_and_what_to_do(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "/user/ada/")
    link = Link(URL, note=elsewhere())
    assert repr(link).splitlines()[1].startswith(f"This notebook runs on {HOSTS[variable]}")
    assert repr(link).endswith(DO) and repr(OwnTabWalk(None)) == f"{NO_TAB} {elsewhere()}"
    assert DO in bundle(link)[1] and DO in bundle(OwnTabWalk(None))[1]
