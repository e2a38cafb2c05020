"""More answers to `build-account`; the wrong ones try to get past the check."""

import unicodedata
from collections.abc import Awaitable, Callable

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from classroom.checking.exercise import Wrong
from minisrv.auth import emails, passwords
from minisrv.db import models
from minisrv.db.models import User
from minisrv.errors import EmailTaken, InvalidEmail
from minisrv.routes.signup import reference
from minisrv.routes.signup.verbs import EVERY_VERB
from minisrv.web import bodies

NO_STORE = {"Cache-Control": "no-store"}
Handler = Callable[[Request], Awaitable[Response]]


def signing_up(
    fold: Callable[[str], str] = emails.normalise,
    taken: Callable[[Request, IntegrityError, str], bool] = lambda r, error, e: models.is_duplicate(
        error
    ),
    answer: Callable[[User], object] = User.public,
    status: int = 201,
) -> Handler:
    """Return a sign-up that folds an address, judges an IntegrityError and answers as told."""

    async def signup(request: Request) -> Response:
        email, password = await bodies.read_credentials(request)
        user = User(email=fold(email), password=passwords.hash(password, 4))
        try:
            models.add(request.app.state.database, user)
        except IntegrityError as error:
            if not taken(request, error, fold(email)):
                raise
            raise EmailTaken from None
        return JSONResponse(answer(user), status, NO_STORE)

    return signup


def _is_there(request: Request, _error: IntegrityError, email: str) -> bool:
    with request.app.state.database() as session:
        return session.scalar(select(User.id).where(User.email == email)) is not None


def _anybody_there(request: Request, _error: IntegrityError, _email: str) -> bool:
    with request.app.state.database() as session:
        return session.scalar(select(func.count(User.id))) > 0


def ascii_only(email: str) -> str:
    """Take ASCII addresses only, as our own page's <input type=email> does."""
    if not email.isascii():
        raise InvalidEmail
    return emails.normalise(email)


def own_rule(fold: Callable[[str], str]) -> Callable[[str], str]:
    """Return a rule that looks for an @ and a line break, then folds."""

    def folded(email: str) -> str:
        local, at, domain = email.partition("@")
        if not (local and at and domain) or any(one in email for one in "\r\n "):
            raise InvalidEmail
        return fold(unicodedata.normalize("NFC", email))

    return folded


def by_compatibility(text: str) -> str:
    """Fold wide letters as well, which another mailbox may have."""
    return unicodedata.normalize("NFKC", text).lower()


def up_and_down(text: str) -> str:
    """Fold by way of the capitals, which makes one letter of two."""
    return text.upper().lower()


def without_accents(text: str) -> str:
    """Fold é to e, and so Zoé's mailbox to Zoe's."""
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(one for one in apart if not unicodedata.combining(one))


async def only_two_fields(request: Request) -> Response:
    body = await bodies.read_object(request)
    if set(body) - {"email", "password"}:
        return JSONResponse({"error": "Unknown field."}, 422)
    hashed = passwords.hash(bodies.text(body, "password"), 4)
    user = User(email=emails.normalise(bodies.text(body, "email")), password=hashed)
    models.add_user(request.app.state.database, user)
    return JSONResponse(user.public(), 201, NO_STORE)


async def nobody_at_all(request: Request) -> Response:
    return JSONResponse({"error": "Not today."}, 422)


async def deny_list(request: Request) -> Response:
    if request.method in ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"):
        return Response(status_code=405, headers={"Allow": "POST"})
    return await signing_up()(request)


RIGHT = (
    signing_up(taken=_is_there),
    signing_up(taken=lambda r, error, e: "users.email" in str(error.orig)),
    signing_up(fold=ascii_only),
    only_two_fields,
    reference,  # which also does all the rest
)
WRONG = (
    Wrong(nobody_at_all, "a new account is answered from 200 on"),
    Wrong(signing_up(fold=lambda e: emails.normalise(e).casefold()), "groß@trax.test is not"),
    Wrong(signing_up(fold=lambda e: up_and_down(emails.normalise(e))), "groß@trax.test is not"),
    Wrong(
        signing_up(fold=lambda e: emails.normalise(by_compatibility(e))),
        "not the mailbox fan@",
    ),
    Wrong(signing_up(fold=own_rule(up_and_down)), "is not the mailbox"),
    Wrong(signing_up(fold=own_rule(without_accents)), "not the mailbox fan@"),
    Wrong(signing_up(fold=own_rule(str.lower)), "no e-mail address"),
    Wrong(signing_up(taken=_anybody_there), "not for a duplicate"),
    Wrong(signing_up(taken=lambda r, error, email: "@" in email), "not for a duplicate"),
    Wrong(signing_up(answer=User.row), "no hash is in the answer"),
    Wrong(signing_up(answer=lambda user: {"id": 1, "email": "x"}), "id and email"),
    Wrong(signing_up(status=200), "201 Created"),
    Wrong(Route("/api/signup", deny_list, methods=[*EVERY_VERB, "BREW"]), "BREW is answered 405"),
)
