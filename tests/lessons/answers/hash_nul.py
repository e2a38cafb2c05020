"""More answers to the exercise hash-nul: right sign-ins, and those that odd passwords open."""

import unicodedata

import bcrypt
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong
from minisrv.auth import passwords
from minisrv.web import bodies
from tests.support.answers import there

REFUSED = {"error": "E-mail address or password is wrong."}


async def everything_checked(request: Request) -> Response:
    body = await request.json()
    if not isinstance(body, dict):
        return JSONResponse({"error": "Send an object."}, 400)
    email, password = body.get("email"), body.get("password")
    if not isinstance(email, str) or not isinstance(password, str):
        return JSONResponse(REFUSED, 401)
    try:
        given = password.encode()
    except UnicodeEncodeError:
        return JSONResponse({"error": "Half a character is no text."}, 422)
    user = there(request.app.state.database, email)
    if not user or len(given) > 72 or b"\0" in given:
        return JSONResponse(REFUSED, 401)
    if not await run_in_threadpool(bcrypt.checkpw, given, user.password.encode()):
        return JSONResponse(REFUSED, 401)
    return JSONResponse(user.public())


async def refused_before_the_look(request: Request) -> Response:
    """Answer 422 to what can be nobody's password; that says nothing about an account."""
    email, password = await bodies.read_credentials(request)
    given = password.encode("utf-8", "surrogatepass")
    if not 1 <= len(given) <= 72 or 0 in given:
        return JSONResponse({"error": "No password is like that."}, 422)
    user = there(request.app.state.database, email)
    if user and bcrypt.hashpw(given, user.password.encode()) == user.password.encode():
        return JSONResponse(user.public())
    return JSONResponse(REFUSED, 401)


async def by_exceptions(request: Request) -> Response:
    try:
        body = await request.json()
        email, given = str.encode(body["email"]).decode(), str.encode(body["password"])
        user = there(request.app.state.database, email)
        right = user and 0 not in given and bcrypt.checkpw(given, user.password.encode())
    except (KeyError, TypeError, ValueError):
        right = False
    return JSONResponse(user.public()) if right else JSONResponse(REFUSED, 401)


async def verify_on_its_own(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)
    user = there(request.app.state.database, email)
    if user and await run_in_threadpool(passwords.verify, password, user.password, 12):
        return JSONResponse(user.public())
    return JSONResponse(REFUSED, 401)


async def same_work_for_all(request: Request) -> Response:
    """Check a hash that nothing fits where there is no account, so that it takes as long."""
    email, password = await bodies.read_credentials(request)
    user = there(request.app.state.database, email)
    stored = user.password if user else "$2b$12$" + "." * 53
    given = password.encode("utf-8", "surrogatepass")
    fits = len(given) <= 72 and b"\0" not in given
    right = await run_in_threadpool(bcrypt.checkpw, given if fits else b"", stored.encode())
    if user and fits and right:
        return JSONResponse(user.public())
    return JSONResponse(REFUSED, 401)


RIGHT = (
    same_work_for_all,
    everything_checked,
    refused_before_the_look,
    by_exceptions,
    verify_on_its_own,
)


def answering(matches: object, late: bool = False) -> object:
    """Return a sign-in that opens if `matches(password, stored)`, a text and bytes.

    It checks that both are texts, unless `late`.
    """

    async def signin(request: Request) -> Response:
        if late:
            body = await request.json()
            email, password = body["email"], body["password"]
        else:
            email, password = await bodies.read_credentials(request)
        user = there(request.app.state.database, email)
        if user and matches(password, user.password.encode()):
            return JSONResponse(user.public())
        return JSONResponse(REFUSED, 401)

    return signin


def encoded(encode: object) -> object:
    """Return a sign-in that is right but for how it makes bytes of the password."""

    def matches(password: str, stored: bytes) -> bool:
        given = encode(password)
        return len(given) <= 72 and 0 not in given and bcrypt.checkpw(given, stored)

    return answering(matches)


def passing(errors: str) -> object:
    """Return a sign-in that encodes with this handler of errors."""
    return encoded(lambda password: password.encode("utf-8", errors))


def fits(password: str, stored: bytes) -> bool:
    """Return True if the password is right; it must have at most 72 bytes and no NUL."""
    given = password.encode("utf-8", "surrogatepass")
    return len(given) <= 72 and 0 not in given and bcrypt.checkpw(given, stored)


def nul_replaced(by: str) -> object:
    """Return a sign-in that writes `by` for each NUL."""
    return encoded(lambda password: password.replace("\0", by).encode("utf-8", "surrogatepass"))


async def says_too_long(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)
    user, given = (
        there(request.app.state.database, email),
        password.encode("utf-8", "surrogatepass"),
    )
    if user and (len(given) > 72 or 0 in given):
        return JSONResponse({"error": "No password is like that."}, 422)
    if user and bcrypt.checkpw(given, user.password.encode()):
        return JSONResponse(user.public())
    return JSONResponse(REFUSED, 401)


OPENS = "signs in with the right password"
WRONG = (
    Wrong(passing("ignore"), "Ada's password with half a character more"),
    Wrong(passing("replace"), "half a character in place of the ?"),
    Wrong(passing("strict"), "UnicodeEncodeError"),
    Wrong(
        encoded(
            lambda text: text.encode("utf-8", "surrogateescape") if "\ud800" not in text else b"\0"
        ),
        "two halves of characters in place of the é",
    ),
    Wrong(nul_replaced(""), "Ada's password with a NUL at its end"),
    Wrong(
        encoded(lambda text: text.rstrip("\0").encode("utf-8", "surrogatepass")),
        "Ada's password with a NUL at its end",
    ),
    Wrong(encoded(lambda text: text.strip().encode("utf-8", "surrogatepass")), OPENS),
    Wrong(encoded(lambda text: text.lower().encode("utf-8", "surrogatepass")), OPENS),
    Wrong(
        encoded(lambda text: unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")),
        OPENS,
    ),
    Wrong(answering(lambda text, stored: text.isascii() and fits(text, stored)), OPENS),
    Wrong(
        answering(
            lambda text, stored: (
                text.isprintable() and fits(text, stored) and len(text.encode()) < 72
            )
        ),
        OPENS,
    ),
    Wrong(
        answering(
            lambda text, stored: (
                "\0" not in text
                and bcrypt.checkpw(text.encode("utf-8", "surrogatepass")[:72], stored)
            )
        ),
        "73 bytes are refused",
    ),
    Wrong(
        answering(
            lambda text, stored: (
                "\0" not in text
                and bcrypt.checkpw(text[:72].encode("utf-8", "surrogatepass"), stored)
            )
        ),
        "73 bytes are refused",
    ),
    Wrong(answering(fits, late=True), "AttributeError: 'int'"),
    Wrong(
        answering(lambda text, stored: isinstance(text, str) and fits(text, stored), late=True),
        "ProgrammingError",
    ),
    Wrong(
        answering(
            lambda text, stored: fits(text, stored) or text.encode("utf-8", "surrogatepass") == b""
        ),
        "an empty password",
    ),
    Wrong(says_too_long, "gets the same status with an account"),
)
