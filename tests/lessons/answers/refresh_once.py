"""More answers to `refresh-once`; the wrong ones try to get past the check."""

from collections.abc import Callable

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from classroom.checking.exercise import Wrong
from classroom.weak_routes.refresh import digest, new_token, renewed, sent_tokens
from minisrv.db.models import RefreshToken
from minisrv.errors import NotSignedIn, TokenReused

Exchange = Callable[[Session, str, str, str], RefreshToken | None]


def by(exchange: Exchange, token: Callable[[str], str] = lambda old: new_token()) -> Callable:
    """Return a route that calls `exchange(session, family, old, new)` in one transaction."""

    async def refresh(request: Request) -> Response:
        family, old = sent_tokens(request)
        new = token(old)
        with request.app.state.database.begin() as session:
            row = exchange(session, family, old, new)
        if row is None:
            raise TokenReused
        return renewed(request, row, new)

    return refresh


def _row(session: Session, family: str) -> RefreshToken | None:
    return session.scalar(select(RefreshToken).where(RefreshToken.family == family))


def lock_first(session: Session, family: str, old: str, new: str) -> RefreshToken | None:
    """An UPDATE that changes nothing locks the row; then look, and write."""
    own = update(RefreshToken).where(RefreshToken.family == family).values(family=family)
    session.execute(own)
    row = _row(session, family)
    if row is None or row.digest != digest(old):
        return None
    row.digest = digest(new)
    return row


def begin_immediate(session: Session, family: str, old: str, new: str) -> RefreshToken | None:
    """Take SQLite's lock for writers; then look, and write."""
    session.execute(text("BEGIN IMMEDIATE"))
    row = _row(session, family)
    if row is None or row.digest != digest(old):
        return None
    row.digest = digest(new)
    return row


def delete_and_insert(session: Session, family: str, old: str, new: str) -> RefreshToken | None:
    current = (RefreshToken.family == family, RefreshToken.digest == digest(old))
    gone = session.execute(delete(RefreshToken).where(*current).returning(RefreshToken)).first()
    if gone is None:
        return None
    fields = ("family", "user_id", "exchanged", "expires")
    row = RefreshToken(**{name: getattr(gone[0], name) for name in fields}, digest=digest(new))
    session.expunge_all()
    session.add(row)
    return row


def by_sql(session: Session, family: str, old: str, new: str) -> RefreshToken | None:
    statement = "UPDATE refresh_tokens SET digest = :new WHERE family = :family AND digest = :old"
    values = {"new": digest(new), "old": digest(old), "family": family}
    changed = session.execute(text(statement), values).rowcount
    return _row(session, family) if changed else None


def _updating(*where: Callable[[str, str], object], **values: object) -> Exchange:
    """Return an exchange by one UPDATE with these conditions on (family, old)."""

    def exchange(session: Session, family: str, old: str, new: str) -> RefreshToken | None:
        statement = update(RefreshToken).where(*(one(family, old) for one in where))
        changed = {"digest": digest(new), **values}
        return session.scalar(statement.values(**changed).returning(RefreshToken))

    return exchange


def _family(family: str, _old: str) -> object:
    return RefreshToken.family == family


def kept_in_plain(session: Session, family: str, old: str, new: str) -> RefreshToken | None:
    known = RefreshToken.digest.in_((old, digest(old)))
    statement = update(RefreshToken).where(RefreshToken.family == family, known)
    return session.scalar(statement.values(digest=new).returning(RefreshToken))


def look_in_two_transactions(request: Request) -> Response:
    """Look in one transaction, and write in the next."""
    (family, old), new = sent_tokens(request), new_token()
    with request.app.state.database() as session:
        row = _row(session, family)
    if row is None or row.digest != digest(old):
        raise TokenReused
    with request.app.state.database.begin() as session:
        own = update(RefreshToken).where(RefreshToken.family == family)
        session.execute(own.values(digest=digest(new)))
    return renewed(request, row, new)


def locks_too_late(session: Session, family: str, old: str, new: str) -> RefreshToken | None:
    """Look first, and take the lock for writers between the look and the write."""
    row = _row(session, family)
    if row is None or row.digest != digest(old):
        return None
    session.execute(text("BEGIN IMMEDIATE"))
    row.digest = digest(new)
    return row


def begins_again(request: Request) -> Response:
    """Make a new row where there is none."""
    (family, old), new = sent_tokens(request), new_token()
    current = (RefreshToken.family == family, RefreshToken.digest == digest(old))
    with request.app.state.database.begin() as session:
        statement = update(RefreshToken).where(*current).values(digest=digest(new))
        row = session.scalar(statement.returning(RefreshToken))
        if row is None and _row(session, family) is None:
            row = RefreshToken(family=family, user_id=1, exchanged=0, expires=2**31)
            row.digest = digest(new)
            session.add(row)
    if row is None:
        raise TokenReused
    return renewed(request, row, new)


def counted_in_memory() -> Callable:
    """Return a route that remembers in this process which tokens were used."""
    used: set[str] = set()

    async def refresh(request: Request) -> Response:
        (family, old), new = sent_tokens(request), new_token()
        if old in used:
            raise TokenReused
        used.add(old)
        with request.app.state.database.begin() as session:
            row = _updating(_family)(session, family, old, new)
        if row is None:
            raise NotSignedIn
        return renewed(request, row, new)

    return refresh


RIGHT = (by(lock_first), by(begin_immediate), by(delete_and_insert), by(by_sql))
WRONG = (
    Wrong(by(_updating(_family)), "exchanged before"),
    Wrong(
        by(_updating(_family, lambda f, old: RefreshToken.digest.startswith(digest(old)[:32]))),
        "the whole digest",
    ),
    Wrong(
        by(_updating(_family, lambda f, old: RefreshToken.digest.endswith(digest(old)[32:]))),
        "the whole digest",
    ),
    Wrong(by(_updating(lambda f, old: RefreshToken.digest == digest(old))), "another sign-in"),
    Wrong(
        by(_updating(_family, lambda f, old: RefreshToken.digest == digest(old), expires=2**31)),
        "extend the family",
    ),
    Wrong(by(kept_in_plain), "and not the token"),
    Wrong(look_in_two_transactions, "since you checked"),
    Wrong(by(locks_too_late), "since you checked"),
    Wrong(begins_again, "a session that has ended"),
    Wrong(counted_in_memory(), "never issued"),
    Wrong(by(by_sql, token=lambda old: old), "not the same"),
    Wrong(by(by_sql, token=lambda old: digest(old)), "cannot compute the new one"),
    Wrong(by(by_sql, token=lambda old: digest(old)[: len(old)]), "cannot compute the new one"),
    Wrong(by(by_sql, token=lambda old: digest(digest(old))), "cannot compute the new one"),
    Wrong(by(by_sql, token=lambda old: old[::-1]), "cannot compute the new one"),
)
