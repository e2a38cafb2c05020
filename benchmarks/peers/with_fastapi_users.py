"""fastapi-users with its own bcrypt, SQLAlchemy and aiosqlite, as its documentation puts them.

python -m benchmarks.peers.with_fastapi_users PORT DATABASE COST
"""

import sys
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import email_validator
import uvicorn
from fastapi import Depends, FastAPI, HTTPException
from fastapi.responses import JSONResponse
from fastapi_users import BaseUserManager, FastAPIUsers, UUIDIDMixin, exceptions, schemas
from fastapi_users.authentication import AuthenticationBackend, CookieTransport, JWTStrategy
from fastapi_users.db import SQLAlchemyBaseUserTableUUID, SQLAlchemyUserDatabase
from fastapi_users.password import PasswordHelper
from pwdlib import PasswordHash
from pwdlib.hashers.bcrypt import BcryptHasher
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

PORT, DATABASE, COST = sys.argv[1:]
SECRET = uuid.uuid4().hex
email_validator.TEST_ENVIRONMENT = True  # the addresses end in .test

engine = create_async_engine(f"sqlite+aiosqlite:///{DATABASE}")
sessions = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    """The root of the tables."""


class User(SQLAlchemyBaseUserTableUUID, Base):
    """The library's own account."""


class UserManager(UUIDIDMixin, BaseUserManager[User, uuid.UUID]):
    """The library's own manager."""

    reset_password_token_secret = verification_token_secret = SECRET


async def session() -> AsyncIterator[AsyncSession]:
    """A session for each request."""
    async with sessions() as one:
        yield one


async def manager(one: AsyncSession = Depends(session)) -> AsyncIterator[UserManager]:  # noqa: B008
    """A manager for each request."""
    helper = PasswordHelper(PasswordHash((BcryptHasher(rounds=int(COST)),)))
    yield UserManager(SQLAlchemyUserDatabase(one, User), helper)


def strategy() -> JWTStrategy:
    """Tokens that last an hour."""
    return JWTStrategy(secret=SECRET, lifetime_seconds=3600)


transport = CookieTransport(cookie_max_age=3600)
backend = AuthenticationBackend(name="jwt", transport=transport, get_strategy=strategy)
users = FastAPIUsers[User, uuid.UUID](manager, [backend])


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """Make the tables."""
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield


app = FastAPI(lifespan=lifespan)


@app.post("/api/signup")
async def signup(
    body: schemas.BaseUserCreate,
    one: UserManager = Depends(manager),  # noqa: B008
) -> JSONResponse:
    """Create the account and sign it in."""
    try:
        user = await one.create(body, safe=True)
    except exceptions.UserAlreadyExists:
        raise HTTPException(409) from None
    signed_in = await backend.login(strategy(), user)
    cookie = {"Set-Cookie": signed_in.headers["set-cookie"]}
    return JSONResponse({"id": str(user.id), "email": user.email}, 201, cookie)


@app.get("/api/me")
async def me(user: User = Depends(users.current_user(active=True))) -> dict:  # noqa: B008
    """Answer the account of the cookie."""
    return {"id": str(user.id), "email": user.email}


@app.get("/health")
async def health() -> dict:
    """Answer."""
    return {"status": "ok"}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(PORT), access_log=False, log_level="warning")
