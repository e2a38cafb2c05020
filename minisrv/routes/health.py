"""Tell whoever watches the server whether it can do its work."""

from sqlalchemy import text
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.models import Database


async def health(request: Request) -> Response:
    """Answer 200 when the database answers; when it does not, that is a 500 here as elsewhere."""
    await run_in_threadpool(_ask, request.app.state.database)
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


def _ask(database: Database) -> None:
    with database() as session:
        session.execute(text("SELECT 1"))
