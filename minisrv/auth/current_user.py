"""Find out who sent a request: the session cookie, its access token, and the account it names."""

from sqlalchemy import Connection, bindparam, exists, select
from starlette.requests import Request

from minisrv.auth import access_tokens, cookies
from minisrv.auth.access_tokens import Claims
from minisrv.db.models import RefreshToken, RevokedToken, User, first_user
from minisrv.errors import NotSignedIn

# Built once: building a statement costs more than running it, and every request runs one.
TOKEN_IS_REVOKED = exists().where(RevokedToken.id == bindparam("token_id"))
USER = select(User.__table__).where(User.id == bindparam("user_id"), ~TOKEN_IS_REVOKED)
FAMILY_EXISTS = exists().where(RefreshToken.family == bindparam("family"))
REMEMBERED_USER = USER.where(FAMILY_EXISTS)


async def current_user(request: Request) -> User:
    """Return the user who is signed in, or raise NotSignedIn or TokenExpired."""
    return await user_of(request, current_claims(request))


async def user_of(request: Request, claims: Claims) -> User:
    """Return the account that `claims` name; raise NotSignedIn if it or the session is gone."""
    user = await request.app.state.reader.ask(_find, claims)
    if user is None:
        raise NotSignedIn
    return user


def current_claims(request: Request, allow_expired: bool = False) -> Claims:
    """Return the claims of the access token in the request's cookie.

    Raises NotSignedIn, or TokenExpired unless `allow_expired`: see access_tokens.read.
    """
    settings = request.app.state.settings
    token = cookies.read(request, settings.cookie)
    if not token:
        raise NotSignedIn
    return access_tokens.read(token, settings.secret, allow_expired, settings.old_secret)


def _find(connection: Connection, claims: Claims) -> User | None:
    """Return the account unless it is gone, the token was revoked, or its family has ended."""
    values = {"user_id": claims.user_id, "token_id": claims.token_id}
    if claims.family is None:
        return first_user(connection, USER, **values)
    return first_user(connection, REMEMBERED_USER, **values, family=claims.family)
