"""Check that the server can do its work: the database responds."""

from sqlalchemy import Connection, select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.db.models import User

ANY = select(User.id).limit(1)  # from a table: SQLite answers SELECT 1 even without a file


async def health(request: Request) -> Response:
    """Return 200 if the database responds; otherwise fail as every other route would."""
    await request.app.state.reader.ask(_works)
    return JSONResponse({"status": "ok"})


def _works(connection: Connection) -> None:
    connection.scalar(ANY)
