"""More answers to the exercise salt-each: other right routes, and salts that are not new."""

import functools
import hashlib
import itertools
import os
import random
import secrets
import time

import bcrypt
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong
from classroom.checking.salts import salt_of
from minisrv.auth import passwords
from minisrv.db.models import User
from minisrv.web import bodies
from tests.support.answers import store


def with_salts(salt_for: object) -> object:
    """Return a route whose salt is `salt_for(body)`, and which is right otherwise."""

    async def signup(request: Request) -> Response:
        body = await request.json()
        hashed = bcrypt.hashpw(body["password"].encode(), salt_for(body))
        return await store(request, hashed.decode())

    return signup


async def whole_password(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)
    hashed = await request.app.state.workers.run(passwords.hash, password, 12)
    with request.app.state.database.begin() as session:
        session.add(User(email=email, password=hashed))
    return JSONResponse({"email": email})


async def older_version(request: Request) -> Response:
    password = (await request.json())["password"].encode()
    hashed = await run_in_threadpool(bcrypt.hashpw, password, bcrypt.gensalt(10, b"2a"))
    return await store(request, str(hashed, "ascii"))


async def salt_kept_apart_and_put_together(request: Request) -> Response:
    salt = bcrypt.gensalt()
    hashed = bcrypt.hashpw((await request.json())["password"].encode(), salt)
    assert hashed.startswith(salt)
    return await store(request, (salt + hashed[len(salt) :]).decode())


RIGHT = (
    whole_password,
    older_version,
    salt_kept_apart_and_put_together,
    with_salts(lambda body: salt_of(os.urandom(16))),
    with_salts(lambda body: salt_of(hashlib.sha256(os.urandom(16) + b"TRAX").digest()[:16])),
)

POOL = [bcrypt.gensalt(4) for _ in range(200)]
IN_TURN = itertools.cycle(POOL[:10])


@functools.cache
def remembered(password: str) -> str:
    """Return a good hash, but the same one each time."""
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(4)).decode()


async def one_hash_for_a_password(request: Request) -> Response:
    return await store(request, remembered((await request.json())["password"]))


async def made_different_by_hand(request: Request) -> Response:
    body = await request.json()
    hashed = bcrypt.hashpw(body["password"].encode(), POOL[0]).decode()
    return await store(request, f"{body['email']}${hashed}")


async def address_mixed_into_the_password(request: Request) -> Response:
    body = await request.json()
    return await store(
        request, bcrypt.hashpw((body["email"] + body["password"]).encode(), POOL[0]).decode()
    )


async def own_format(request: Request) -> Response:
    salt = secrets.token_hex(16)
    digest = hashlib.sha256((salt + (await request.json())["password"]).encode()).hexdigest()
    return await store(request, f"{salt}${digest}")


async def left_as_bytes(request: Request) -> Response:
    password = (await request.json())["password"].encode()
    return await store(request, bcrypt.hashpw(password, bcrypt.gensalt(4)))


async def bytes_as_python_shows_them(request: Request) -> Response:
    password = (await request.json())["password"].encode()
    return await store(request, str(bcrypt.hashpw(password, bcrypt.gensalt(4))))


async def another_password(request: Request) -> Response:
    return await store(request, bcrypt.hashpw(b"password", bcrypt.gensalt(4)).decode())


def changed(change: object) -> object:
    """Return a route that hashes `change(password)`, with a good salt."""

    async def signup(request: Request) -> Response:
        password = change((await request.json())["password"])
        return await store(request, bcrypt.hashpw(password, bcrypt.gensalt(4)).decode())

    return signup


async def nothing_stored(request: Request) -> Response:
    return JSONResponse({"email": (await request.json())["email"]}, 201)


def digest(text: object) -> bytes:
    """Return 16 bytes computed from `text`."""
    return hashlib.sha256(str(text).encode()).digest()[:16]


NUMBERS = itertools.count()
DRAWN = "takes new random bytes from the operating system"
WORKS = "can sign in with the password as typed"
WRONG = (
    Wrong(with_salts(lambda body: salt_of(digest(next(NUMBERS)))), DRAWN),
    Wrong(with_salts(lambda body: salt_of(digest(time.perf_counter_ns()))), DRAWN),
    Wrong(with_salts(lambda body: salt_of(random.randbytes(16))), DRAWN),
    Wrong(with_salts(lambda body: next(IN_TURN)), "64 accounts have 64 different salts"),
    Wrong(with_salts(lambda body: secrets.choice(POOL)), "64 accounts have 64 different salts"),
    Wrong(
        with_salts(lambda body: salt_of(secrets.token_bytes(1) * 16)),
        "64 accounts have 64 different salts",
    ),
    Wrong(
        with_salts(lambda body: salt_of(hashlib.sha256(body["email"].encode()).digest()[:16])),
        "made again has a new salt",
    ),
    Wrong(
        with_salts(lambda body: salt_of(hashlib.sha256(body["password"].encode()).digest()[:16])),
        "have different entries",
    ),
    Wrong(
        with_salts(lambda body: salt_of(int(time.time() / 10**6).to_bytes(16))),
        "have different entries",
    ),
    Wrong(one_hash_for_a_password, "have different entries"),
    Wrong(made_different_by_hand, "the form that bcrypt.hashpw returns"),
    Wrong(address_mixed_into_the_password, WORKS),
    Wrong(own_format, "the form that bcrypt.hashpw returns"),
    Wrong(left_as_bytes, "decode() makes text of them"),
    Wrong(bytes_as_python_shows_them, "the form that bcrypt.hashpw returns"),
    Wrong(another_password, WORKS),
    Wrong(changed(lambda text: text.strip().encode()), WORKS),
    Wrong(changed(lambda text: text.lower().encode()), WORKS),
    Wrong(changed(lambda text: text.encode("ascii", "ignore")), WORKS),
    Wrong(changed(lambda text: text.encode("latin-1")), WORKS),
    Wrong(changed(lambda text: text.encode()[:8]), WORKS),
    Wrong(nothing_stored, "both accounts are in the table"),
)
