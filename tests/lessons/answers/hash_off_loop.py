"""More answers to the exercise hash-off-loop: other threads, and work that stays on the loop."""

import asyncio
import functools
import threading
from concurrent.futures import ThreadPoolExecutor

import bcrypt
from sqlalchemy import update
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong
from minisrv.auth import passwords
from minisrv.db import models
from minisrv.db.models import User
from tests.support.answers import store

POOL = ThreadPoolExecutor(3)


async def threadpool(request: Request) -> Response:
    password = (await request.json())["password"]
    return await store(request, await run_in_threadpool(passwords.hash, password, 12))


async def own_executor(request: Request) -> Response:
    password, loop = (await request.json())["password"], asyncio.get_running_loop()
    work = functools.partial(passwords.hash, password, cost=12)
    return await store(request, await loop.run_in_executor(POOL, work))


async def whole_sign_up_in_a_thread(request: Request) -> Response:
    body = await request.json()

    def sign_up() -> Response:
        hashed = bcrypt.hashpw(body["password"].encode(), bcrypt.gensalt(12)).decode()
        user = User(email=body["email"], password=hashed)
        models.add(request.app.state.database, user)
        return JSONResponse(user.public(), 201)

    return await asyncio.to_thread(sign_up)


RIGHT = (threadpool, own_executor, whole_sign_up_in_a_thread)


def napping(seconds: float) -> object:
    """Return a route that sleeps, and then hashes on the loop."""

    async def signup(request: Request) -> Response:
        await asyncio.sleep(seconds)  # let the others go first
        return await store(request, passwords.hash((await request.json())["password"], 12))

    return signup


async def waits_for_the_thread(request: Request) -> Response:
    password = (await request.json())["password"]
    return await store(request, POOL.submit(passwords.hash, password, 12).result())


async def once_more_on_the_loop(request: Request) -> Response:
    password = (await request.json())["password"]
    hashed = await asyncio.to_thread(passwords.hash, password, 12)
    return await store(request, hashed if passwords.verify(password, hashed, 12) else "")


FIRST: list[bool] = []


async def only_the_first_in_a_thread(request: Request) -> Response:
    password = (await request.json())["password"]
    FIRST.append(True)
    if len(FIRST) % 3 == 1:
        return await store(request, await asyncio.to_thread(passwords.hash, password, 12))
    return await store(request, passwords.hash(password, 12))


async def other_label(request: Request) -> Response:
    hashed = await asyncio.to_thread(passwords.hash, (await request.json())["password"], 4)
    return await store(request, hashed.replace("$04$", "$12$"))


async def bytes_of_bcrypt(request: Request) -> Response:
    password = (await request.json())["password"].encode()
    hashed = await asyncio.to_thread(bcrypt.hashpw, password, bcrypt.gensalt(12))
    return await store(request, hashed)


async def cost_10(request: Request) -> Response:
    password = (await request.json())["password"]
    return await store(request, await run_in_threadpool(passwords.hash, password, 10))


ONE_AT_A_TIME, KNOWN = threading.Lock(), {}


async def one_hash_for_a_password(request: Request) -> Response:
    password = (await request.json())["password"]

    def remembered() -> str:
        with ONE_AT_A_TIME:
            return KNOWN.get(password) or KNOWN.setdefault(password, passwords.hash(password, 12))

    return await store(request, await asyncio.to_thread(remembered))


async def placeholder_first(request: Request) -> Response:
    body, database = await request.json(), request.app.state.database
    user = User(
        email=body["email"], password=f"$2b$12${threading.get_ident():.>22}" + body["email"]
    )
    models.add(database, user)

    def hash_it() -> None:
        hashed = passwords.hash(body["password"], 12)
        with database.begin() as session:
            session.execute(update(User).where(User.id == user.id).values(password=hashed))

    return JSONResponse(user.public(), 201, background=BackgroundTask(hash_it))


WAITS = "answered while a password is hashed"
WRONG = (
    Wrong(placeholder_first, "the password's hash is in the table"),
    Wrong(napping(0.5), WAITS),
    Wrong(waits_for_the_thread, WAITS),
    Wrong(once_more_on_the_loop, WAITS),
    Wrong(only_the_first_in_a_thread, WAITS),
    Wrong(other_label, "the password's hash is in the table"),
    Wrong(bytes_of_bcrypt, "decode() makes text"),
    Wrong(cost_10, "cost 12"),
    Wrong(one_hash_for_a_password, "a hash of its own"),
)
