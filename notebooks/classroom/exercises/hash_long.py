"""Exercise of lesson 03: use every byte of a long passphrase."""

import base64
import hmac
import unicodedata

import bcrypt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from minisrv.auth import passwords
from minisrv.db import models
from minisrv.db.models import User

LONG = "one two three four five six seven eight nine ten eleven twelve "
LONG += "midnight train to georgia, again and "
assert len(LONG) == 100


def check(visit: Visit) -> None:
    """Sign up with a passphrase of 100 letters, then sign in with parts of it."""
    ada = visit.sign_up("ada@trax.test", LONG)
    visit.expect(ada.status < 300, "a passphrase of 100 bytes is answered with 2xx", ada)
    (row,) = visit.stolen_table()
    visit.expect(LONG[:60] not in str(row["password"]), "the passphrase is not in the table")
    right = visit.sign_in("ada@trax.test", LONG)
    visit.expect(
        right.status == 200,
        "Ada signs in with her whole passphrase at our sign-in, which reads "
        "what passwords.hash writes",
        right,
    )
    for kept in (72, 99):
        cut = visit.sign_in("ada@trax.test", LONG[:kept])
        visit.expect(cut.status == 401, f"the first {kept} bytes alone do not sign in", cut)
    other = visit.sign_in("ada@trax.test", LONG[:99] + "!")
    visit.expect(other.status == 401, "another last letter does not sign in", other)
    grace = visit.sign_up("grace@trax.test", LONG)
    stored = [row["password"] for row in visit.stolen_table()]
    visit.expect(
        grace.status < 300 and stored[0] != stored[-1],
        "two equal passphrases are stored as two different texts",
    )


async def solution(request: Request) -> Response:
    body = await request.json()
    hashed = passwords.hash(body["password"], request.app.state.settings.bcrypt_cost)
    user = User(email=body["email"], password=hashed)
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def alternative(request: Request) -> Response:
    body = await request.json()
    text = unicodedata.normalize("NFC", body["password"]).encode()
    entry = base64.b64encode(hmac.digest(b"TRAX password", text, "sha384"))  # 64 bytes, always
    hashed = "hmac-sha384$" + bcrypt.hashpw(entry, bcrypt.gensalt(10)).decode()
    user = User(email=body["email"], password=hashed)
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def _store(request: Request, entry: bytes, scheme: str = "") -> Response:
    hashed = scheme + bcrypt.hashpw(entry, bcrypt.gensalt(4)).decode()
    user = User(email=(await request.json())["email"], password=hashed)
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def as_it_comes(request: Request) -> Response:
    return await _store(request, (await request.json())["password"].encode())


async def refused(request: Request) -> Response:
    if len((await request.json())["password"].encode()) > 72:
        return JSONResponse({"error": "At most 72 bytes, please."}, 422)
    return await as_it_comes(request)


async def cut_off(request: Request) -> Response:
    return await _store(request, (await request.json())["password"].encode()[:72])


async def cut_before_the_prehash(request: Request) -> Response:
    body = await request.json()
    hashed = passwords.hash(body["password"][:72], 4)
    user = User(email=body["email"], password=hashed)
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def digest_too_long(request: Request) -> Response:
    text = (await request.json())["password"].encode()
    digest = base64.b64encode(hmac.digest(b"TRAX password", text, "sha512"))  # 88 bytes
    return await _store(request, digest, passwords.SCHEME)


EXERCISE = Exercise(
    id="hash-long",
    title="All of a long passphrase",
    endpoint="signup",
    check=check,
    hints=(
        "Look at the hash that our own server stores: its prefix names the method.",
        "A keyed hash turns any password into 64 characters, and bcrypt reads all of them.",
        "Call minisrv.auth.passwords.hash(password, cost), which does both; no bcrypt.hashpw.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(as_it_comes, "password cannot be longer than 72 bytes"),
        Wrong(refused, "answered with 2xx"),
        Wrong(cut_off, "signs in with her whole passphrase"),
        Wrong(cut_before_the_prehash, "signs in with her whole passphrase"),
        Wrong(digest_too_long, "password cannot be longer than 72 bytes"),
    ),
    afterthought="If a limit cannot be removed, give it an input that fits:\n"
    "a digest of fixed size, in characters that bcrypt accepts, made with our own key.",
)
