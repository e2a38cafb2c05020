"""Tell whoever watches the server whether it can do its work."""

from sqlalchemy import Connection, text
from starlette.requests import Request
from starlette.responses import JSONResponse, Response


async def health(request: Request) -> Response:
    """Answer 200 when the database answers; when it does not, that is a 500 here as elsewhere."""
    await request.app.state.reader.ask(_works)
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


def _works(connection: Connection) -> None:
    connection.scalar(text("SELECT 1"))
