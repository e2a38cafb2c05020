"""A plan of the requests to send, and its outcome; processes exchange both as JSON."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Plan:
    """The requests: `signups` new accounts, or GET `path` for `seconds`; meanwhile GET `watch`."""

    port: int
    at_once: int
    limit: float  # seconds, after which everything ends
    signups: int = 0  # how many, or none
    label: str = ""  # makes the addresses of this plan its own
    path: str = ""
    cookie: str = ""
    seconds: float = 0.0
    watch: tuple[str, ...] = ()
    pause: float = 0.02  # seconds between two looks at a watched path


@dataclass
class Outcome:
    """The outcome of a plan; status 0 stands for a connection that ended without a response."""

    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    accepted: list[str] = field(default_factory=list)  # addresses that were answered 201
    cookie: str = ""  # as the last of them was given
    latencies: dict[str, list[float]] = field(default_factory=dict)  # seconds, of watched paths
    watched: Counter[int] = field(default_factory=Counter)
