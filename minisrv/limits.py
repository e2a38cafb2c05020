"""What is refused whoever asks for whatever: no HTTP, too large, too slow, too often, too many.

Left out: how much is too much, which stands in the settings.
"""

from minisrv.errors import Refused


class MalformedRequest(Refused):
    """What came is no request that HTTP/1.1 knows (RFC 9112 §2.2)."""

    code = "malformed_request"
    message = "This is not an HTTP request."
    headers = {"Connection": "close"}


class TooSlow(Refused):
    """The request did not come in time (RFC 9110 §15.5.9)."""

    status = 408
    code = "too_slow"
    message = "The request took too long to arrive."
    headers = {"Connection": "close"}


class BodyTooLarge(Refused):
    """The body is longer than the server reads (RFC 9110 §15.5.14)."""

    status = 413
    code = "body_too_large"
    message = "The body is too large."
    headers = {"Connection": "close"}  # nobody reads the rest


class TooManyAttempts(Refused):
    """Somebody is guessing, here or from there (RFC 6585 §4)."""

    status = 429
    code = "too_many_attempts"
    message = "Too many attempts: please wait a while."

    def __init__(self, seconds: int) -> None:
        """Take the number of seconds until a try is worth while again."""
        super().__init__()
        self.headers = {"Retry-After": str(seconds)}


class Overloaded(Refused):
    """There is more to do than can be done in time, and it will pass (RFC 9110 §15.6.4)."""

    status = 503
    code = "overloaded"
    message = "The server is busy: please try again in a moment."
    headers = {"Retry-After": "10"}
