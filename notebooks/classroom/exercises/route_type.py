"""Exercise of lesson 01: a check of the type that looks right, and accepts forms of other sites."""

from collections.abc import Awaitable, Callable
from email.message import Message

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.attacks.text_plain_form import text_plain_form
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from minisrv.auth import passwords
from minisrv.db import models
from minisrv.db.models import User

# What a page of another site may declare without a preflight: the type before the semicolon is
# one of three, or there is none (Fetch standard, "CORS-safelisted request-header").
NO_PREFLIGHT = {
    "text/plain": "text/plain;charset=UTF-8",
    "a form": "application/x-www-form-urlencoded",
    "text/plain that mentions JSON": "text/plain; application/json",
    "a form that mentions JSON": "multipart/form-data; boundary=application/json",
    "no type at all": None,
}
OURS = ("application/json", "application/json; charset=utf-8", "Application/JSON")
MALLORY = {"email": "mallory@evil.test", "password": "your playlists are mine"}


def check(visit: Visit) -> None:
    """Our own page in three spellings; then all that Mallory's page sends without a preflight."""
    for number, kind in enumerate(OURS):
        ada = f'{{"email": "ada-{number}@trax.test", "password": "midnight train to georgia"}}'
        answer = visit.post("/api/signup", data=ada.encode(), headers={"Content-Type": kind})
        visit.expect(answer.status < 300, f"the type {kind} is answered with 2xx", answer)
    body, headers_of_form = text_plain_form(MALLORY)
    for name, kind in NO_PREFLIGHT.items():
        headers = {"Origin": headers_of_form["Origin"], "Content-Type": kind}
        answer = visit.post("/api/signup", data=body, headers=headers)
        visit.expect(answer.status == 415, f"{name} is answered 415", answer)
    visit.expect(len(visit.stolen_table()) == len(OURS), "Mallory's page made no account")


async def solution(request: Request) -> Response:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        return JSONResponse({"error": "Send JSON, please."}, 415)
    body = await request.json()
    user = User(email=body["email"], password=passwords.hash(body["password"], 4))
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def alternative(request: Request) -> Response:
    header = Message()  # Python's own parser of such headers
    header["Content-Type"] = request.headers.get("content-type", "")
    if header.get_content_type() != "application/json":
        return JSONResponse({"error": "Send JSON, please."}, 415)
    body = await request.json()
    user = User(email=body["email"], password=passwords.hash(body["password"], 4))
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


def rejecting(rejects: Callable[[str], bool]) -> Callable[[Request], Awaitable[Response]]:
    """Return a sign-up that responds 415 if `rejects(type)` is true, and else stores."""

    async def signup(request: Request) -> Response:
        if rejects(request.headers.get("content-type", "")):
            return JSONResponse({"error": "Send JSON, please."}, 415)
        body = await request.json()
        user = User(email=body["email"], password=passwords.hash(body["password"], 4))
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
        Wrong(to_the_letter, "charset=utf-8 is answered with 2xx"),
        Wrong(in_small_letters, "Application/JSON is answered with 2xx"),
        Wrong(against_the_three, "no type at all is answered 415"),
        Wrong(against_text, "a form is answered 415"),
    ),
    afterthought="The sender chooses each byte of the header, parameters too, or sends no header.\n"
    "So parse it as the standard says, and compare one whole part with one whole string.\n"
    "A well-known framework had exactly this hole: CVE-2022-41919.",
)
