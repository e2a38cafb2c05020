"""Every setting: its default, a sentence that documents it, and its bounds.

Left out: where values come from (serve/cli.py).
"""

import re
import secrets
from dataclasses import Field, dataclass, field, fields
from typing import Any

STRONG_SECRET_BYTES = 32  # RFC 7518 §3.2: an HS256 key is at least as long as the hash it feeds
MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60  # in seconds


def setting(
    default: Any, text: str, low: int | None = None, high: int | None = None, **options: Any
) -> Any:
    """Return a dataclass field, documented by the sentence `text`; `low` to `high` are allowed."""
    if low is not None:
        text = f"{text.removesuffix('.')} ({low} to {high})."
    return field(default=default, metadata={"sentence": text, "low": low, "high": high}, **options)


def sentence(of: Field[Any]) -> str:
    """Return the sentence that documents the field `of`."""
    return of.metadata["sentence"]


def is_strong(secret: str | None) -> bool:
    """Return True if `secret` is long and varied enough to be a key that a machine has made.

    That is all that can be seen of it. A machine writes no spaces; a sentence can be guessed.
    """
    secret = secret or ""
    varied = len(set(secret)) >= 10 and not any(map(str.isspace, secret))
    return varied and len(secret.encode()) >= STRONG_SECRET_BYTES


def version_of(secret: str) -> str:
    """Return the number before the colon at the start of `secret`: "2" for 2:..., "" for none."""
    number = re.match(r"([0-9]{1,9}):", secret)
    return number[1] if number else ""


@dataclass(frozen=True)
class CookieSettings:
    """The attributes of a cookie; the defaults are the session cookie's (RFC 6265bis §4.1)."""

    name: str = setting(
        "__Host-TRAX_ACCESS_TOKEN",
        "Cookie name; browsers accept __Host-... only with Secure, Path=/ and no Domain.",
    )
    path: str = setting("/", "The path below which the browser sends the cookie.")
    http_only: bool = setting(True, "Hide the cookie from scripts.")
    secure: bool = setting(True, "Send the cookie over TLS only; browsers exempt this machine.")
    same_site: str = setting(
        "lax", "Which requests from other sites carry the cookie: lax, strict or none."
    )

    def __post_init__(self) -> None:
        """Raise ValueError for attributes with which browsers silently drop the cookie."""
        if self.name.lower().startswith("__host-") and not (self.secure and self.path == "/"):
            raise ValueError("A __Host- cookie must be Secure and have Path=/.")
        if self.name.lower().startswith("__secure-") and not self.secure:
            raise ValueError("A __Secure- cookie must be Secure.")
        if self.same_site not in ("lax", "strict", "none"):
            raise ValueError("A cookie's same_site must be lax, strict or none.")
        if self.same_site == "none" and not self.secure:
            raise ValueError("A SameSite=None cookie must be Secure.")

    def protects(self) -> bool:
        """Return True if these attributes are good enough for production."""
        host_only = self.name.lower().startswith("__host-")
        return host_only and self.http_only and self.same_site in ("lax", "strict")


@dataclass(frozen=True)
class Settings:
    """The settings of one server; each is also an environment variable, see serve/cli.py."""

    secret: str | None = setting(
        None,
        "The key that signs tokens, 32 random bytes or more; by default a new one. To change it, "
        "give the new one a number and a colon (2:...), which is then the kid of its tokens.",
        repr=False,
    )
    old_secret: str | None = setting(
        None,
        "The previous key, which is needed until session_seconds and idle_seconds have passed.",
        repr=False,
    )
    pepper: str = setting(
        "",
        "A second secret, mixed into each password: a number, a colon, 32 random bytes or more.",
        repr=False,
    )
    old_peppers: tuple[str, ...] = setting(
        (), "Earlier peppers; a hash that needs one is replaced at its user's sign-in.", repr=False
    )
    database_url: str = setting(
        "sqlite:///trax.sqlite3", "The database, as an SQLAlchemy URL.", repr=False
    )
    bcrypt_cost: int = setting(12, "The cost of bcrypt, which does 2**cost rounds.", 4, 31)
    hash_threads: int = setting(0, "Threads that hash passwords; 0 is one per core.", 0, 256)
    most_waiting: int = setting(
        1000, "Passwords that may wait to be hashed; more get status 503.", 1, 100_000
    )
    client_seconds: int = setting(
        20, "Time limit for a client to send a head or read a response, in seconds.", 1, HOUR
    )
    body_seconds: int = setting(20, "Time limit for a request body, in seconds.", 1, HOUR)
    attempts_per_account: int = setting(
        20,
        "Failed sign-ins allowed per account.",
        1,
        100,  # NIST SP 800-63B-4 §3.2.2: no more than 100
    )
    attempts_per_source: int = setting(
        1000, "Failed sign-ins allowed per IP address.", 1, 1_000_000
    )
    attempts_seconds: int = setting(
        15 * MINUTE, "Time after which failed sign-ins are forgotten, in seconds.", 1, DAY
    )
    session_seconds: int = setting(8 * HOUR, "Lifetime of a session, in seconds.", 1, 30 * DAY)
    remember_seconds: int = setting(
        30 * DAY,
        "Lifetime of a remembered session, in seconds.",
        1,
        30 * DAY,  # NIST SP 800-63B-4 §2.1.3: no more than 30 days
    )
    idle_seconds: int = setting(
        7 * DAY, "Idle timeout of a remembered session, in seconds.", 1, 30 * DAY
    )
    access_seconds: int = setting(
        15 * MINUTE, "Lifetime of a remembered session's access token, in seconds.", 1, DAY
    )
    max_body_bytes: int = setting(16 * 1024, "Size limit of a request body, in bytes.", 256, 2**24)
    production: bool = setting(
        False, "Refuse settings that suit a class only, and e-mail addresses in .test."
    )
    host: str = setting("127.0.0.1", "The address to listen at.")
    port: int = setting(8000, "The port to listen at; 0 takes a free one.", 0, 65535)
    allowed_hosts: tuple[str, ...] = setting((), "Host names to accept besides this machine's own.")
    trusted_proxies: tuple[str, ...] = setting((), "Proxies whose X-Forwarded headers are trusted.")
    tls_cert: str = setting("", "The file of the TLS certificate chain (PEM).")
    tls_key: str = setting("", "The file of the certificate's private key (PEM).")
    cookie: CookieSettings = setting(CookieSettings(), "The attributes of the session cookie.")
    refresh_cookie: CookieSettings = setting(
        # strict: only our own page ever asks for a renewal
        CookieSettings(name="__Host-TRAX_REFRESH_TOKEN", same_site="strict"),
        "The attributes of the cookie that renews a session.",
    )

    def __post_init__(self) -> None:
        """Check each value; make a random secret where none is given, outside production."""
        for one in fields(self):
            low, high = one.metadata["low"], one.metadata["high"]
            if low is not None and not low <= getattr(self, one.name) <= high:
                value = getattr(self, one.name)
                raise ValueError(
                    f"{one.name} is {value}, but must be a whole number from {low} to {high}."
                )
        if not re.match(r"[\w+]+://", self.database_url):
            raise ValueError("database_url must be a URL, such as sqlite:///trax.sqlite3.")
        if bool(self.tls_cert) != bool(self.tls_key):
            raise ValueError("tls_cert and tls_key must be given together.")
        if self.idle_seconds <= self.access_seconds:
            raise ValueError("idle_seconds must be longer than access_seconds.")
        if self.cookie.name == self.refresh_cookie.name:
            raise ValueError("The two cookies must have different names.")
        if any(one == "*" or one.endswith("/0") for one in self.trusted_proxies):
            raise ValueError("Name the proxies to trust: clients write X-Forwarded headers, too.")
        if self.production:
            _check_production(self)
        if self.secret is None:
            object.__setattr__(self, "secret", secrets.token_urlsafe(STRONG_SECRET_BYTES))
        for name, key in (("secret", self.secret), ("old_secret", self.old_secret)):
            if key is not None and not is_strong(key):
                raise ValueError(f"{name} must be 32 random bytes or more (RFC 7518 §3.2).")
        _check_numbers("secret and old_secret", self.all_secrets)
        _check_numbers("pepper and old_peppers", self.all_peppers)

    @property
    def all_secrets(self) -> tuple[str, ...]:
        """The key that signs tokens and, if there is one, the key before it."""
        return (self.secret, self.old_secret) if self.old_secret else (self.secret,)

    @property
    def all_peppers(self) -> tuple[str, ...]:
        """The pepper of new hashes, and those of earlier hashes."""
        return (self.pepper, *self.old_peppers)


def _check_numbers(names: str, keys: tuple[str, ...]) -> None:
    if len({version_of(key) for key in keys}) < len(keys):
        raise ValueError(f"Give {names} different numbers: 2:... after 1:...")


def _check_production(settings: Settings) -> None:
    if not is_strong(settings.secret):
        raise ValueError("In production a secret of at least 32 random bytes must be given.")
    # NIST SP 800-63B-4 §3.1.1.2: made by an approved random bit generator, with 112 bits or more.
    if settings.pepper and not (is_strong(settings.pepper) and version_of(settings.pepper)):
        raise ValueError(
            "In production a pepper must be a number, a colon and 32 random bytes (1:...). "
            "Give the one before as one of old_peppers."
        )
    if settings.bcrypt_cost < 10:
        raise ValueError("In production bcrypt_cost must be at least 10 (OWASP, ASVS 5.0 11.4.2).")
    if not (settings.cookie.protects() and settings.refresh_cookie.protects()):
        raise ValueError("In production both cookies must be __Host-, HttpOnly and SameSite.")
