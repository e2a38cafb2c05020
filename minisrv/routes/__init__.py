"""The handlers, one endpoint a file: `async def name(request) -> Response`.

No route imports another.
"""
