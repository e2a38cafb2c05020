"""Exercise of lesson 03: a sign-in for older accounts that is safe with odd passwords."""

import bcrypt
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from minisrv.auth import passwords
from minisrv.db.models import User

SHORT, FULL = "harbour lights", "f" * 71 + "!"
ACCOUNTS = {"ada@trax.test": SHORT, "grace@trax.test": FULL}


def check(visit: Visit) -> None:
    """Sign in with right and wrong passwords, as any test does; then with Mallory's odd ones."""
    for email, password in ACCOUNTS.items():
        visit.seed(email, bcrypt.hashpw(password.encode(), bcrypt.gensalt(4)).decode())
    for email, password in ACCOUNTS.items():
        right = visit.sign_in(email, password)
        visit.expect(right.status == 200, f"{email} signs in with the right password", right)
    wrong = visit.sign_in("ada@trax.test", "harbour light")
    visit.expect(wrong.status == 401, "a wrong password is answered 401", wrong)
    unknown = visit.sign_in("linus@trax.test", SHORT)
    visit.expect(unknown.status == 401, "an address without an account is answered 401", unknown)
    for times in (2, 3):
        nul = visit.sign_in("ada@trax.test", "\0".join([SHORT] * times))
        visit.expect(nul.status == 401, "a password of another length, with a NUL, is refused", nul)
    end = visit.sign_in("ada@trax.test", SHORT + "\0" + SHORT[:3])
    visit.expect(end.status == 401, "a password that only begins like hers is refused", end)
    long = visit.sign_in("grace@trax.test", FULL + "!")
    visit.expect(
        long.status == 401, "73 bytes are answered 401: no account has such a password", long
    )
    many = visit.sign_in("grace@trax.test", "é" * 37)
    visit.expect(many.status == 401, "37 é are 74 bytes, and answered 401", many)
    half = visit.sign_in("ada@trax.test", "\ud800")
    visit.expect(half.status == 401, "half a character is answered 401", half)


async def solution(request: Request) -> Response:
    body = await request.json()
    with request.app.state.database() as session:
        user = session.scalar(select(User).where(User.email == body["email"]))
    given = body["password"].encode("utf-8", "surrogatepass")
    fits = len(given) <= 72 and b"\0" not in given
    if user and fits and bcrypt.checkpw(given, user.password.encode()):
        return JSONResponse(user.public())
    return JSONResponse({"error": "E-mail address or password is wrong."}, 401)


async def alternative(request: Request) -> Response:
    body = await request.json()
    with request.app.state.database() as session:
        user = session.scalar(select(User).where(User.email == body["email"]))
    stored = user.password if user else None
    if passwords.verify(body["password"], stored, cost=4):
        return JSONResponse(user.public())
    return JSONResponse({"error": "E-mail address or password is wrong."}, 401)


async def _answer(request: Request, matches) -> Response:
    body = await request.json()
    with request.app.state.database() as session:
        user = session.scalar(select(User).where(User.email == body["email"]))
    if user and matches(body["password"].encode(), user.password.encode()):
        return JSONResponse(user.public())
    return JSONResponse({"error": "E-mail address or password is wrong."}, 401)


async def only_checkpw(request: Request) -> Response:
    return await _answer(request, bcrypt.checkpw)


async def cut_at_72(request: Request) -> Response:
    return await _answer(
        request, lambda given, stored: b"\0" not in given and bcrypt.checkpw(given[:72], stored)
    )


async def no_nul_only(request: Request) -> Response:
    return await _answer(
        request, lambda given, stored: b"\0" not in given and bcrypt.checkpw(given, stored)
    )


async def cut_at_the_nul(request: Request) -> Response:
    return await _answer(
        request,
        lambda given, stored: (
            len(given) <= 72 and bcrypt.checkpw(given.partition(b"\0")[0], stored)
        ),
    )


async def counts_characters(request: Request) -> Response:
    text = (await request.json())["password"]
    if len(text) > 72 or "\0" in text:
        return JSONResponse({"error": "E-mail address or password is wrong."}, 401)
    return await only_checkpw(request)


async def catches_everything(request: Request) -> Response:
    try:
        return await only_checkpw(request)
    except ValueError:
        return JSONResponse({"error": "E-mail address or password is wrong."}, 401)


EXERCISE = Exercise(
    id="hash-nul",
    title="Odd passwords at the door",
    endpoint="signin",
    check=check,
    hints=(
        "Which texts become too many bytes for bcrypt.checkpw, a zero byte, or no bytes at all?",
        "bcrypt adds a zero byte and repeats that up to 72 bytes; it rejects longer input.",
        "Read with minisrv.web.bodies.read_credentials(request), encode with "
        '"surrogatepass", and answer 401 if len(given) > 72 or b"\\0" in given.',
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(only_checkpw, "with a NUL, is refused"),
        Wrong(cut_at_72, "73 bytes are answered 401"),
        Wrong(no_nul_only, "password cannot be longer than 72 bytes"),
        Wrong(cut_at_the_nul, "with a NUL, is refused"),
        Wrong(counts_characters, "password cannot be longer than 72 bytes"),
        Wrong(catches_everything, "with a NUL, is refused"),
    ),
    afterthought="It works with most passwords that people type, so usual tests do not find it.\n"
    "Of each library, ask: which inputs does it treat as equal? Which does it reject?",
)
