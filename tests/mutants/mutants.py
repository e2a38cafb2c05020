"""Ways to break the server or a library beneath it, each of which some test and notebook must see.

Each is a function that replaces one attribute, as a careless update or an absent line would. Left
out: breakages that change nothing that a client could observe.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

BREAKAGES: dict[str, "Breakage"] = {}


@dataclass(frozen=True)
class Breakage:
    """What to break, and where it must be noticed: a module of tests, and a notebook if one can."""

    apply: Callable[[], None]
    tests: str
    notebook: str


def breakage(tests: str, notebook: str = "") -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a function under its name, with dashes."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        BREAKAGES[function.__name__.replace("_", "-")] = Breakage(function, tests, notebook)
        return function

    return register


def wrapped(owner: Any, name: str, change: Callable[..., Any]) -> None:
    """Replace `owner.name` by a function that calls `change(original, *args, **kwargs)`."""
    original = getattr(owner, name)

    @wraps(original)
    def changed(*args: Any, **kwargs: Any) -> Any:
        return change(original, *args, **kwargs)

    setattr(owner, name, changed)


# bcrypt


@breakage("test_passwords", "02-salt")
def salt_is_constant() -> None:
    import bcrypt

    bcrypt.gensalt = lambda rounds=12, prefix=b"2b": b"$2b$%02d$" % rounds + b"." * 22


@breakage("test_passwords", "02-salt")
def cost_is_ignored() -> None:
    import bcrypt

    wrapped(bcrypt, "gensalt", lambda original, rounds=12, prefix=b"2b": original(5, prefix))


@breakage("test_signin", "02-salt")
def every_password_matches() -> None:
    import bcrypt

    bcrypt.checkpw = lambda password, hashed: True


@breakage("test_signin", "02-salt")
def no_password_matches() -> None:
    import bcrypt

    bcrypt.checkpw = lambda password, hashed: False


@breakage("test_passwords", "02-salt")
def hash_keeps_the_password() -> None:
    import bcrypt

    wrapped(bcrypt, "hashpw", lambda original, password, salt: salt[:29] + password[:31])


@breakage("test_passwords", "03-hash")
def prehash_forgets_the_end() -> None:
    import hmac

    wrapped(hmac, "digest", lambda original, key, text, kind: original(key, text[:72], kind))


@breakage("test_passwords", "03-hash")
def unicode_is_left_alone() -> None:
    import unicodedata

    unicodedata.normalize = lambda form, text: text


# PyJWT


def without(claim: str) -> Callable[..., Any]:
    """Return a change that leaves `claim` out of the payload."""

    def encode(original: Any, payload: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        rest = {name: value for name, value in payload.items() if name != claim}
        return original(rest, *args, **kwargs)

    return encode


@breakage("test_access_tokens", "00-start-here")
def token_never_expires() -> None:
    import jwt

    wrapped(jwt, "encode", without("exp"))


@breakage("test_access_tokens", "00-start-here")
def token_has_no_id() -> None:
    import jwt

    wrapped(jwt, "encode", without("jti"))


@breakage("test_access_tokens", "00-start-here")
def token_has_no_type() -> None:
    import jwt

    wrapped(
        jwt, "encode", lambda original, p, key, algorithm="HS256", headers=None: original(p, key)
    )


@breakage("test_access_tokens", "00-start-here")
def token_ids_repeat() -> None:
    import uuid

    same = uuid.UUID(int=7)
    uuid.uuid4 = lambda: same


@breakage("test_access_tokens", "00-start-here")
def signature_is_not_checked() -> None:
    import jwt

    def decode(original: Any, token: str, key: str = "", **kwargs: Any) -> Any:
        return original(token, options={"verify_signature": False})

    wrapped(jwt, "decode_complete", decode)


@breakage("test_access_tokens", "05-sign-a-token")
def expiry_is_not_checked() -> None:
    import jwt

    def decode(original: Any, *args: Any, options: Any = None, **kwargs: Any) -> Any:
        return original(*args, options={**(options or {}), "verify_exp": False}, **kwargs)

    wrapped(jwt, "decode_complete", decode)


@breakage("test_access_tokens", "05-sign-a-token")
def token_type_is_not_checked() -> None:
    import jwt

    def decode(original: Any, *args: Any, **kwargs: Any) -> Any:
        whole = original(*args, **kwargs)
        return {**whole, "header": {**whole["header"], "typ": "at+jwt"}}

    wrapped(jwt, "decode_complete", decode)


# Starlette


def cookie_without(attribute: str, value: Any) -> None:
    """Make every cookie lack `attribute`."""
    from starlette.responses import Response

    def put(original: Any, self: Response, *args: Any, **kwargs: Any) -> Any:
        return original(self, *args, **{**kwargs, attribute: value})

    wrapped(Response, "set_cookie", put)


@breakage("test_cookies", "06-set-the-cookie")
def cookie_is_readable_by_scripts() -> None:
    cookie_without("httponly", False)


@breakage("test_cookies", "06-set-the-cookie")
def cookie_goes_over_plain_http() -> None:
    cookie_without("secure", False)


@breakage("test_cookies", "06-set-the-cookie")
def cookie_goes_with_every_site() -> None:
    cookie_without("samesite", None)


@breakage("test_cookies", "06-set-the-cookie")
def cookie_has_no_end() -> None:
    cookie_without("max_age", None)


@breakage("test_me_and_signout", "06-set-the-cookie")
def cookie_is_not_cleared() -> None:
    from starlette.responses import Response

    Response.delete_cookie = lambda self, *args, **kwargs: None


@breakage("test_signup", "00-start-here")
def answers_may_be_cached() -> None:
    from starlette.datastructures import MutableHeaders
    from starlette.responses import Response

    def init(original: Any, self: Response, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        headers: MutableHeaders = self.headers
        if "cache-control" in headers:
            del headers["cache-control"]

    wrapped(Response, "__init__", init)


# minisrv itself


@breakage("test_malformed", "01-route")
def any_type_will_do() -> None:
    from starlette.requests import Request

    from minisrv.web import bodies

    async def read(original: Any, request: Request) -> Any:
        json = (b"content-type", b"application/json")
        return await original(Request({**request.scope, "headers": [json]}, request.receive))

    wrapped(bodies, "read_object", read)


@breakage("test_signin", "04-sign-up")
def strangers_cost_no_hash() -> None:
    from minisrv.auth import passwords

    def verify(original: Any, password: str, stored: str | None, *args: Any) -> bool:
        return stored is not None and original(password, stored, *args)

    wrapped(passwords, "verify", verify)


@breakage("test_signup", "10-build-it")
def every_fault_is_a_duplicate() -> None:
    from minisrv.db import models

    models.is_duplicate = lambda error: True


@breakage("test_signup", "04-sign-up")
def addresses_need_not_be_unique() -> None:
    from sqlalchemy import UniqueConstraint

    from minisrv.db.models import User

    table = User.__table__
    table.constraints = {c for c in table.constraints if not isinstance(c, UniqueConstraint)}


@breakage("test_signup", "00-start-here")
def any_password_will_do() -> None:
    from minisrv.auth import passwords

    passwords.check_length = lambda password: None


@breakage("test_signup", "04-sign-up")
def the_row_is_sent_back() -> None:
    from minisrv.db.models import User

    User.public = User.row


@breakage("test_me_and_signout", "00-start-here")
def sign_out_forgets_to_revoke() -> None:
    from minisrv.auth import sessions

    sessions._revoke = lambda database, claims: None


@breakage("test_refresh", "08-refresh")
def a_refresh_token_is_good_again_and_again() -> None:
    from minisrv.auth import refresh_tokens

    refresh_tokens._successor = lambda token, key: token


@breakage("test_refresh_tokens", "08-refresh")
def an_old_refresh_token_harms_nobody() -> None:
    from minisrv.auth import refresh_tokens

    refresh_tokens.revoke = lambda database, family: None


@breakage("test_refresh", "08-refresh")
def a_session_that_was_ended_goes_on_until_its_token_is_over() -> None:
    from minisrv.auth import current_user

    current_user.OWNER_REMEMBERED = current_user.OWNER


@breakage("test_refresh_tokens", "08-refresh")
def refresh_tokens_are_stored_as_they_are() -> None:
    from minisrv.auth import refresh_tokens

    refresh_tokens._digest = lambda token: token


@breakage("test_processes", "08-refresh")
def everybody_who_renews_at_once_gets_a_token_of_his_own() -> None:
    import secrets

    from minisrv.auth import refresh_tokens

    refresh_tokens._successor = lambda token, key: secrets.token_urlsafe(32)


@breakage("test_emails", "04-sign-up")
def spellings_differ() -> None:
    from minisrv.auth import emails

    emails.normalise = lambda text: text


@breakage("test_csrf", "00-start-here")
def other_sites_may_ask() -> None:
    from minisrv.auth import csrf

    csrf.same_origin_only = lambda request: None


@breakage("test_ladder", "03-hash")
def hashing_blocks_the_loop() -> None:
    from minisrv.pools.workers import Workers

    async def run(self: Workers, function: Any, *args: Any) -> Any:
        return function(*args)

    Workers.run = run


@breakage("test_hosts", "00-start-here")
def any_host_will_do() -> None:
    from minisrv.web.trusted_hosts import KnownHosts

    KnownHosts._check = lambda self, scope: None


@breakage("test_throttle")
def tries_are_not_counted() -> None:
    from minisrv.auth import rate_limit

    rate_limit.take = lambda database, limits, seconds: None


@breakage("test_workers")
def the_queue_has_no_end() -> None:
    from minisrv.pools.workers import Workers

    def init(original: Any, self: Workers, most_waiting: int, threads: int = 0) -> None:
        original(self, 10**9, threads)

    wrapped(Workers, "__init__", init)


@breakage("test_headers", "01-route")
def no_header_protects() -> None:
    from minisrv.web import security_headers

    security_headers._ALWAYS, security_headers._BY_SCHEME = [], {}


@breakage("test_reader")
def reading_waits_on_the_loop() -> None:
    from minisrv.db import reader

    original = reader.open_impatient
    reader.open_impatient = lambda engine: engine if original(engine) else None


@breakage("test_connection")
def a_head_may_take_for_ever() -> None:
    from minisrv.serve.slow_clients import Connection

    Connection._wait = lambda self, then: None


@breakage("test_processes")
def workers_outlive_their_parent() -> None:
    from minisrv.serve import workers

    workers.end_with_parent = lambda: None


@breakage("test_faults")
def work_waits_for_a_thread_for_ever() -> None:
    from minisrv.pools.threads import Punctual

    def init(original: Any, self: Punctual, patience: float, threads: int | None = None) -> None:
        original(self, 10**9, threads)

    wrapped(Punctual, "__init__", init)


@breakage("test_throttle")
def a_busy_server_counts_it_against_the_visitor() -> None:
    from minisrv.auth import rate_limit

    rate_limit.take_back = lambda database, *counters: None


@breakage("test_stopping")
def a_stop_cuts_people_off() -> None:
    from minisrv.web.stopping import StopsWithAnAnswer

    async def call(self: StopsWithAnAnswer, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope, receive, send)

    StopsWithAnAnswer.__call__ = call


@breakage("test_malformed")
def a_body_has_no_end() -> None:
    from minisrv.web import bodies

    async def read(request: Any, limit: int) -> bytes:
        return await request.body()

    bodies._read_at_most = read


@breakage("test_faults")
def a_sign_up_is_answered_before_it_is_stored() -> None:
    from minisrv.db import models

    def add(database: Any, row: Any) -> None:
        with database() as session:
            session.add(row)
            session.flush()
            number = row.id
        row.id = number

    models.add = add


@breakage("test_postgres")
def a_lock_is_waited_for_without_end() -> None:
    from minisrv.db import engines

    engines._postgresql = lambda url, busy_seconds: {}


@breakage("test_openapi")
def an_answer_is_not_as_described() -> None:
    from minisrv.errors import EmailTaken

    EmailTaken.status = 410


@breakage("test_cookies")
def quotes_are_undone() -> None:
    from minisrv.auth import cookies

    cookies.read = lambda request, settings: request.cookies.get(settings.cookie.name)
