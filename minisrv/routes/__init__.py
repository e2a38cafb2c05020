"""The handlers, one resource a file: `async def name(request) -> Response`.

No route imports another.
"""
