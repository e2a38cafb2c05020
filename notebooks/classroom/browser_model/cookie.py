"""One stored cookie, and which hosts and paths it belongs to.

Left out: the jar it lies in (`jar.py`), and the rules by which it got there (`store.py`).
"""

from dataclasses import dataclass

from classroom.browser_model.sites import address

Partition = tuple[str, bool]
Key = tuple[str, str, bool, str, Partition | None]


@dataclass(frozen=True)
class Cookie:
    """A cookie as the jar keeps it; times are epoch seconds of the model's clock."""

    name: str
    value: str
    domain: str
    host_only: bool
    path: str
    secure: bool
    http_only: bool
    same_site: str  # "Strict", "Lax", "None", or empty when the line said nothing
    partition: Partition | None  # the separate jar it belongs to; None is the common one
    expires: float | None  # None: until the browser is closed
    created: float
    number: int = 0  # its place in the order of creation

    @property
    def key(self) -> Key:
        """What makes two cookies one: the later replaces the earlier (§5.7 step 23)."""
        return self.name, self.domain, self.host_only, self.path, self.partition

    @property
    def pair(self) -> str:
        """The cookie as it stands in a Cookie header; without a name, only its value."""
        return f"{self.name}={self.value}" if self.name else self.value

    @property
    def flags(self) -> str:
        """The attributes that restrict it, in words."""
        partitioned = "Partitioned" if self.partition else ""
        same_site = f"SameSite={self.same_site}" if self.same_site else ""
        named = (("Secure", self.secure), ("HttpOnly", self.http_only))
        return " ".join([name for name, on in named if on] + [same_site, partitioned]).strip()

    def expired(self, now: float) -> bool:
        """Say whether its time is over."""
        return self.expires is not None and self.expires <= now

    def belongs_to(self, host: str) -> bool:
        """Say whether a request to this host may carry it (§5.8.3)."""
        return host == self.domain if self.host_only else domain_matches(host, self.domain)


def domain_matches(host: str, domain: str) -> bool:
    """Say whether `host` is `domain` or a name below it; an address is below nothing (§5.1.3)."""
    return host == domain or (host.endswith(f".{domain}") and address(host) is None)


def path_matches(path: str, below: str) -> bool:
    """Say whether `path` is `below` or inside it, by whole segments (§5.1.4)."""
    return path == below or path.startswith(below if below.endswith("/") else f"{below}/")
