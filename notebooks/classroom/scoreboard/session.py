"""Attacks on the session that a sign-up starts: on its token, its cookie, and the origin."""

import base64
import hmac
import time

import jwt

from classroom.attacks.leaks import common_words
from classroom.attacks.wordlist import guess
from classroom.browser_model import Browser
from classroom.checking.browser_visit import BrowserVisit
from classroom.checking.visit import Visit
from classroom.exchanges.exchange import Exchange
from classroom.scoreboard.attack import ADA, Attack
from classroom.scoreboard.why_refused import why_refused
from minisrv.auth import passwords
from minisrv.auth.access_tokens import REQUIRED, TYPE

HOME, SIBLING = "http://trax.localhost/", "http://blog.trax.localhost/"
PORT, SCHEME = "http://trax.localhost:9999/", "https://trax.localhost/"
ELSEWHERE = ("http://evil.localhost/", SIBLING, PORT, SCHEME)
CLAIMS = {*REQUIRED, "sid", "nbf"}
HOURS, NEVER = 8 * 3600, 10**12  # in seconds
GRACE = {**ADA, "email": "grace@trax.test"}
PRODUCTION = {"production": True, "bcrypt_cost": 10}  # some routes set Secure there only


def _signed_in(visit: Visit) -> Exchange:
    """Return a sign-up whose response sets one cookie with a token."""
    up = visit.sign_up(**ADA)
    visit.expect(len(up.cookies) == 1, "the answer sets one cookie", up)
    visit.expect(up.token, "the cookie holds a signed token", up)
    return up


def _good_at_me(visit: Visit) -> None:
    up = _signed_in(visit)
    me = visit.get("/api/me", up)
    why = "" if me.status == 200 else f". It was refused because {why_refused(up, visit.settings)}"
    visit.expect(not why, f"with the cookie, GET /api/me is answered 200{why}", me)


def _weak_key(visit: Visit) -> None:
    up = _signed_in(visit)
    text, _, signature = up.token.rpartition(".")

    def signs(word: str) -> bool:
        mac = hmac.digest(word.encode(), text.encode(), "sha256")
        return base64.urlsafe_b64encode(mac).rstrip(b"=").decode() == signature

    found = guess(common_words(), signs)
    visit.expect(found.word is None, "no word of a list is the key", up)


def _personal_claims(visit: Visit) -> None:
    up = _signed_in(visit)
    whole = jwt.decode_complete(up.token, options={"verify_signature": False})
    text = str((whole["header"], whole["payload"]))
    private = "@" not in text and set(whole["payload"]) <= CLAIMS
    visit.expect(private, "the token says nothing about a person: its claims are the usual", up)
    missing = [name for name in REQUIRED if name not in whole["payload"]]
    visit.expect(not missing, f"the token has all of {', '.join(REQUIRED)}", up)
    visit.expect(whole["header"].get("typ") == TYPE, f"the token's typ is {TYPE}", up)
    visit.start_over()
    jti = whole["payload"]["jti"]
    for again in (visit.sign_up(**ADA), visit.sign_up(**GRACE)):
        other = jwt.decode(again.token, options={"verify_signature": False})["jti"]
        visit.expect(jti != other, "no two tokens have the same jti: a sign-out ends one", again)


def _for_ever(visit: Visit) -> None:
    up = _signed_in(visit)
    payload = jwt.decode(up.token, options={"verify_signature": False, "verify_exp": False})
    left = payload.get("exp", NEVER) - time.time()
    visit.expect(abs(left - HOURS) <= 5, "the token ends after eight hours, in seconds", up)
    browser = _kept(visit, up)
    ends = browser.cookies[0].expires  # None: when the browser closes, as NIST prefers it
    same = ends is None or abs(ends - browser.now - HOURS) <= 5
    visit.expect(same, "the cookie ends with the token, or earlier: Max-Age counts seconds", up)


def _script(visit: Visit) -> None:
    up = _signed_in(visit)
    text = str(up.response_headers) + up.response_body.decode()
    visit.expect(text.count(up.token) == 1, "the token is in the cookie alone", up)
    read = _kept(visit, up).request(HOME, kind="document.cookie", initiator=HOME)
    visit.expect(not read.cookie_header, "no script of the page can read the cookie: HttpOnly")


def _on_the_wire(visit: Visit) -> None:
    up, browser = _signed_in(visit), Browser("chromium")
    browser.receive("https://trax.test/", list(up.cookies))
    sent = browser.request("http://trax.test/", kind="link")
    visit.expect(not sent.cookie_header, "the cookie is not sent over http: Secure", up)


def _planted(visit: Visit) -> None:
    up = _signed_in(visit)
    browser = _kept(visit, up)
    name = browser.cookies[0].name
    browser.receive(SIBLING, f"{name}=of-mallory; Domain=trax.localhost; Path=/; Secure")
    sent = browser.request(HOME + "api/me", kind="fetch", initiator=HOME).cookie_header or ""
    visit.expect("of-mallory" not in sent, "a sibling cannot plant a cookie of that name", up)


def _kept(visit: Visit, up: Exchange | None = None) -> Browser:
    """Return a model browser that has stored the cookie of a sign-up."""
    up, browser = up or _signed_in(visit), Browser("chromium")
    browser.receive(HOME, list(up.cookies))
    visit.expect(len(browser.cookies) == 1, "a browser keeps the cookie", up)
    return browser


def _fetch_of_another_origin(visit: Visit) -> None:
    """Ask with JSON from other origins, as browsers do where CORS is open for all (lesson 09).

    tests/browsers/test_json_from_elsewhere.py lets real browsers do it.
    A form needs no such mistake, and is stopped by its media type as well: see account.py.
    """
    grace = _grace(visit)
    for metadata in (True, False):
        for engine in ("chromium", "firefox"):
            for page in ELSEWHERE:
                browser = BrowserVisit(visit, engine, fetch_metadata=metadata)
                browser.receive(HOME, list(grace.cookies))
                how = {"kind": "fetch", "credentials": "include", "initiator": page}
                answer = browser.send("/api/signup", "POST", json=ADA, **how)
                reason = f"JSON that a page at {page} has sent is answered 403"
                visit.expect(answer.status == 403, reason, answer)
                visit.expect(not answer.cookies, f"{reason}, without a cookie", answer)
    visit.expect(len(visit.stolen_table()) == 1, "it leaves no account behind", answer)
    me = visit.get("/api/me", grace)
    visit.expect(me.status == 200, "and does not sign Grace out", me)


def _sent_along(visit: Visit) -> None:
    up = _signed_in(visit)
    for engine in ("chromium", "firefox"):
        browser = Browser(engine)
        browser.receive(HOME, list(up.cookies))
        browser.later(3 * 60)  # for two minutes Chromium makes an exception
        form = {"kind": "form", "initiator": "http://evil.localhost/"}
        sent = browser.request(HOME + "api/playlists", "POST", **form)
        visit.expect(not sent.cookie_header, "a form elsewhere sends no cookie: SameSite", up)


def _who_was_here(visit: Visit) -> None:
    before = _grace(visit)
    phone = visit.sign_in(**GRACE)
    taken = visit.even_if_it_raises(lambda: visit.post("/api/signup", before, json=GRACE))
    me = visit.get("/api/me", before)
    reason = "a sign-up that fails does not sign out who was here before"
    visit.expect(taken.status >= 400 and me.status == 200, reason, me)
    visit.post("/api/signup", before, json=ADA)
    copy = visit.get("/api/me", before)
    reason = "Grace was signed in in this browser; that session has ended, for every copy: 401"
    visit.expect(copy.status == 401, reason, copy)
    other = visit.get("/api/me", phone)
    visit.expect(other.status == 200, "Grace stays signed in on her phone", other)


def _grace(visit: Visit) -> Exchange:
    """Return the sign-in of Grace, whose account is older."""
    visit.seed(GRACE["email"], passwords.hash(GRACE["password"], 4))
    return visit.sign_in(**GRACE)


SESSION = (
    Attack("the cookie opens no session", "06", _good_at_me),
    Attack("the key can be guessed", "06", _weak_key),
    Attack("the token has wrong claims", "06", _personal_claims),
    Attack("the token ends too late", "06", _for_ever),
    Attack("a script reads the token", "07", _script),
    Attack("the cookie goes over http", "07", _on_the_wire, PRODUCTION),
    Attack("a sibling plants the cookie", "08", _planted),
    Attack("other sites send the cookie", "08", _sent_along),
    Attack("another origin signs up", "09", _fetch_of_another_origin),
    Attack("the former session goes on", "10", _who_was_here),
)
