"""Small routes behind a recorder on a real port, and a recorder without a socket, for tests."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

import jwt
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message

from classroom.browser_model import Client
from classroom.exchanges.exchange import Exchange
from classroom.exchanges.recording import Recorder
from classroom.server.server_thread import ServerThread
from minisrv.serve import server
from minisrv.settings import Settings

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}
KEY = "a key of more than thirty-two bytes"


async def sign_up(request: Request) -> Response:
    body = await request.json()
    claims = {"sub": "1", "iat": 1795000000, "exp": 1795028800, "jti": "7f" * 16}
    response = JSONResponse({"id": 1, "email": body["email"], "created": 1795000000}, 201)
    token = jwt.encode(claims, KEY, algorithm="HS256")
    response.set_cookie("__Host-TRAX_ACCESS_TOKEN", token, max_age=28800, secure=True)
    response.set_cookie("theme", "dark")
    return response


async def echo(request: Request) -> Response:
    return Response(await request.body(), media_type="text/plain")


async def unread(request: Request) -> Response:
    return Response(status_code=204)


async def crash(request: Request) -> Response:
    raise KeyError("email")


async def parts(request: Request) -> Response:
    return StreamingResponse(iter([b"x" * 50000, b"y" * 50000]), media_type="text/plain")


ROUTES = [
    Route("/api/signup", sign_up, methods=["POST"]),
    Route("/echo", echo, methods=["POST"]),
    Route("/unread", unread, methods=["POST"]),
    Route("/crash", crash),
    Route("/parts", parts),
]


class Served:
    """The routes behind a recorder on a real port."""

    def __init__(self) -> None:
        self.exchanges: deque[Exchange] = deque(maxlen=200)
        settings = Settings(port=0)
        listener = server.bind("127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.thread = ServerThread(
            Recorder(Starlette(routes=ROUTES), self.exchanges), settings, listener
        )

    def send(self, method: str, path: str, **options: object) -> Exchange:
        """Send a request and return the exchange that is newest right after the response."""
        Client(self.url, timeout=60).send(method, path, **options)
        return self.exchanges[-1]


async def no_message() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def no_send(message: Message) -> None:
    return None


def quiet() -> ASGIApp:
    return Response(status_code=204)


def asked(
    app: ASGIApp,
    headers: list[tuple[bytes, bytes]] | None = None,
    exchanges: deque[Exchange] | None = None,
    send: Callable[[Message], Awaitable[None]] = no_send,
) -> Exchange:
    """Call the app behind a recorder once, without a socket, and return what was recorded."""
    kept = deque() if exchanges is None else exchanges
    scope = {"type": "http", "method": "GET", "path": "/", "headers": headers or []}
    asyncio.run(Recorder(app, kept)(scope, no_message, send))
    return kept[-1]
