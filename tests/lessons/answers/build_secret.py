"""More answers to `build-secret`; the wrong ones try to get past the check."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

import bcrypt
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong
from classroom.checking.salts import salt_of
from minisrv.auth import passwords
from minisrv.db import models
from minisrv.db.models import RevokedToken, User
from minisrv.errors import WeakPassword
from minisrv.routes.signup import reference
from minisrv.web import bodies

Hashing = Callable[[Request, str], Awaitable[str]]
Handler = Callable[[Request], Awaitable[Response]]
HASHPW = {"under": bcrypt.hashpw}  # kept in a place where no patch finds it


def _cost(request: Request) -> int:
    return request.app.state.settings.bcrypt_cost


def _ours(password: str, email: str) -> None:
    passwords.check_length(password)
    passwords.check_not_common(password, email)


async def _in_a_thread(request: Request, password: str) -> str:
    return await run_in_threadpool(passwords.hash, password, _cost(request))


def signing_up(
    hashing: Hashing = _in_a_thread, policy: Callable[[str, str], None] = _ours
) -> Handler:
    """Return a sign-up with this way to hash and this policy."""

    async def signup(request: Request) -> Response:
        email, password = await bodies.read_credentials(request)
        policy(password, email)
        user = User(email=email, password=await hashing(request, password))
        await asyncio.to_thread(models.add, request.app.state.database, user)
        return JSONResponse(user.public(), 201)

    return signup


async def to_thread(request: Request, password: str) -> str:
    return await asyncio.to_thread(passwords.hash, password, _cost(request))


async def own_pool(request: Request, password: str) -> str:
    with ThreadPoolExecutor(1) as pool:
        waiting = asyncio.wrap_future(pool.submit(passwords.hash, password, _cost(request)))
        return await waiting


async def to_thread_at(request: Request, password: str, cost: int) -> str:
    return await asyncio.to_thread(passwords.hash, password, cost)


async def costlier(request: Request, password: str) -> str:
    return await to_thread_at(request, password, _cost(request) + 1)


async def after_a_nap(request: Request, password: str) -> str:
    await asyncio.sleep(0.5)  # let the others go first
    return passwords.hash(password, _cost(request))


async def after_a_nap_by_another_name(request: Request, password: str) -> str:
    await asyncio.sleep(0.5)
    salt = bcrypt.gensalt(_cost(request))
    return passwords.SCHEME + HASHPW["under"](passwords._prehash(password, ""), salt).decode()


async def waits_for_its_thread(request: Request, password: str) -> str:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(passwords.hash, password, _cost(request)).result()


async def cheap_and_costly(request: Request, password: str) -> str:
    """Hash in a thread for show, and on the loop for the table."""
    await asyncio.to_thread(passwords.hash, password, _cost(request))
    return passwords.hash(password, _cost(request))


async def cost_eight(request: Request, password: str) -> str:
    return await to_thread_at(request, password, 8)


async def hex_of_it(request: Request, password: str) -> str:
    return password.encode().hex()


async def one_salt_for_each_cost(request: Request, password: str) -> str:
    salt = f"$2b${_cost(request):02d}$" + "a" * 21 + "."
    text = await asyncio.to_thread(bcrypt.hashpw, passwords._prehash(password, ""), salt.encode())
    return passwords.SCHEME + text.decode()


def salted(salts: Callable[[bytes], bytes]) -> Handler:
    """Return a sign-up whose 16 bytes of salt are `salts(address)`."""

    async def signup(request: Request) -> Response:
        email, password = await bodies.read_credentials(request)
        _ours(password, email)
        salt = salt_of(salts(email.encode()), _cost(request))
        text = await asyncio.to_thread(bcrypt.hashpw, passwords._prehash(password, ""), salt)
        user = User(email=email, password=passwords.SCHEME + text.decode())
        models.add(request.app.state.database, user)
        return JSONResponse(user.public(), 201)

    return signup


_turn = cycle([b"a" * 16, b"b" * 16])


async def names_a_cost_that_it_saves(request: Request, password: str) -> str:
    cheap = await to_thread_at(request, password, 4)
    return cheap.replace("$04$", f"${_cost(request):02d}$")


async def kept_in_another_table(request: Request, password: str) -> str:
    row = RevokedToken(id=password[:64], expires=0)
    await asyncio.to_thread(models.add, request.app.state.database, row)
    return await to_thread(request, password)


async def lower_case(request: Request, password: str) -> str:
    return await to_thread(request, password.lower())


async def up_to_the_nul(request: Request, password: str) -> str:
    return await to_thread(request, password.partition("\0")[0])


def _these(*refused: str) -> Callable[[str, str], None]:
    def policy(password: str, _email: str) -> None:
        if password in refused:
            raise WeakPassword

    return policy


def bytes_counted(password: str, email: str) -> None:
    passwords.check_not_common(password, email)
    if len(password.encode()) < 15:
        raise WeakPassword


def known_to_be_common(password: str, email: str) -> None:
    passwords.check_length(password)
    _these("passwordpassword")(password, email)


def for_any_address(password: str, _email: str) -> None:
    _ours(password, "")


RIGHT = (signing_up(to_thread), signing_up(own_pool), signing_up(costlier), reference)
WRONG = (
    Wrong(signing_up(after_a_nap), "while a password is hashed"),
    Wrong(signing_up(after_a_nap_by_another_name), "while a password is hashed"),
    Wrong(signing_up(waits_for_its_thread), "while a password is hashed"),
    Wrong(signing_up(cheap_and_costly), "while a password is hashed"),
    Wrong(signing_up(cost_eight), "of request.app.state.settings.bcrypt_cost"),
    Wrong(signing_up(hex_of_it), "as two hashes"),
    Wrong(signing_up(one_salt_for_each_cost), "as two hashes"),
    Wrong(salted(lambda email: hashlib.md5(email).digest()), "the salt is random"),
    Wrong(salted(lambda email: next(_turn)), "as two hashes"),
    Wrong(signing_up(names_a_cost_that_it_saves), "the cost that the hash names was spent"),
    Wrong(signing_up(kept_in_another_table), "nor in another"),
    Wrong(signing_up(policy=for_any_address), "the visitor's own name"),
    Wrong(signing_up(lower_case), "or other letters"),
    Wrong(signing_up(up_to_the_nul), "what stands before a NUL"),
    Wrong(signing_up(policy=_these("trax", "fourteen chars", "passwordpassword")), "short or"),
    Wrong(signing_up(policy=bytes_counted), "short or common"),
    Wrong(signing_up(policy=known_to_be_common), "short or common"),
    Wrong(signing_up(policy=lambda password, email: None), "short or common"),
)
