"""Exercise of lesson 07: a session cookie with the flags it needs, tried in model browsers."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.browser_model import Browser
from classroom.checking.browser_visit import PAGE, SITE, BrowserVisit
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit

EVIL, BLOG = "http://evil.localhost/", "http://blog.trax.localhost/"
FAR = "trax.test"  # another machine: there Secure matters
TOSSED = "Domain=trax.localhost; Path=/; Secure; HttpOnly; SameSite=Lax"
HOURS = 3600


def check(visit: Visit) -> None:
    """Sign in with each browser; then a script, a form, the network, a sibling, and the clock."""
    for name in ("chromium", "firefox"):
        browser = BrowserVisit(visit, name)
        answer = browser.send("/api/signin", "POST")
        visit.expect(answer.status < 300, "the sign-in is answered with a status from 200 on")
        visit.expect(len(browser.cookies) == 1, f"the browser keeps one cookie; {browser.why}")
        life, cookie = browser.why, browser.cookies[0].name
        seen = browser.document_cookie(PAGE)
        visit.expect(not seen, f"no script of the page can read the cookie; it read {seen}")
        page = browser.request(SITE + "/health", kind="fetch", initiator=PAGE)
        visit.expect(page.names, f"the cookie goes to every path, to /health as well; {life}")
        sibling = browser.request(BLOG, kind="fetch", initiator=BLOG)
        visit.expect(not sibling.names, f"no other host gets the cookie; {life}")
        form = browser.request(SITE + "/api/me", "POST", kind="form", initiator=EVIL)
        why = form.decisions[0].reason.sentence
        visit.expect(not form.names, f"a form of another site does not carry the cookie; {why}")
        browser.later(8 * HOURS - 60)
        visit.expect(browser.cookies, f"a minute before eight hours it is there; {life}")
        browser.later(120)
        visit.expect(not browser.cookies, f"a minute after eight hours it is gone; {life}")
        _over_the_network(visit, name, answer.cookies)
        tossed = browser.receive(BLOG, f"{cookie}=mallory; {TOSSED}")[0].verdict
        visit.expect(tossed == "blocked", f"no sibling can set a cookie of the name {cookie}")


def _over_the_network(visit: Visit, name: str, lines: list[str]) -> None:
    """Receive the cookie over TLS from another machine, then send it a request over plain http."""
    browser = Browser(name)
    browser.receive(f"https://{FAR}/", list(lines))
    sent = browser.request(f"http://{FAR}/", kind="link")
    visit.expect(not sent.names, "no request over plain http to another machine carries the cookie")


async def solution(request: Request) -> Response:
    response = JSONResponse({"hello": "Ada"})
    flags = {"max_age": 8 * 60 * 60, "httponly": True, "secure": True}
    response.set_cookie("__Host-TRAX", "ada", samesite="lax", **flags)
    return response


async def alternative(request: Request) -> Response:
    response = JSONResponse({"hello": "Ada"})
    attributes = "Path=/; Max-Age=28800; HttpOnly; SameSite=Strict; Secure"
    response.headers.append("Set-Cookie", f"__Host-TRAX=ada; {attributes}")  # by hand
    return response


def _setting(line: str) -> Response:
    response = JSONResponse({"hello": "Ada"})
    response.headers.append("Set-Cookie", line)
    return response


async def readable(request: Request) -> Response:
    response = JSONResponse({"hello": "Ada"})
    response.set_cookie("TRAX", "ada", max_age=8 * 60 * 60)  # Starlette's defaults
    return response


async def no_path(request: Request) -> Response:
    return _setting("TRAX=ada; Max-Age=28800; HttpOnly; SameSite=Lax")


async def no_same_site(request: Request) -> Response:
    return _setting("TRAX=ada; Path=/; Max-Age=28800; HttpOnly")


async def none_without_secure(request: Request) -> Response:
    response = JSONResponse({"hello": "Ada"})
    response.set_cookie("TRAX", "ada", max_age=28800, httponly=True, samesite="none")
    return response


async def for_the_whole_site(request: Request) -> Response:
    return _setting(
        "TRAX=ada; Domain=trax.localhost; Path=/; Max-Age=28800; HttpOnly; SameSite=Lax"
    )


async def in_words(request: Request) -> Response:
    response = JSONResponse({"hello": "Ada"})
    response.set_cookie("TRAX", "ada", max_age="8h", httponly=True)  # type: ignore[arg-type]
    return response


async def in_milliseconds(request: Request) -> Response:
    response = JSONResponse({"hello": "Ada"})
    response.set_cookie("TRAX", "ada", max_age=8 * 60 * 60 * 1000, httponly=True)
    return response


async def express_seconds(request: Request) -> Response:
    response = JSONResponse({"hello": "Ada"})
    response.set_cookie("TRAX", "ada", max_age=28, httponly=True)  # 28800 ms, in seconds
    return response


async def in_the_clear(request: Request) -> Response:
    return _setting("TRAX=ada; Path=/; Max-Age=28800; HttpOnly; SameSite=Lax")


async def any_name(request: Request) -> Response:
    return _setting("TRAX=ada; Path=/; Max-Age=28800; HttpOnly; SameSite=Lax; Secure")


FRAME = """\
@server.endpoint("signin")
async def signin(request):
    response = JSONResponse({"hello": "Ada"})
    flags = {"max_age": ..., ...: True, ...: True}
    response.set_cookie("__Host-TRAX", "ada", samesite="lax", **flags)
    return response
"""

EXERCISE = Exercise(
    id="cookie-flags",
    title="The flags of a session cookie",
    endpoint="signin",
    check=check,
    hints=(
        "The first gap is a number, and the others are argument names of set_cookie, in quotes.",
        "max_age counts seconds, one attribute is about scripts, and one is about plain http.",
        'Write flags = {"max_age": 8 * 60 * 60, "httponly": True, "secure": True}.',
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(readable, "no script of the page"),
        Wrong(no_path, "to /health as well"),
        Wrong(for_the_whole_site, "no other host gets the cookie"),
        Wrong(no_same_site, "does not carry the cookie"),
        Wrong(none_without_secure, "SameSite=None needs Secure"),
        Wrong(in_words, "cannot be read"),
        Wrong(in_milliseconds, "for 333 d 8 h"),
        Wrong(express_seconds, "it is there"),
        Wrong(in_the_clear, "over plain http to another machine"),
        Wrong(any_name, "no sibling can set"),
    ),
    afterthought="For each attribute, ask what it stops: scripts, other sites, the network.\n"
    "Then look at what a browser does with the line. The server never learns of it.\n"
    "Without Max-Age the cookie would end with the browser, which NIST prefers (§5.1).",
    frame=FRAME,
)
