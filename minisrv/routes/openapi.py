"""Answer the description of the API, for programs and for those who write them."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.web.openapi import describe


async def description(request: Request) -> Response:
    """Answer the OpenAPI document."""
    document = describe(request.app.state.settings)
    return JSONResponse(document, headers={"Cache-Control": "no-store"})
