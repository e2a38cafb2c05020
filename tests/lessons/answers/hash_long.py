"""More answers to the exercise hash-long: other ways to our form, and changed passphrases."""

import asyncio
import base64
import functools
import hashlib
import hmac
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import bcrypt
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong
from minisrv.auth import emails, passwords
from minisrv.db import models
from minisrv.db.models import User
from minisrv.web import bodies
from tests.support.answers import store

EXECUTOR = ThreadPoolExecutor(1)


async def as_the_reference_does(request: Request) -> Response:
    state = request.app.state
    email, password = await bodies.read_credentials(request)
    passwords.check_length(password)
    passwords.check_not_common(password, email)
    hashed = await state.workers.run(passwords.hash, password, state.settings.bcrypt_cost)
    user = User(email=emails.normalise(email), password=hashed)
    await asyncio.to_thread(models.add_user, state.database, user)
    return JSONResponse(user.public(), 201)


async def at_most_128_bytes(request: Request) -> Response:
    password = (await request.json())["password"]
    if len(password.encode()) > 128 or len(password) < 15:
        return JSONResponse({"error": "15 to 128 bytes, please."}, 422)
    return await store(request, await run_in_threadpool(passwords.hash, password, 10))


async def by_hand(request: Request) -> Response:
    text = unicodedata.normalize("NFC", (await request.json())["password"])
    keyed = hmac.new(b"TRAX password", text.encode("utf-8"), hashlib.sha384).digest()
    work = functools.partial(bcrypt.hashpw, base64.b64encode(keyed), bcrypt.gensalt(rounds=10))
    hashed = await asyncio.get_running_loop().run_in_executor(EXECUTOR, work)
    return await store(request, passwords.SCHEME + hashed.decode("ascii"))


RIGHT = (as_the_reference_does, at_most_128_bytes, by_hand)


def changed(change: object) -> object:
    """Return a route that hashes `change(password)` as our server does."""

    async def signup(request: Request) -> Response:
        password = change((await request.json())["password"])
        return await store(request, passwords.hash(password, 4))

    return signup


def entered(make: object, scheme: str = passwords.SCHEME) -> object:
    """Return a route that gives `make(password)`, as bytes, to bcrypt."""

    async def signup(request: Request) -> Response:
        entry = make((await request.json())["password"])
        hashed = bcrypt.hashpw(entry, bcrypt.gensalt(4)).decode()
        return await store(request, scheme + hashed)

    return signup


def keyed(password: str, key: bytes = b"TRAX password", hash: str = "sha384") -> bytes:
    """Return the keyed hash of `password`, without composing it first."""
    return base64.b64encode(hmac.digest(key, password.encode(), hash))


@functools.cache
def remembered(password: str) -> str:
    """Return a good hash, but the same one each time."""
    return passwords.hash(password, 4)


async def one_hash_for_a_passphrase(request: Request) -> Response:
    return await store(request, remembered((await request.json())["password"]))


async def peppered(request: Request) -> Response:
    password = (await request.json())["password"]
    return await store(
        request, passwords.hash(password, 4, pepper="a word that only this route has")
    )


async def kept_in_the_clear(request: Request) -> Response:
    return await store(request, passwords.SCHEME + (await request.json())["password"])


async def not_stored(request: Request) -> Response:
    body = await request.json()
    return JSONResponse({"email": body["email"], "hash": passwords.hash(body["password"], 4)}, 201)


METHOD = "so that our sign-in knows the method"
WHOLE, TYPED = "signs in with her whole passphrase", "signs in as it was typed"
WRONG = (
    Wrong(entered(lambda text: hashlib.sha256(text.encode()).hexdigest().encode(), ""), METHOD),
    Wrong(entered(keyed, ""), METHOD),
    Wrong(entered(keyed, "hmac-sha384"), METHOD),
    Wrong(entered(lambda text: text.encode()[-72:], ""), METHOD),
    Wrong(entered(lambda text: keyed(text, b"another key")), WHOLE),
    Wrong(entered(lambda text: keyed(text, hash="sha256")), WHOLE),
    Wrong(entered(lambda text: hashlib.sha384(text.encode()).hexdigest()[:72].encode()), WHOLE),
    Wrong(entered(keyed), f"{TYPED}: é as e and an accent"),
    Wrong(changed(lambda text: text[:99]), WHOLE),
    Wrong(changed(str.strip), WHOLE),
    Wrong(changed(lambda text: text[:100]), "is not cut"),
    Wrong(changed(lambda text: text[:50] + text[50:][-50:]), "is not cut"),
    Wrong(changed(lambda text: text.encode()[:100].decode()), "is not cut"),
    Wrong(changed(str.casefold), f"{TYPED}: 50 letters of 2 bytes"),
    Wrong(changed(lambda text: text.encode("ascii", "ignore").decode()), f"{TYPED}: 50 letters"),
    Wrong(changed(lambda text: unicodedata.normalize("NFKC", text)), f"{TYPED}: ﬁ as one letter"),
    Wrong(
        changed(lambda text: text if text.endswith(" ") and text[0] == "o" else text.strip()),
        f"{TYPED}: capitals",
    ),
    Wrong(one_hash_for_a_passphrase, "stored as two different texts"),
    Wrong(peppered, WHOLE),
    Wrong(kept_in_the_clear, "the passphrase is not in the table"),
    Wrong(not_stored, "ValueError"),
)
