"""More answers to the exercise salt-guessable: random salts, and salts that can be computed."""

import asyncio
import itertools
import os
import random
import secrets
import ssl
import time
import uuid

import bcrypt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong
from classroom.checking.salts import salt_of
from minisrv.auth import passwords
from minisrv.db import models
from minisrv.db.models import User
from tests.lessons.answers.salt_each import digest, with_salts
from tests.support.answers import store


async def in_a_thread(request: Request) -> Response:
    body = await request.json()

    def hashed() -> str:
        return bcrypt.hashpw(password=body["password"].encode(), salt=bcrypt.gensalt()).decode()

    user = User(email=body["email"], password=await asyncio.to_thread(hashed))
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def whole_password(request: Request) -> Response:
    password = (await request.json())["password"]
    return await store(request, await request.app.state.workers.run(passwords.hash, password, 12))


async def letters_by_hand(request: Request) -> Response:
    body = await request.json()
    # 21 random letters of bcrypt's own alphabet are 126 bits; the last one is a filler.
    letters = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    salt = "$2b$12$" + "".join(secrets.choice(letters) for _ in range(21)) + "."
    hashed = await asyncio.to_thread(bcrypt.hashpw, body["password"].encode(), salt.encode())
    return await store(request, hashed.decode())


RIGHT = (
    in_a_thread,
    letters_by_hand,
    whole_password,
    with_salts(lambda body: salt_of(uuid.uuid4().bytes)),
    with_salts(lambda body: salt_of(ssl.RAND_bytes(16))),
    with_salts(lambda body: salt_of(random.SystemRandom().randbytes(16))),
    with_salts(lambda body: salt_of(digest(f"{body['email']} {time.time()} {os.urandom(16)}"))),
)

PROCESS_KEY = secrets.token_hex(16)
OWN_RANDOM = random.Random(2026)
NUMBERS, HASHED_NUMBERS = itertools.count(1), itertools.count(1)
POOL = [bcrypt.gensalt(4) for _ in range(8)]


async def prefix_of_gensalt(request: Request) -> Response:
    body = await request.json()
    salt = bcrypt.gensalt(4)[:7] + salt_of(digest(body["email"]))[7:]
    return await store(request, bcrypt.hashpw(body["password"].encode(), salt).decode())


async def two_letters_of_gensalt(request: Request) -> Response:
    body = await request.json()
    salt = bcrypt.gensalt(4)[:9] + salt_of(digest(body["email"]))[9:]
    return await store(request, bcrypt.hashpw(body["password"].encode(), salt).decode())


async def row_number(request: Request) -> Response:
    body, database = await request.json(), request.app.state.database
    with database() as session:
        salt = salt_of(digest(session.query(User).count()))
    return await store(request, bcrypt.hashpw(body["password"].encode(), salt).decode())


async def old_salt_of_the_table(request: Request) -> Response:
    """Take the salt of the account before, as random as one likes."""
    body, database = await request.json(), request.app.state.database
    with database() as session:
        first = session.query(User).first()
    salt = first.password.encode() if first else bcrypt.gensalt(4)
    return await store(request, bcrypt.hashpw(body["password"].encode(), salt).decode())


async def longer_password(request: Request) -> Response:
    body = await request.json()
    hashed = bcrypt.hashpw((body["password"] + PROCESS_KEY).encode(), bcrypt.gensalt(4))
    return await store(request, hashed.decode())


AT_HOME = "computed at home before the leak"
BITS, DRAWN = "random bits or more", "takes new random bytes from the operating system"
WRONG = (
    Wrong(with_salts(lambda body: salt_of(digest(body["email"] + "our secret"))), AT_HOME),
    Wrong(with_salts(lambda body: salt_of(digest(body["email"] + PROCESS_KEY))), AT_HOME),
    Wrong(with_salts(lambda body: salt_of(digest(body["email"] + body["password"]))), AT_HOME),
    Wrong(
        with_salts(lambda body: salt_of(uuid.uuid5(uuid.NAMESPACE_DNS, body["email"]).bytes)),
        AT_HOME,
    ),
    Wrong(with_salts(lambda body: salt_of(digest(time.time()))), AT_HOME),
    Wrong(with_salts(lambda body: salt_of(digest(time.time_ns() // 1000))), AT_HOME),
    Wrong(with_salts(lambda body: salt_of(random.randbytes(16))), AT_HOME),
    Wrong(with_salts(lambda body: salt_of(random.Random(body["email"]).randbytes(16))), AT_HOME),
    Wrong(with_salts(lambda body: random.choice(POOL)), AT_HOME),
    Wrong(prefix_of_gensalt, AT_HOME),
    Wrong(row_number, AT_HOME),
    Wrong(two_letters_of_gensalt, BITS),
    Wrong(with_salts(lambda body: salt_of(next(NUMBERS).to_bytes(16))), BITS),
    Wrong(with_salts(lambda body: salt_of(secrets.token_bytes(3) + bytes(13))), BITS),
    Wrong(with_salts(lambda body: salt_of(uuid.uuid1().bytes)), BITS),
    Wrong(with_salts(lambda body: salt_of(digest(next(HASHED_NUMBERS)))), DRAWN),
    Wrong(with_salts(lambda body: salt_of(OWN_RANDOM.randbytes(16))), DRAWN),
    Wrong(with_salts(lambda body: salt_of(digest(secrets.token_bytes(2)))), DRAWN),
    Wrong(old_salt_of_the_table, "a salt of its own"),
    Wrong(longer_password, "can still sign in"),
)
