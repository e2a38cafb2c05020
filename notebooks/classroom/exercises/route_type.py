"""Exercise of deeper/01-odd-bodies: a check of the type that looks right and accepts forms."""

from collections.abc import Awaitable, Callable
from email.message import Message

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.attacks.text_plain_form import text_plain_form
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from classroom.exchanges.exchange import Exchange
from minisrv.auth import passwords
from minisrv.db import models
from minisrv.db.models import User

JSON = "application/json"
OUR_PAGE = {"Sec-Fetch-Site": "same-origin"}  # and an Origin
# What a page of another site may declare without a preflight: the type before the semicolon is
# one of three, or there is none (Fetch standard, "CORS-safelisted request-header").
NO_PREFLIGHT = {
    "text/plain": "text/plain;charset=UTF-8",
    "a form": "application/x-www-form-urlencoded",
    "a form with files": "multipart/form-data; boundary=x",
    "text/plain that mentions JSON": "text/plain; application/json",
    "text/plain with JSON for a parameter": "text/plain; charset=application/json",
    "a form that mentions JSON": "application/x-www-form-urlencoded;application/json",
    "a form with JSON for a boundary": "multipart/form-data; boundary=application/json",
    "TEXT/PLAIN in capitals": "TEXT/PLAIN; Application/JSON",
    "no type at all": None,  # fetch of a Blob that has no type
    "an empty type": "",
    "text/plain and a blank": "text/plain ; charset=UTF-8",
}
OTHER_SPELLINGS = (
    "application/json; charset=utf-8",
    'application/json;charset="UTF-8"',
    "application/json ; charset=utf-8",  # RFC 9110 §5.6.6: blanks are allowed around the semicolon
    "Application/JSON",  # RFC 9110 §8.3.1: capitals do not matter
    "application/json;",
)
MALLORY = {"email": "mallory@evil.test", "password": "your playlists are mine"}


def check(visit: Visit) -> None:
    """Our own page; then all that Mallory's page sends without a preflight; other spellings."""
    _ours(visit, JSON)
    body, headers_of_form = text_plain_form(MALLORY)
    for name, kind in NO_PREFLIGHT.items():
        typed = {"Content-Type": kind}
        answer = visit.post("/api/signup", data=body, headers=headers_of_form | typed)
        # A route may look at the origin as well, and first: that is 403.
        _refused(visit, name, answer, (415, 403))
        bare = visit.post("/api/signup", data=body, headers=typed)
        _refused(visit, f"{name}, where no header names an origin,", bare, (415,))
    for kind in OTHER_SPELLINGS:
        _ours(visit, kind)


def _refused(visit: Visit, name: str, answer: Exchange, statuses: tuple[int, ...]) -> None:
    visit.expect(answer.status in statuses, f"{name} is answered 415", answer)
    visit.expect(len(visit.stolen_table()) == 1, "Mallory's page makes no account", answer)


def _ours(visit: Visit, kind: str) -> None:
    before = len(visit.stolen_table())
    body = f'{{"email": "ada{before}@trax.test", "password": "midnight train to georgia"}}'
    headers = {"Content-Type": kind, "Origin": visit.url, **OUR_PAGE}
    answer = visit.post("/api/signup", data=body.encode(), headers=headers)
    visit.expect(answer.status < 300, f"our own page's {kind} is answered with 2xx", answer)
    made = len(visit.stolen_table()) == before + 1
    visit.expect(made, "the sign-up of our own page makes an account", answer)


async def solution(request: Request) -> Response:
    header = request.headers.get("content-type", "")
    kind = header.partition(";")[0].strip().lower()
    if kind != "application/json":
        return JSONResponse({"error": "Send JSON, please."}, 415)
    body = await request.json()
    user = models.User(email=body["email"], password="left out today")
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def alternative(request: Request) -> Response:
    header = Message()  # Python's own parser of such headers
    header["Content-Type"] = request.headers.get("content-type", "")
    if header.get_content_type() != "application/json":
        return JSONResponse({"error": "Send JSON, please."}, 415)
    body, state = await request.json(), request.app.state
    cost = state.settings.bcrypt_cost
    hashed = await state.workers.run(passwords.hash, body["password"], cost)
    user = User(email=body["email"], password=hashed)
    models.add(state.database, user)
    return JSONResponse(user.public(), 201)


def rejecting(rejects: Callable[[str], bool]) -> Callable[[Request], Awaitable[Response]]:
    """Return a sign-up that responds 415 if `rejects(type)` is true, and else stores."""

    async def signup(request: Request) -> Response:
        if rejects(request.headers.get("content-type", "")):
            return JSONResponse({"error": "Send JSON, please."}, 415)
        body = await request.json()
        user = User(email=body["email"], password="left out today")
        models.add(request.app.state.database, user)
        return JSONResponse(user.public(), 201)

    return signup


THREE = ("text/plain", "multipart/form-data", "application/x-www-form-urlencoded")
mentions_it = rejecting(lambda kind: "application/json" not in kind.lower())
ends_with_it = rejecting(
    lambda kind: not kind.lower().removesuffix("; charset=utf-8").endswith("application/json")
)
to_the_letter = rejecting(lambda kind: kind != "application/json")
in_small_letters = rejecting(lambda kind: not kind.startswith("application/json"))
against_the_three = rejecting(lambda kind: kind.lower().startswith(THREE))
against_text = rejecting(lambda kind: kind.lower().startswith("text/"))


FRAME = """\
from minisrv.db import models


@server.endpoint("signup")
async def signup(request):
    header = request.headers.get("content-type", "")
    kind = ...
    if kind != "application/json":
        return ...
    body = await request.json()
    user = models.User(email=body["email"], password="left out today")
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)
"""

EXERCISE = Exercise(
    id="route-type",
    title="A type that mentions JSON",
    endpoint="signup",
    check=check,
    hints=(
        "What may follow the type itself in Content-Type?",
        "The sender chooses the parameters after the `;`, and the header may be missing.",
        'Compare the whole of `header.partition(";")[0].strip().lower()` with one string.',
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(mentions_it, "text/plain that mentions JSON is answered 415"),
        Wrong(ends_with_it, "text/plain that mentions JSON is answered 415"),
        Wrong(to_the_letter, "application/json; charset=utf-8 is answered with 2xx"),
        Wrong(in_small_letters, "Application/JSON is answered with 2xx"),
        Wrong(against_the_three, "no type at all is answered 415"),
        Wrong(against_text, "a form is answered 415"),
    ),
    afterthought="The sender chooses each byte of the header, parameters too, or sends no header.\n"
    "So parse it as the standard says, and compare one whole part with one whole string.\n"
    "A well-known framework had exactly this hole: CVE-2022-41919.",
    frame=FRAME,
)
