"""Exercise of lesson 03: use every byte of a long passphrase."""

import asyncio
import hashlib
import hmac
import unicodedata
from base64 import b64encode

import bcrypt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.bcrypt_calls import quick_hashes
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.salts import salt_in
from classroom.checking.visit import Visit
from minisrv.auth import passwords
from minisrv.db import models
from minisrv.db.models import User

LONG = "one two three four five six seven eight nine ten eleven twelve "
LONG += "midnight train to georgia, again and "
assert len(LONG) == 100

# Each is 15 to 100 bytes, and something that a route may have changed without noticing.
OTHERS = {
    "50 letters of 2 bytes each": "ÄÖÜäöüßéèêëáàâåãæçíìîïñóòôõøúùûýÿþðÀÁÂÃÅÆÇÈÉÊËÌÍÎÏ",
    "capitals, and blanks at both ends": "  The Last Tram to the HARBOUR leaves at Midnight  ",
    "Greek, Chinese and emoji": "μεσάνυχτα στο λιμάνι 午夜列車開往喬治亞 🚂🌧️🎷",
    "ﬁ as one letter and ² as a digit": "ﬁve ² times around the harbour before it rained",
    "é as e and an accent (NFD), as a laptop sends it": unicodedata.normalize(
        "NFD", "café noir at midnight, and another café noir at noon"
    ),
}
KEY, TEXT = b"TRAX password", LONG.encode()
# What a route may give to bcrypt in place of the keyed hash in base64.
NEARLY_RIGHT = {
    "the digest itself, and not its 64 characters in base64": hmac.digest(KEY, TEXT, "sha384"),
    "a keyed hash with SHA-256, and not SHA-384": b64encode(hmac.digest(KEY, TEXT, "sha256")),
    "a keyed hash of the first 72 bytes": b64encode(hmac.digest(KEY, TEXT[:72], "sha384")),
    "a hash without a key": b64encode(hashlib.sha384(TEXT).digest()),
    "the first 72 bytes of the password": TEXT[:72],
}


def check(visit: Visit) -> None:
    """Sign up with long passphrases, then sign in with them and with parts of them."""
    with quick_hashes():
        ada = visit.sign_up("ada@trax.test", LONG)
        visit.expect(ada.status < 300, "a passphrase of 100 bytes is answered with 2xx", ada)
        (row,) = visit.stolen_table()
        stored = str(row["password"])
        visit.expect(LONG[:60] not in stored, "the passphrase is not in the table")
        visit.expect(
            stored.startswith(passwords.SCHEME) and salt_in(stored) is not None,
            f"the stored text is {passwords.SCHEME} and a bcrypt hash, as passwords.hash makes it, "
            "so that our sign-in knows the method",
        )
        _expect_all_counts(visit)
        for number, (what, passphrase) in enumerate(OTHERS.items()):
            _expect_signs_in(visit, f"user{number}@trax.test", passphrase, what)
        _expect_all_or_refused(visit)
        grace = visit.sign_up("grace@trax.test", LONG)
        entries = [row["password"] for row in visit.stolen_table()]
        visit.expect(
            grace.status < 300 and entries[0] != entries[-1],
            "two equal passphrases are stored as two different texts",
        )


def _expect_all_counts(visit: Visit) -> None:
    right = visit.sign_in("ada@trax.test", LONG)
    visit.expect(
        right.status == 200,
        "Ada signs in with her whole passphrase at our sign-in, which computes the keyed hash as "
        f"passwords.hash does{_nearly_right(visit)}",
        right,
    )
    for kept in (72, 99):
        cut = visit.sign_in("ada@trax.test", LONG[:kept])
        visit.expect(cut.status == 401, f"the first {kept} bytes alone do not sign in", cut)
    for place in (0, 50, 71, 72, 99):
        other = visit.sign_in("ada@trax.test", LONG[:place] + "!" + LONG[place + 1 :])
        visit.expect(
            other.status == 401, f"it does not sign in with another letter {place + 1}", other
        )


def _nearly_right(visit: Visit) -> str:
    """Return what bcrypt was given, if it is one of NEARLY_RIGHT, else no text."""
    stored = str(visit.stolen_table()[0]["password"]).removeprefix(passwords.SCHEME).encode()
    for what, entry in NEARLY_RIGHT.items():
        if bcrypt.checkpw(entry, stored):
            return f"; yours gave bcrypt {what}"
    return ""


def _expect_signs_in(visit: Visit, email: str, passphrase: str, what: str) -> None:
    up = visit.sign_up(email, passphrase)
    visit.expect(up.status < 300, f"this passphrase is accepted: {what}", up)
    right = visit.sign_in(email, passphrase)
    visit.expect(right.status == 200, f"this passphrase signs in as it was typed: {what}", right)


def _expect_all_or_refused(visit: Visit) -> None:
    longer = LONG + " a second verse"
    up = visit.sign_up("linus@trax.test", longer)
    whole = visit.sign_in("linus@trax.test", longer)
    visit.expect(
        400 <= up.status < 500 or whole.status == 200,
        "a passphrase that is longer still is refused or counts as a whole, but is not cut",
        whole,
    )


async def solution(request: Request) -> Response:
    body = await request.json()
    text = unicodedata.normalize("NFC", body["password"]).encode()
    digest = hmac.digest(b"TRAX password", text, "sha384")
    entry = b64encode(digest)
    hashed = "hmac-sha384$" + bcrypt.hashpw(entry, bcrypt.gensalt(6)).decode()
    user = User(email=body["email"], password=hashed)
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def alternative(request: Request) -> Response:
    body, state = await request.json(), request.app.state
    cost, pepper = state.settings.bcrypt_cost, state.settings.pepper
    # Our server's own function, in a thread, so that nobody else waits.
    hashed = await state.workers.run(passwords.hash, body["password"], cost, pepper)
    user = User(email=body["email"], password=hashed)
    await asyncio.to_thread(models.add, state.database, user)
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
    digest = b64encode(hmac.digest(b"TRAX password", text, "sha512"))  # 88 bytes
    return await _store(request, digest, passwords.SCHEME)


FRAME = """\
import hmac
import unicodedata
from base64 import b64encode

import bcrypt

from minisrv.db import models
from minisrv.db.models import User


@server.endpoint("signup")
async def signup(request):
    body = await request.json()
    text = unicodedata.normalize("NFC", body["password"]).encode()
    digest = ...
    entry = ...
    hashed = "hmac-sha384$" + bcrypt.hashpw(entry, bcrypt.gensalt(6)).decode()
    user = User(email=body["email"], password=hashed)
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)
"""

EXERCISE = Exercise(
    id="hash-long",
    title="All of a long passphrase",
    endpoint="signup",
    check=check,
    hints=(
        "Look at the cell that follows OWASP's recipe by hand.",
        "hmac.digest takes a key, the bytes of the text, and the name of a hash function.",
        'The first gap is hmac.digest(b"TRAX password", text, "sha384"), the second '
        "b64encode(digest).",
    ),
    solution=solution,
    frame=FRAME,
    alternative=alternative,
    wrong=(
        Wrong(as_it_comes, "password cannot be longer than 72 bytes"),
        Wrong(refused, "answered with 2xx"),
        Wrong(cut_off, "so that our sign-in knows the method"),
        Wrong(cut_before_the_prehash, "yours gave bcrypt a keyed hash of the first 72 bytes"),
        Wrong(digest_too_long, "password cannot be longer than 72 bytes"),
    ),
    afterthought="If a limit cannot be removed, give it an input that fits:\n"
    "a digest of fixed size, in characters that bcrypt accepts, made with our own key.",
)
