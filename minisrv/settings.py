"""Every value that can be set, with one sentence each; nothing here reads the environment."""

import secrets
from dataclasses import Field, dataclass, field
from typing import Any

STRONG_SECRET_BYTES = 32  # RFC 7518 §3.2: an HS256 key is no shorter than the hash it feeds


def setting(default: Any, sentence: str, **options: Any) -> Any:
    """Return a dataclass field with `default`, documented by `sentence`."""
    return field(default=default, metadata={"sentence": sentence}, **options)


def sentence(of: Field[Any]) -> str:
    """Return the sentence that documents the field `of`."""
    return of.metadata["sentence"]


def is_strong(secret: str | None) -> bool:
    """Tell whether `secret` is long and varied enough to be a machine-made HS256 key."""
    return bool(secret) and len(secret.encode()) >= STRONG_SECRET_BYTES and len(set(secret)) >= 10


@dataclass(frozen=True)
class CookieSettings:
    """The attributes of a cookie, the session's by default (RFC 6265bis draft 22 §4.1)."""

    name: str = setting("__Host-TRAX_ACCESS_TOKEN", "The cookie's name; __Host- pins it to us.")
    path: str = setting("/", "The paths that the browser sends it to.")
    http_only: bool = setting(True, "Hide it from the scripts of a page.")
    secure: bool = setting(True, "Send it over TLS and to this very machine only.")
    same_site: str = setting("lax", "What other sites may make the browser send: lax or strict.")

    def __post_init__(self) -> None:
        """Refuse a cookie that browsers would drop without a word."""
        if self.name.lower().startswith("__host-") and not (self.secure and self.path == "/"):
            raise ValueError("A __Host- cookie must be Secure and have Path=/.")
        if self.same_site not in ("lax", "strict", "none"):
            raise ValueError("A cookie's same_site is one of lax, strict, none.")
        if self.same_site == "none" and not self.secure:
            raise ValueError("A SameSite=None cookie must be Secure.")

    def protects(self) -> bool:
        """Tell whether these attributes are good enough for production."""
        pinned = self.name.lower().startswith("__host-")
        return pinned and self.http_only and self.same_site in ("lax", "strict")


@dataclass(frozen=True)
class Settings:
    """What one server runs with; the environment's MINISRV_… variables carry the same names."""

    secret: str | None = setting(
        None, "The key that signs tokens, 32 random bytes or more; None makes one.", repr=False
    )
    pepper: str = setting(
        "", "A second secret, mixed into each password; changing it locks everyone out.", repr=False
    )
    database_url: str = setting(
        "sqlite:///trax.sqlite3", "The database, as an SQLAlchemy URL.", repr=False
    )
    bcrypt_cost: int = setting(12, "The base-2 logarithm of bcrypt's rounds, 4 to 31.")
    hash_threads: int = setting(0, "How many threads hash passwords; 0: one for each core.")
    most_waiting: int = setting(1000, "How many passwords may wait to be hashed before 503.")
    client_seconds: int = setting(20, "How long a client may keep us waiting, in seconds.")
    body_seconds: int = setting(20, "How long a body may take to arrive, in seconds.")
    attempts_per_account: int = setting(20, "How many failed sign-ins an account takes.")
    attempts_per_source: int = setting(1000, "How many failed sign-ins an address on the net has.")
    attempts_seconds: int = setting(15 * 60, "After how many seconds they are forgotten.")
    session_seconds: int = setting(8 * 60 * 60, "How long a session lasts, in seconds.")
    remember_seconds: int = setting(
        30 * 24 * 60 * 60, "How long a visitor who asks to be remembered stays signed in."
    )
    idle_seconds: int = setting(
        7 * 24 * 60 * 60, "After how many seconds without a visit such a session ends all the same."
    )
    access_seconds: int = setting(15 * 60, "After how many seconds such a session is renewed.")
    max_body_bytes: int = setting(16 * 1024, "The longest request body that is read, in bytes.")
    production: bool = setting(False, "Refuse to start with anything that is fit for classes only.")
    host: str = setting("127.0.0.1", "The address to bind.")
    port: int = setting(8000, "The port to bind; 0 takes a free one.")
    allowed_hosts: tuple[str, ...] = setting((), "Host names to answer at besides this machine's.")
    trusted_proxies: tuple[str, ...] = setting((), "Proxies whose X-Forwarded headers are true.")
    tls_cert: str = setting("", "The file of the TLS certificate chain (PEM).")
    tls_key: str = setting("", "The file of the certificate's private key (PEM).")
    cookie: CookieSettings = setting(CookieSettings(), "The session cookie's attributes.")
    refresh_cookie: CookieSettings = setting(
        # strict: only our own page ever asks for a renewal
        CookieSettings(name="__Host-TRAX_REFRESH_TOKEN", same_site="strict"),
        "The attributes of the cookie that renews a session.",
    )

    def __post_init__(self) -> None:
        """Check each value; make a random secret where none is given, outside production."""
        _within(self.bcrypt_cost, 4, 31, "bcrypt_cost")
        _within(self.hash_threads, 0, 256, "hash_threads")
        _within(self.most_waiting, 1, 100_000, "most_waiting")
        _within(self.client_seconds, 1, 3600, "client_seconds")
        _within(self.body_seconds, 1, 3600, "body_seconds")
        _within(self.attempts_per_account, 1, 100, "attempts_per_account")  # NIST 63B-4 §3.2.2
        _within(self.attempts_per_source, 1, 10**6, "attempts_per_source")
        _within(self.attempts_seconds, 1, 86_400, "attempts_seconds")
        _within(self.session_seconds, 1, 30 * 24 * 3600, "session_seconds")
        _within(self.remember_seconds, 1, 30 * 24 * 3600, "remember_seconds")  # NIST 63B-4 §2.1.3
        _within(self.idle_seconds, 1, 30 * 24 * 3600, "idle_seconds")
        _within(self.access_seconds, 1, 24 * 3600, "access_seconds")
        _within(self.max_body_bytes, 256, 2**24, "max_body_bytes")
        _within(self.port, 0, 65535, "port")
        if bool(self.tls_cert) != bool(self.tls_key):
            raise ValueError("tls_cert and tls_key go together.")
        if self.idle_seconds <= self.access_seconds:
            raise ValueError("idle_seconds must be longer than access_seconds.")
        if self.cookie.name == self.refresh_cookie.name:
            raise ValueError("The two cookies need names of their own.")
        if self.production:
            _fit_for_production(self)
        if self.secret is None:
            object.__setattr__(self, "secret", secrets.token_urlsafe(STRONG_SECRET_BYTES))
        elif not is_strong(self.secret):
            raise ValueError("secret must be random and at least 32 bytes long (RFC 7518 §3.2).")


def _within(value: int, low: int, high: int, name: str) -> None:
    if not low <= value <= high:
        raise ValueError(f"{name} is a whole number from {low} to {high}.")


def _fit_for_production(settings: Settings) -> None:
    if not is_strong(settings.secret):
        raise ValueError("In production a secret of at least 32 random bytes must be given.")
    if settings.bcrypt_cost < 10:
        raise ValueError("In production bcrypt_cost is at least 10 (OWASP, ASVS 5.0 11.4.2).")
    if not (settings.cookie.protects() and settings.refresh_cookie.protects()):
        raise ValueError("In production a cookie is __Host-…, HttpOnly, and SameSite.")
