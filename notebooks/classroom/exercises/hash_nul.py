"""Exercise of lesson 03: a sign-in for older accounts that is safe with odd passwords."""

import bcrypt
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.bcrypt_calls import quick_hashes
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from classroom.exchanges.exchange import Exchange
from classroom.exercises.salt_verify import expect_whole_digest
from minisrv.auth import passwords
from minisrv.db.models import User
from minisrv.web import bodies

SHORT, FULL = "harbour lights", "f" * 71 + "!"
# Old accounts, from before there were rules. Each must still open, byte for byte.
ACCOUNTS = {
    "ada@trax.test": SHORT,
    "grace@trax.test": FULL,
    "linus@trax.test": "é" * 36,  # 72 bytes
    "hedy@trax.test": " Harbour LIGHTS, why? ",
    "annie@trax.test": "cafe\u0301 noir",  # é as e and an accent (NFD)
    "radia@trax.test": "café noir",
}
NOBODY = "tim@trax.test"
# What Mallory types: the address, the password, and what is odd about it.
ODD_TEXTS = (
    ("ada@trax.test", f"{SHORT}\0{SHORT}", "a password of another length, with a NUL, is refused"),
    ("ada@trax.test", "\0".join([SHORT] * 3), "Ada's password three times, with NULs, is refused"),
    ("ada@trax.test", f"{SHORT}\0{SHORT[:3]}", "a password that only begins like Ada's is refused"),
    ("ada@trax.test", f"{SHORT}\0", "Ada's password with a NUL at its end is refused"),
    ("ada@trax.test", f"\0{SHORT}", "Ada's password with a NUL before it is refused"),
    ("ada@trax.test", "", "an empty password is refused"),
    ("ada@trax.test", f"{SHORT} ", "Ada's password with a blank at its end is refused"),
    ("ada@trax.test", SHORT.upper(), "Ada's password in capitals is refused"),
    ("grace@trax.test", f"{FULL}!", "73 bytes are refused: no account has such a password"),
    ("grace@trax.test", f"{FULL}\0", "72 bytes and a NUL are refused"),
    ("grace@trax.test", "é" * 37, "37 é, which are 74 bytes, are refused"),
    ("linus@trax.test", "é" * 36 + "!", "36 é and a !, which are 73 bytes, are refused"),
    ("ada@trax.test", "x" * 5_000, "5,000 letters are refused"),
    ("ada@trax.test", "\ud800", "half a character is refused"),
    ("ada@trax.test", f"{SHORT}\ud800", "Ada's password with half a character more is refused"),
    (
        "hedy@trax.test",
        " Harbour LIGHTS, why\ud800 ",
        "half a character in place of the ? is refused",
    ),
    (
        "radia@trax.test",
        "caf\udcc3\udca9 noir",
        "two halves of characters in place of the é are refused",
    ),
)
NO_TEXTS = (5, None, True, [SHORT], {"password": SHORT}, [], {})


def check(visit: Visit) -> None:
    """Sign in with right and wrong passwords, as any test does; then with Mallory's odd ones."""
    with quick_hashes():
        for email, password in ACCOUNTS.items():
            visit.seed(email, bcrypt.hashpw(password.encode(), bcrypt.gensalt(4)).decode())
        for email, password in ACCOUNTS.items():
            right = visit.sign_in(email, password)
            visit.expect(right.status == 200, f"{email} signs in with the right password", right)
        wrong = visit.sign_in("ada@trax.test", "harbour light")
        visit.expect(wrong.status == 401, "a wrong password is answered 401", wrong)
        other = visit.sign_in(NOBODY, SHORT)
        visit.expect(other.status == 401, "an address without an account is answered 401", other)
        for email, password, reason in ODD_TEXTS:
            _expect_refused(visit, email, password, reason)
        for password in NO_TEXTS:
            _expect_refused(
                visit, "ada@trax.test", password, "a password that is no text is refused"
            )
        for email in NO_TEXTS:
            answer = visit.sign_in(email, SHORT)
            _expect_4xx(visit, answer, "an address that is no text is refused")
        for body in ({"email": "ada@trax.test"}, {"password": SHORT}, {}, [SHORT]):
            answer = visit.post("/api/signin", json=body)
            _expect_4xx(visit, answer, "a body without address or password is refused")
        stored = bcrypt.hashpw(SHORT.encode(), bcrypt.gensalt(4)).decode()
        expect_whole_digest(visit, stored, SHORT)


def _expect_refused(visit: Visit, email: str, password: object, reason: str) -> None:
    """Raise NotYet unless it is refused, and in the same way if there is no such account."""
    refused = visit.sign_in(email, password)
    _expect_4xx(visit, refused, reason)
    nobody = visit.sign_in(NOBODY, password)
    visit.expect(
        nobody.status == refused.status,
        f"an odd password gets the same status with an account ({refused.status}) and without",
        nobody,
    )


def _expect_4xx(visit: Visit, answer: Exchange, reason: str) -> None:
    visit.expect(answer.status in (400, 401, 422), f"{reason}, with 401, 400 or 422", answer)


async def solution(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)  # rejects all but two texts
    with request.app.state.database() as session:
        user = session.scalar(select(User).where(User.email == email))
    given = password.encode("utf-8", "surrogatepass")
    fits = len(given) <= 72 and b"\0" not in given
    if user and fits and bcrypt.checkpw(given, user.password.encode()):
        return JSONResponse(user.public())
    return JSONResponse({"error": "E-mail address or password is wrong."}, 401)


async def alternative(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)  # rejects all but two texts
    state = request.app.state
    with state.database() as session:
        user = session.scalar(select(User).where(User.email == email))
    stored, cost = user.password if user else None, state.settings.bcrypt_cost
    if await state.workers.run(passwords.verify, password, stored, cost):
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


FRAME = """\
import bcrypt
from sqlalchemy import select

from minisrv.db.models import User
from minisrv.web import bodies


@server.endpoint("signin")
async def signin(request):
    email, password = await bodies.read_credentials(request)  # rejects all but two texts
    with request.app.state.database() as session:
        user = session.scalar(select(User).where(User.email == email))
    given = password.encode("utf-8", "surrogatepass")
    fits = ...
    if user and fits and bcrypt.checkpw(given, user.password.encode()):
        return JSONResponse(user.public())
    return JSONResponse({"error": "E-mail address or password is wrong."}, 401)
"""

EXERCISE = Exercise(
    id="hash-nul",
    title="Odd passwords at the door",
    endpoint="signin",
    check=check,
    hints=(
        "Look at the sign-in with 51 characters, and at the one with 73 bytes.",
        "bcrypt adds a zero byte and repeats that up to 72 bytes, and it rejects longer input.",
        'The gap is len(given) <= 72 and b"\\0" not in given.',
    ),
    solution=solution,
    frame=FRAME,
    alternative=alternative,
    wrong=(
        Wrong(only_checkpw, "with a NUL, is refused"),
        Wrong(cut_at_72, "73 bytes are refused"),
        Wrong(no_nul_only, "password cannot be longer than 72 bytes"),
        Wrong(cut_at_the_nul, "with a NUL, is refused"),
        Wrong(counts_characters, "password cannot be longer than 72 bytes"),
        Wrong(catches_everything, "with a NUL, is refused"),
    ),
    afterthought="It works with most passwords that people type, so usual tests do not find it.\n"
    "Of each library, ask: which inputs does it treat as equal? Which does it reject?",
)
