"""Exercise of lesson 07: a sign-out that a browser obeys."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.browser_visit import BrowserVisit
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from minisrv.auth import cookies, csrf, sessions

NAME = "__Host-TRAX_ACCESS_TOKEN"
PASSWORD = "midnight train to georgia"
BLOG = "http://blog.trax.localhost/"


def check(visit: Visit) -> None:
    """Sign up at the reference, sign out at the student's route, and look what is left."""
    for name in ("chromium", "firefox"):
        visit.start_over()
        browser = BrowserVisit(visit, name)
        ada = {"email": "ada@trax.test", "password": PASSWORD}
        browser.send("/api/signup", "POST", json=ada)
        browser.receive(BLOG, "BLOG=ada; Path=/; Secure; HttpOnly; SameSite=Lax")
        before = browser.send("/api/me")
        visit.expect(before.status == 200, f"Ada is signed in before she signs out; {browser.why}")
        answer = browser.send("/api/signout", "POST")
        why = browser.why
        visit.expect(answer.status < 300, "signing out is answered with a status from 200 to 299")
        left = browser.cookies.names
        visit.expect(NAME not in left, f"the browser drops the cookie; {why}", answer)
        visit.expect("BLOG" in left, f"Ada stays signed in at the blog; {why}", answer)
        after = browser.send("/api/me")
        visit.expect(after.status == 401, "after signing out, /api/me is answered 401")


async def solution(request: Request) -> Response:
    response = Response(status_code=204)
    response.delete_cookie("__Host-TRAX_ACCESS_TOKEN", secure=True, httponly=True)
    return response


async def alternative(request: Request) -> Response:
    csrf.same_origin_only(request)
    await sessions.end(request)
    response = Response(status_code=204)
    cookies.clear(response, request.app.state.settings.cookie)  # the module that also sets it
    return response


async def empties_the_jar(request: Request) -> Response:
    """Empty the host's jar in Firefox, and in Chromium that of the whole site, blog included."""
    return Response(status_code=204, headers={"Clear-Site-Data": '"cookies"'})


async def not_secure(request: Request) -> Response:
    response = JSONResponse({"goodbye": True})
    response.delete_cookie(NAME)
    return response


async def other_path(request: Request) -> Response:
    response = JSONResponse({"goodbye": True})
    response.delete_cookie(NAME, path="/api", secure=True)
    return response


async def other_name(request: Request) -> Response:
    response = JSONResponse({"goodbye": True})
    response.delete_cookie("TRAX_ACCESS_TOKEN", secure=True)
    return response


async def emptied(request: Request) -> Response:
    response = JSONResponse({"goodbye": True})
    response.set_cookie(NAME, "", secure=True, httponly=True)
    return response


async def says_so(request: Request) -> Response:
    return JSONResponse({"goodbye": True})


FRAME = """\
@server.endpoint("signout")
async def signout_of_mine(request):
    response = Response(status_code=204)
    response.delete_cookie(...)
    return response
"""

EXERCISE = Exercise(
    id="cookie-signout",
    title="The cookie that will not be deleted",
    endpoint="signout",
    check=check,
    hints=(
        "A server cannot delete a cookie; it sends a Set-Cookie line with a time in the past.",
        "The name begins with __Host-, and each line with such a name must follow its rules.",
        "Give delete_cookie the cookie's whole name and secure=True, and leave path as it is.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(not_secure, "it is not Secure"),
        Wrong(other_path, "its path is not /"),
        Wrong(other_name, "no stored cookie has its name"),
        Wrong(emptied, "Chromium stored it"),
        Wrong(says_so, "received no Set-Cookie"),
        Wrong(empties_the_jar, "stays signed in at the blog"),
    ),
    afterthought="To delete a cookie is to set it with a time in the past: the same rules apply.\n"
    "So one place should set and clear: see minisrv/auth/cookies.py. A copy of the token still\n"
    "works, unless the server ends the session. A page of another origin must not sign Ada out.",
    alternative_lead="Another, which also ends the session for every copy of the token:",
    stub="signout_of_mine",
    frame=FRAME,
)
