"""One endpoint a file: `async def name(request) -> Response`; no route imports another."""
