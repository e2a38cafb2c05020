"""Tell whoever watches the server whether it can do its work."""

from sqlalchemy import Connection, select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.db.models import User

ANY = select(User.id).limit(1)  # of a table: SQLite would answer SELECT 1 with no file at all


async def health(request: Request) -> Response:
    """Answer 200 when the database answers; when it does not, this fails as all else does."""
    await request.app.state.reader.ask(_works)
    return JSONResponse({"status": "ok"})


def _works(connection: Connection) -> None:
    connection.scalar(ANY)
