"""Who sends this request? The session cookie, its token, and the account behind it."""

from sqlalchemy import Connection, bindparam, exists, select
from starlette.requests import Request

from minisrv.auth import access_tokens, cookies
from minisrv.auth.access_tokens import Claims
from minisrv.db.models import RefreshToken, RevokedToken, User, first_user
from minisrv.errors import NotSignedIn

# Put together once, because that costs more than to run it: it is asked with every request.
SIGNED_OUT = exists().where(RevokedToken.id == bindparam("token_id"))
OWNER = select(User.__table__).where(User.id == bindparam("user_id"), ~SIGNED_OUT)
GOES_ON = exists().where(RefreshToken.family == bindparam("family"))
OWNER_REMEMBERED = OWNER.where(GOES_ON)


async def current_user(request: Request) -> User:
    """Return the user who is signed in, or raise NotSignedIn or TokenExpired."""
    return await owner(request, current_claims(request))


async def owner(request: Request, claims: Claims) -> User:
    """Return the account that `claims` name, or raise NotSignedIn: it, or the session, is over."""
    user = await request.app.state.reader.ask(_find, claims)
    if user is None:
        raise NotSignedIn
    return user


def current_claims(request: Request, even_expired: bool = False) -> Claims:
    """Return the claims of the token that came along, or raise NotSignedIn or TokenExpired."""
    settings = request.app.state.settings
    token = cookies.read(request, settings)
    if not token:
        raise NotSignedIn
    return access_tokens.read(token, settings.secret, even_expired)


def _find(connection: Connection, claims: Claims) -> User | None:
    """Return the account that the token names, unless it is gone or the token was signed out."""
    asked = {"user_id": claims.user_id, "token_id": claims.token_id}
    if claims.family is None:
        return first_user(connection, OWNER, **asked)
    return first_user(connection, OWNER_REMEMBERED, **asked, family=claims.family)
