"""Everything the server refuses, as exceptions: a status, a code for programs, a sentence.

Left out: faults of our own. They stay ordinary exceptions and are answered 500, with nothing told.
"""


class Refused(Exception):
    """A request that is answered with an error; the leaves of this class say which."""

    status = 400
    code = "refused"
    message = "This request was refused."
    headers: dict[str, str] = {}

    def __init__(self, message: str | None = None) -> None:
        """Take `message`, one sentence, in place of the class's own."""
        self.message = message or self.message
        super().__init__(self.message)


class MalformedBody(Refused):
    """The body cannot be read as what it claims to be (RFC 9110 §15.5.1)."""

    code = "malformed_body"
    message = "The body is not a JSON object of the expected form."


class CrossSiteRequest(Refused):
    """A page of another origin made the browser send this (RFC 9110 §15.5.4)."""

    status = 403
    code = "cross_site_request"
    message = "This request was started by a page of another origin."


class NotFound(Refused):
    """What was asked for is not there, or is not yours: answered alike (RFC 9110 §15.5.5)."""

    status = 404
    code = "not_found"
    message = "There is nothing at this address."


class EmailTaken(Refused):
    """An account has this address already (RFC 9110 §15.5.10)."""

    status = 409
    code = "email_taken"
    message = "There is an account with this e-mail address already."


class NotJson(Refused):
    """The body is not declared as JSON (RFC 9110 §15.5.16)."""

    status = 415
    code = "not_json"
    message = "Send the body as JSON, with the header Content-Type: application/json."
    headers = {"Accept": "application/json"}


class MisdirectedRequest(Refused):
    """The Host header names a server that we are not (RFC 9110 §15.5.20)."""

    status = 421
    code = "misdirected_request"


class InvalidEmail(Refused):
    """The address is not one that mail could reach (RFC 9110 §15.5.21)."""

    status = 422
    code = "invalid_email"
    message = "This is not a valid e-mail address."


class WeakPassword(Refused):
    """The password is against the policy (NIST SP 800-63B-4 §3.1.1.2)."""

    status = 422
    code = "weak_password"
    message = "This password is too weak."


class InvalidName(Refused):
    """A playlist's name is empty, too long, or no plain text (RFC 9110 §15.5.21)."""

    status = 422
    code = "invalid_name"
    message = "A playlist's name has 1 to 100 characters of plain text."


class PlaylistsFull(Refused):
    """The account has as many playlists as it can have (RFC 9110 §15.5.10)."""

    status = 409
    code = "playlists_full"
    message = "There is no room for another playlist: please remove one first."


class NotSignedIn(Refused):
    """No valid session: a 401 must carry a challenge (RFC 9110 §15.5.2 and §11.6.1)."""

    status = 401
    code = "not_signed_in"
    message = "Please sign in."
    # No registered scheme describes "POST a form, get a cookie"; the grammar allows a name of one's
    # own, and unlike Basic it makes no browser open a password dialog.
    headers = {"WWW-Authenticate": 'Cookie realm="TRAX"'}


class TokenExpired(NotSignedIn):
    """The session's token was genuine and is over."""

    code = "token_expired"
    message = "Your session has expired: please sign in again."


class TokenReused(NotSignedIn):
    """A refresh token that is not the present one of its session ends it (RFC 9700 §4.14.2)."""

    code = "token_reused"
    message = "This session has been ended for safety: please sign in again."


class BadCredentials(NotSignedIn):
    """Address or password is wrong, and which of the two is not told."""

    code = "bad_credentials"
    message = "E-mail address or password is wrong."
