"""Exercise of lesson 09: a sign-in that no page of another origin can use in Ada's browser."""

import json
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.attacks.cross_origin_forms import (
    EVIL,
    FETCH,
    FORM,
    OTHERS,
    PASSWORD,
    SANDBOXED,
    browsers,
    by,
    let_in_or_refused,
)
from classroom.attacks.text_plain_form import text_plain_form
from classroom.checking.browser_visit import BrowserVisit
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from classroom.weak_routes.route_decorators import same_site
from classroom.weak_routes.signin import any_type
from minisrv.auth import csrf
from minisrv.errors import CrossSiteRequest, NotJson

URL, OURS = "/api/signin", "http://trax.localhost"
ADA, MALLORY = ({"email": e, "password": PASSWORD} for e in ("ada@trax.test", "mallory@evil.test"))
OWN = ("same-origin", "none")
JSON = "application/json"
OTHER_SPELLING = "Application/JSON; charset=utf-8"  # of the same type
URLENCODED = "application/x-www-form-urlencoded"
FORMS = {
    "a text/plain form": (text_plain_form(MALLORY)[0], "text/plain"),
    "an urlencoded form": (urlencode(MALLORY).encode(), URLENCODED),
}
# None of these types needs a preflight.
FETCHES = {
    "a fetch of text/plain": (json.dumps(MALLORY).encode(), "text/plain; a=" + JSON),
    "a fetch without a type": (json.dumps(MALLORY).encode(), ""),
    "a fetch of TEXT/PLAIN": (json.dumps(MALLORY).encode(), "TEXT/PLAIN"),
}


def check(visit: Visit) -> None:
    """Ada and a program sign in; then pages of other origins try it with Mallory's password."""
    for person in (ADA, MALLORY):
        visit.sign_up(**person)
    wrong = visit.sign_in(ADA["email"], "a wrong guess")
    visit.expect(wrong.status >= 400 and not wrong.cookies, "a wrong password does not sign in")
    for browser in browsers(visit):
        for page in OTHERS:
            _keeps_out(visit, browser, page)
        own = browser.send(URL, "POST", json=ADA)
        signed_in = own.status < 300 and browser.send("/api/me").status == 200
        visit.expect(signed_in, f"{by(browser, OURS, 'a fetch')}, our own page, signs in", own)
        typed = browser.send(URL, "POST", body=(json.dumps(ADA).encode(), OTHER_SPELLING))
        reason = f"{by(browser, OURS, 'a fetch')} signs in with the type {OTHER_SPELLING}"
        visit.expect(typed.status < 300, reason, typed)
    program = visit.sign_in(**ADA)
    let_in_or_refused(visit, program, "signs in")


def _keeps_out(visit: Visit, browser: BrowserVisit, page: str) -> None:
    """Try each kind of body; a fetch of another site is left out, it can set no cookie."""
    for name, body in (FORMS | ({} if page in (EVIL, SANDBOXED) else FETCHES)).items():
        how = FORM if name in FORMS else FETCH
        answer = browser.send(URL, "POST", body=body, initiator=page, **how)
        reason = f"{by(browser, page, name)} is refused"
        visit.expect(400 <= answer.status < 500, f"{reason} (403 or 415)", answer)
        visit.expect(not answer.cookies, f"{reason}, and no cookie is set", answer)


async def solution(request: Request) -> Response:
    kind = request.headers.get("content-type", "")
    # A browser sends a preflight before this type, and no route here allows it. So this protects
    # only as long as no CORS headers are added.
    is_json = kind.partition(";")[0].strip().lower() == "application/json"
    if not is_json:
        return JSONResponse({"error": "Send JSON."}, 415)
    return await any_type(request)


async def alternative(request: Request) -> Response:
    csrf.same_origin_only(request)
    return await any_type(request)


def _refusing(foreign: Callable[[dict[str, str]], bool]) -> Callable:
    async def guarded(request: Request) -> Response:
        if foreign({"content-type": "", **request.headers}):
            raise CrossSiteRequest
        return await any_type(request)

    return guarded


def _host(headers: dict[str, str]) -> str:
    return urlsplit(headers.get("origin", OURS)).netloc


async def reads_forms_too(request: Request) -> Response:
    """Reject only the type that the lesson showed."""
    kind, body = request.headers.get("content-type", ""), await request.body()
    if kind.startswith("text/plain"):
        raise NotJson
    read = json.dumps(dict(parse_qsl(body.decode()))) if kind == URLENCODED else body.decode()

    async def as_json() -> dict[str, object]:
        return {"type": "http.request", "body": read.encode(), "more_body": False}

    return await any_type(Request(request.scope, as_json))


async def cookie_all_the_same(request: Request) -> Response:
    answer = await any_type(request)
    answer.status_code = 200 if request.headers.get("origin", OURS) == OURS else 403
    return answer


strangers_only = _refusing(lambda h: h.get("sec-fetch-site") == "cross-site")
mentions_json = _refusing(lambda h: JSON not in h["content-type"])
two_types = _refusing(lambda h: h["content-type"].split(";")[0] in ("text/plain", URLENCODED))
sec_fetch_alone = _refusing(lambda h: h.get("sec-fetch-site", OWN[0]) not in OWN)

FRAME = """\
from classroom.weak_routes.signin import any_type


@server.endpoint("signin")
async def signin_of_mine(request):
    kind = request.headers.get("content-type", "")
    is_json = ...
    if not is_json:
        return JSONResponse({"error": "Send JSON."}, 415)
    return await any_type(request)
"""

EXERCISE = Exercise(
    id="attack-login",
    title="Signed in, as somebody else",
    endpoint="signin",
    check=check,
    hints=(
        "The attack needs no cookie of Ada's, so SameSite cannot stop it.",
        "Check the origin of the request, or demand a type of body that other pages cannot send.",
        "The gap: is the text before the first `;` of kind, stripped and in lower case, equal to "
        "'application/json'?",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(any_type, "a text/plain form of http://evil.localhost"),
        Wrong(same_site(any_type, "Strict"), "a text/plain form of http://evil.localhost"),
        Wrong(reads_forms_too, "an urlencoded form of http://evil.localhost"),
        Wrong(strangers_only, "form of http://blog.trax.localhost"),
        Wrong(mentions_json, "a fetch of text/plain"),
        Wrong(two_types, "a fetch without a type"),
        Wrong(_refusing(lambda h: _host(h) != h["host"]), "fetch of text/plain of https://trax"),
        Wrong(sec_fetch_alone, "without Sec-Fetch-*, a text/plain form"),
        Wrong(_refusing(lambda h: "origin" in h), "our own page, signs in"),
        Wrong(cookie_all_the_same, "no cookie is set"),
        Wrong(_refusing(lambda h: h["content-type"] != JSON), "signs in with the type"),
    ),
    afterthought="A sign-in changes something, too: who Ada is. It needs the check that every\n"
    "such route needs. Two layers, as in minisrv, are better than one. A request that has neither\n"
    "header may get in, as in minisrv, or be blocked, as OWASP recommends: both pass here.",
    stub="signin_of_mine",
    frame=FRAME,
)
