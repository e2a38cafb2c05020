"""All errors that the server answers on purpose, each with a status, a code and a sentence.

    Refused                        400
    ├── MalformedRequest           400  not an HTTP request
    ├── MalformedBody              400
    ├── NotSignedIn                401
    │   ├── BadCredentials         401
    │   ├── TokenExpired           401
    │   └── TokenReused            401
    ├── CrossSiteRequest           403
    ├── NotFound                   404
    ├── TooSlow                    408
    ├── EmailTaken                 409
    ├── PlaylistsFull              409
    ├── BodyTooLarge               413
    ├── NotJson                    415
    ├── UnknownCoding              415
    ├── MisdirectedRequest         421  an unknown host, proxy or client
    ├── InvalidEmail               422
    ├── InvalidName                422
    ├── WeakPassword               422
    ├── TooManyAttempts            429
    └── Overloaded                 503

Any other exception is a bug, or a database that fails. Its response is 500, without details.
"""


class Refused(Exception):
    """A request that gets an error as its response: status, code for programs, sentence, headers.

    Raise one of the subclasses.
    """

    status = 400
    code = "refused"
    message = "This request was refused."
    headers: dict[str, str] = {}

    def __init__(self, message: str | None = None, account: int | None = None) -> None:
        """Use `message`, one sentence, instead of the message of the class.

        `account` is the id of the user whose account was tried. It is for the log only.
        """
        self.message, self.account = message or self.message, account
        super().__init__(self.message)


class MalformedRequest(Refused):
    """The bytes are not an HTTP/1.1 request (RFC 9112 §2.2)."""

    code = "malformed_request"
    message = "This is not an HTTP request."
    headers = {"Connection": "close"}


class MalformedBody(Refused):
    """The body is not in the format that it claims to be in (RFC 9110 §15.5.1)."""

    code = "malformed_body"
    message = "The body is not a JSON object of the expected form."


class NotSignedIn(Refused):
    """There is no valid session: a 401 must carry a challenge (RFC 9110 §15.5.2 and §11.6.1)."""

    status = 401
    code = "not_signed_in"
    message = "Please sign in."
    # No registered scheme describes "POST a form, get a cookie". The grammar allows any other name,
    # and unlike Basic it makes no browser open a password dialog.
    headers = {"WWW-Authenticate": 'Cookie realm="TRAX"'}


class BadCredentials(NotSignedIn):
    """Address or password is wrong; the response does not tell which."""

    code = "bad_credentials"
    message = "E-mail address or password is wrong."


class TokenExpired(NotSignedIn):
    """The access token is genuine, and has expired."""

    code = "token_expired"
    message = "Your session has expired: please sign in again."


class TokenReused(NotSignedIn):
    """An old refresh token was used again, so its session was ended (RFC 9700 §4.14.2)."""

    code = "token_reused"
    message = "This session has been ended for safety: please sign in again."


class CrossSiteRequest(Refused):
    """A page of another origin started this request (RFC 9110 §15.5.4)."""

    status = 403
    code = "cross_site_request"
    message = "This request was started by a page of another origin."


class NotFound(Refused):
    """There is no such thing, or it belongs to someone else: the same response for both."""

    status = 404
    code = "not_found"
    message = "There is nothing at this address."


class TooSlow(Refused):
    """The request did not arrive in time (RFC 9110 §15.5.9)."""

    status = 408
    code = "too_slow"
    message = "The request took too long to arrive."
    headers = {"Connection": "close"}


class EmailTaken(Refused):
    """Another account has this address (RFC 9110 §15.5.10)."""

    status = 409
    code = "email_taken"
    message = "There is an account with this e-mail address already."


class PlaylistsFull(Refused):
    """The account has as many playlists as it can have (RFC 9110 §15.5.10)."""

    status = 409
    code = "playlists_full"
    message = "There is no room for another playlist: please remove one first."


class BodyTooLarge(Refused):
    """The body is longer than the server reads (RFC 9110 §15.5.14)."""

    status = 413
    code = "body_too_large"
    message = "The body is too large."
    headers = {"Connection": "close"}  # the rest of the body is not read


class NotJson(Refused):
    """The body is not declared as JSON (RFC 9110 §15.5.16)."""

    status = 415
    code = "not_json"
    message = "Send the body as JSON, with the header Content-Type: application/json."
    headers = {"Accept": "application/json"}


class UnknownCoding(Refused):
    """The body is compressed, which the server does not read (RFC 9110 §15.5.16 and §12.5.3)."""

    status = 415
    code = "unknown_coding"
    message = "Send the body as it is, without Content-Encoding."
    headers = {"Accept-Encoding": "identity"}


class MisdirectedRequest(Refused):
    """The server does not answer for this Host header, proxy or client (RFC 9110 §15.5.20)."""

    status = 421
    code = "misdirected_request"


class InvalidEmail(Refused):
    """The text is not an e-mail address (RFC 9110 §15.5.21)."""

    status = 422
    code = "invalid_email"
    message = "This is not a valid e-mail address."


class InvalidName(Refused):
    """The name of a playlist is empty, too long, or not plain text (RFC 9110 §15.5.21)."""

    status = 422
    code = "invalid_name"
    message = "A playlist's name has 1 to 100 characters of plain text."


class WeakPassword(Refused):
    """The password does not meet the policy (NIST SP 800-63B-4 §3.1.1.2)."""

    status = 422
    code = "weak_password"
    message = "This password is too weak."


class TooManyAttempts(Refused):
    """The rate limit of an account or of a client's address is reached (RFC 6585 §4)."""

    status = 429
    code = "too_many_attempts"
    message = "Too many attempts: please wait a while."

    def __init__(self, seconds: int) -> None:
        """Tell the client to try again in `seconds`."""
        super().__init__()
        self.headers = {"Retry-After": str(seconds)}


class Overloaded(Refused):
    """There is more work than can be done in time; the client may try again (RFC 9110 §15.6.4)."""

    status = 503
    code = "overloaded"
    message = "The server is busy: please try again in a moment."
    headers = {"Retry-After": "10"}
