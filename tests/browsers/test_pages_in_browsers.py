"""People use the page in real browsers: sign up, keep playlists, sign out, are told what is wrong.

Skipped, visibly, for an engine that is not installed.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import Response

from classroom.real_browsers import Browser
from minisrv.auth import access_tokens, cookies
from minisrv.auth.current_user import current_claims
from minisrv.errors import Overloaded, TokenReused
from minisrv.routes.refresh import refresh
from minisrv.routes.signup.reference import signup
from tests.support.live import Live, serve, settings_of_tests
from tests.support.real_browsers import each_engine, opened
from tests.support.visitor import Visitor

ADA = ("ada@trax.test", "midnight train to georgia")
GRACE = ("grace@trax.test", "a passphrase of many words")
TYPE = """(() => {{
  const form = document.getElementById("{form}");
  for (const [name, value] of Object.entries({values})) form.elements[name].value = value;
  form.requestSubmit();
}})()"""
REMEMBER = "[signin, signup].forEach(form => { form.elements.remember.checked = true; })"
FOCUS = (
    "(document.activeElement.id || document.activeElement.getAttribute('aria-label') || "
    "document.activeElement.form?.id)"
)


@pytest.fixture(scope="module", params=each_engine("the page"))
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    with opened(request.param) as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, server: Live) -> Browser:
    """The page, open with nobody signed in."""
    browser.forget_cookies()
    browser.visit(f"http://trax.localhost:{server.port}/", "!door.hidden")
    return browser


def types(page: Browser, form: str, **values: str) -> None:
    """Fill in a form and send it, as Enter does."""
    page.evaluate(TYPE.format(form=form, values=values))


def signs_up(page: Browser, who: tuple[str, str] = ADA) -> None:
    types(page, "signup", email=who[0], password=who[1])
    page.wait(f"who.textContent == '{who[0]}'")


def names(page: Browser) -> object:
    return page.evaluate("[...playlists.children].map(one => one.firstChild.textContent)")


def test_ada_signs_up_keeps_playlists_and_signs_out(page: Browser, server: Live) -> None:
    signs_up(page)
    assert page.evaluate("door.hidden && !home.hidden && document.cookie") == ""
    for name in ("Night trains", "<img src=x onerror=document.title=1>"):
        types(page, "add", name=name)
        page.wait(f"[...playlists.children].some(one => one.firstChild.textContent == '{name}')")
    assert names(page) == [row["name"] for row in server.rows("playlists")]
    page.evaluate("playlists.querySelector('button').click()")
    page.wait("playlists.children.length == 1")
    assert len(server.rows("playlists")) == 1 and page.evaluate("document.title") == "TRAX"
    page.visit(page.evaluate("location.href"), "!home.hidden")  # still signed in
    page.evaluate("signout.click()")
    page.wait("!door.hidden")
    assert server.rows("revoked_tokens") and not page.cookies()
    page.visit(page.evaluate("location.href"), "!door.hidden")


def test_a_user_with_an_account_signs_in(page: Browser, server: Live) -> None:
    signs_up(page)
    page.evaluate("signout.click()")
    page.wait("!door.hidden")
    types(page, "signin", email=ADA[0], password=ADA[1])
    page.wait("!home.hidden")
    assert len(server.rows("users")) == 1


async def expire(request: Request) -> Response:
    """Replace the access token of the request by an expired one."""
    settings, claims = request.app.state.settings, current_claims(request)
    over = {"now": time.time() - 961, "family": claims.family}
    with request.app.state.database.begin() as session:
        session.execute(text("UPDATE refresh_tokens SET exchanged = exchanged - 961"))
    response = Response(status_code=204)
    token = access_tokens.issue(claims.user_id, settings.secret, 60, **over)
    cookies.set(response, settings.cookie, token, settings.session_seconds)
    return response


renewals: list[str] = []


async def counted(request: Request) -> Response:
    """Renew the session, slowly, so that other requests arrive meanwhile; count the renewals."""
    renewals.append(request.method)
    await asyncio.sleep(0.5)
    return await refresh(request)


@pytest.fixture
def remembered(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Live]:
    """A server that ends tokens at /health; Ada has come and is to be remembered."""
    with serve(settings_of_tests(), health=expire, refresh=counted) as server:
        browser.visit(f"http://trax.localhost:{server.port}/", "!door.hidden")
        browser.evaluate(REMEMBER)
        renewals.clear()
        yield server
        browser.forget_cookies()


def in_one_moment(*names: str) -> str:
    """Return JavaScript that adds several playlists before the first answer can come."""
    adds = [TYPE.format(form="add", values={"name": name}) for name in names]
    return f"fetch('/health').then(() => {{ {'; '.join(adds)} }})"


@pytest.mark.parametrize("form", ["signup", "signin"])
def test_a_remembered_user_goes_on_and_one_request_renews_for_all(
    browser: Browser, remembered: Live, form: str
) -> None:
    if form == "signin":
        assert Visitor(remembered, *ADA).signs_up().status_code == 201
    types(browser, form, email=ADA[0], password=ADA[1])
    browser.wait(f"who.textContent == '{ADA[0]}'")
    kept = ["__Host-TRAX_ACCESS_TOKEN", "__Host-TRAX_REFRESH_TOKEN"]
    assert [cookie["name"] for cookie in browser.cookies()] == kept
    assert [cookie["sameSite"] for cookie in browser.cookies()] == ["Lax", "Strict"]
    assert browser.evaluate("document.cookie") == ""
    (before,) = remembered.rows("refresh_tokens")
    browser.evaluate(in_one_moment("Night", "Day", "Noon"))
    browser.wait("playlists.children.length == 3 && said.hidden")
    (after,) = remembered.rows("refresh_tokens")
    assert after["digest"] != before["digest"] and after["family"] == before["family"]
    assert renewals == ["POST"]
    browser.evaluate("signout.click()")
    browser.wait("!door.hidden")
    assert not browser.cookies() and not remembered.rows("refresh_tokens")


def test_a_session_that_cannot_be_renewed_leads_to_the_door(
    browser: Browser, remembered: Live
) -> None:
    signs_up(browser)
    browser.evaluate("fetch('/health').then(answer => answer.status)")
    remembered.run("DELETE FROM refresh_tokens")
    types(browser, "add", name="Too late")
    browser.wait("!door.hidden && said.textContent == 'Please sign in.'")


def test_a_session_that_was_ended_for_safety_says_so_when_the_page_opens(
    browser: Browser, remembered: Live
) -> None:
    signs_up(browser)
    remembered.run("UPDATE refresh_tokens SET digest = 'of what a thief has by now'")
    browser.evaluate("fetch('/health').then(answer => answer.status)")
    browser.visit(browser.evaluate("location.href"), "!said.hidden && !door.hidden")
    assert browser.evaluate("said.textContent") == TokenReused.message


async def busy(request: Request) -> Response:
    raise Overloaded


def test_a_busy_server_signs_nobody_out(browser: Browser) -> None:
    with serve(settings_of_tests(), health=expire, refresh=busy) as server:
        browser.visit(f"http://trax.localhost:{server.port}/", "!door.hidden")
        browser.evaluate(REMEMBER)
        signs_up(browser)
        browser.evaluate("fetch('/health').then(answer => answer.status)")
        types(browser, "add", name="Night")
        browser.wait("!said.hidden")
        assert browser.evaluate("said.textContent") == Overloaded.message
        assert browser.evaluate("door.hidden && !home.hidden")
        browser.forget_cookies()


def test_what_is_wrong_is_said(page: Browser) -> None:
    types(page, "signin", email=ADA[0], password="not hers at all")
    page.wait("!said.hidden")
    assert page.evaluate("said.textContent") == "E-mail address or password is wrong."
    types(page, "signup", email=ADA[0], password="short")
    page.wait("said.textContent == 'The password needs at least 15 characters.'")
    signs_up(page)
    assert page.evaluate("said.hidden")


def test_a_session_that_has_ended_elsewhere_leads_to_the_door(page: Browser, server: Live) -> None:
    signs_up(page)
    server.run("DELETE FROM users")
    types(page, "add", name="Too late")
    page.wait("!door.hidden && said.textContent == 'Please sign in.'")


def test_what_the_address_says_is_searched_for_and_shown_as_text(
    page: Browser, server: Live
) -> None:
    signs_up(page)
    for name in ("Night trains", "Day trips"):
        types(page, "add", name=name)
    page.wait("playlists.children.length == 2")
    url = f"http://trax.localhost:{server.port}/?find="
    page.visit(url + "NIGHT", "found.textContent == 'Playlists with “NIGHT”'")
    assert names(page) == ["Night trains"]
    page.visit(url + "%3Cb%3E", "found.textContent == 'Playlists with “<b>”'")
    assert page.evaluate("found.children.length") == 0 and names(page) == []


def test_the_policy_lets_no_inline_script_run(page: Browser) -> None:
    blocked = page.evaluate(
        "new Promise(done => {"
        "  addEventListener('securitypolicyviolation', event => done(event.effectiveDirective));"
        "  found.innerHTML = '<img src=x onerror=\"document.title = 1\">';"
        "})"
    )
    assert blocked == "script-src-attr"
    page.wait("found.firstChild.complete")
    assert page.evaluate("found.firstChild.onerror") is None
    assert page.evaluate("document.title") == "TRAX"


def test_nothing_else_is_asked_for_than_what_is_there(page: Browser, server: Live) -> None:
    loaded = "performance.getEntriesByType('resource').map(one => new URL(one.name).pathname)"
    paths = ["/api/me", "/static/trax.css", "/static/trax.js"]
    assert sorted(page.evaluate(loaded)) == paths


@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_a_narrow_window(page: Browser, tmp_path: Path, width: int) -> None:
    page.evaluate(f"document.documentElement.style.width = '{width}px'")
    wide = (
        "Math.max(...[...document.querySelectorAll('*')].map(e => e.getBoundingClientRect().right))"
    )
    assert page.evaluate(wide) <= width


def test_the_focus_goes_where_one_goes_on_and_what_happened_is_told(page: Browser) -> None:
    signs_up(page)
    page.wait(f"{FOCUS} == 'found' && news.textContent == 'Signed in as {ADA[0]}.'")
    for name in ("Night", "Day", "Noon"):
        types(page, "add", name=name)
        page.wait(f"news.textContent.startsWith('Added “{name}”. ')")
    for gone, then in (("Day", "Delete Noon"), ("Noon", "Delete Night"), ("Night", "add")):
        page.evaluate(f"document.querySelector('[aria-label=\"Delete {gone}\"]').click()")
        page.wait(f"news.textContent.startsWith('Deleted “{gone}”. ') && {FOCUS} == '{then}'")
    assert str(page.evaluate("news.textContent")).endswith(" 0 playlists.")
    page.evaluate("signout.click()")
    page.wait(f"news.textContent == 'Signed out.' && {FOCUS} == 'signin'")
    types(page, "signin", email=ADA[0], password=ADA[1])
    page.wait(f"{FOCUS} == 'found'")


def test_what_a_search_found_is_told(page: Browser) -> None:
    signs_up(page)
    types(page, "add", name="Night trains")
    page.wait("playlists.children.length == 1")
    for word, found in (("NIGHT", "Found 1 playlist."), ("day", "Found 0 playlists.")):
        types(page, "find", find=word)
        page.wait(f"news.textContent == '{found}'")


def test_an_address_and_a_playlist_may_be_in_any_script(page: Browser, server: Live) -> None:
    signs_up(page, ("zoé@trax.test", ADA[1]))
    for name in ("Cafe\u0301", "שירים לדרך", "أغاني الليل", "夜行列車", "🎷 Bebop"):
        types(page, "add", name=name)
        page.wait(f"news.textContent.startsWith('Added “{name}”. ')")
    assert names(page) == [row["name"] for row in server.rows("playlists")]
    types(page, "find", find="CAFÉ")
    page.wait("news.textContent == 'Found 1 playlist.'")


async def in_html(request: Request) -> Response:
    """Answer as a proxy does whose server is down."""
    return Response("<html><h1>502 Bad Gateway</h1></html>", 502, media_type="text/html")


async def nothing(request: Request) -> Response:
    """Answer with the page of a network that wants one to sign in first."""
    return Response("<html>Welcome to the hotel</html>", 200, media_type="text/html")


@pytest.mark.parametrize(("answers", "status"), [(in_html, 502), (nothing, 200)])
def test_an_answer_that_is_not_ours_is_told_in_a_sentence(
    browser: Browser, answers: Callable[..., object], status: int
) -> None:
    with serve(settings_of_tests(), signin=answers) as server:
        browser.visit(f"http://trax.localhost:{server.port}/", "!door.hidden")
        types(browser, "signin", email=ADA[0], password=ADA[1])
        browser.wait("!said.hidden")
    said = f"TRAX cannot be reached (status {status}). Please try again later."
    assert browser.evaluate("said.textContent") == said
    types(browser, "signin", email=ADA[0], password=ADA[1])  # and now there is no server at all
    browser.wait("said.textContent == 'TRAX cannot be reached. Please try again later.'")


async def without_cookie(request: Request) -> Response:
    """Sign up; the response has no cookie, which is all that a browser shows that drops it."""
    response = await signup(request)
    del response.headers["set-cookie"]
    return response


def test_a_browser_that_keeps_no_cookie_is_told_so(browser: Browser) -> None:
    with serve(settings_of_tests(), signup=without_cookie) as server:
        browser.visit(f"http://trax.localhost:{server.port}/", "!door.hidden")
        types(browser, "signup", email=ADA[0], password=ADA[1])
        browser.wait("!said.hidden")
        assert browser.evaluate("door.hidden") is False
        said = str(browser.evaluate("said.textContent"))
        assert said.startswith("You are not signed in, because this browser has no session cookie")
        assert "Safari keeps no Secure cookie over http" in said
