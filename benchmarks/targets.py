"""What the figures should be; a row without a bound has no target."""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.sizes import Sizes

DEFAULT_POOL, FASTAPI_USERS = "default thread pool", "fastapi-users"  # peers that targets name


@dataclass(frozen=True)
class Target:
    """A figure's meaning, its name in the results, its unit, and its bounds, if it has any."""

    meaning: str
    figure: str
    unit: str = ""
    most: float | None = None
    least: float | None = None

    def bound(self) -> str:
        """Return the bound as a reader would write it."""
        if self.most is not None:
            return f"≤ {shown(self.most, self.unit)}"
        return "" if self.least is None else f"≥ {shown(self.least, self.unit)}"

    def verdict(self, value: float) -> str:
        """Return met, missed, or nothing where there is no bound."""
        if self.most is None and self.least is None:
            return ""
        missed = (self.most is not None and value > self.most) or (
            self.least is not None and value < self.least
        )
        return "missed" if missed else "met"


def shown(value: float, unit: str) -> str:
    """Return a number with its unit, in as many digits as mean something."""
    if unit == "%":
        return f"{100 * value:.0f} %"
    digits = 0 if value >= 100 or value == int(value) else 1 if value >= 10 else 2 + (value < 1)
    return f"{value:,.{digits}f} {unit}".strip()


def targets(sizes: Sizes) -> list[Target]:
    """Return every row of the table, in order."""
    groups = sizes.at_once
    many, few = f"{sizes.rows[1]:,}", f"{sizes.rows[0]:,}"
    return [
        Target(f"limit: cores ÷ seconds a hash, cost {sizes.cost}", "limit", "hashes/s"),
        *(Target(f"sign-ups, {n} at once", f"signups_{n}", "/s") for n in groups),
        *(
            Target(f"  share of the limit, {n} at once", f"share_{n}", "%", least=0.97)
            for n in groups
        ),
        Target(
            f"  share at cost {sizes.default_cost}, as it is installed",
            "share_as_installed",
            "%",
            least=0.97,
        ),
        Target(f"storm of {sizes.storm}: all answered in", "storm_s", "s"),
        Target("  against sign-ups × hash ÷ cores", "storm", "×", most=1.05),
        *_latencies("GET /health", "health", sizes),
        *_latencies("GET /api/me", "me", sizes),
        Target("answered 201 and not in the database", "lost", most=0),
        Target("answered 5xx", "answered_5xx", most=0),
        Target("refused, or dropped without an answer", "unserved", most=0),
        Target("GET /api/me", "me_a_second", "/s"),
        Target("  against a bare hello", "me_share", "×", least=0.3),
        Target(f"look-up by e-mail: {many} rows against {few}", "look_up_growth", "×", most=1.5),
        Target("  duplicate refused, likewise", "duplicate_growth", "×", most=1.5),
        Target("  insert and commit, likewise", "insert_growth", "×", most=1.5),
        Target("  the look-up uses the index (EXPLAIN)", "index_used", least=1),
        Target("resident memory in the storm", "resident_mb", "MB", most=60),
        Target("process start to first answer", "start_s", "s", most=0.6),
        Target("in a kernel: import of the classroom", "kernel_import_s", "s"),
        Target("  first Server()", "kernel_server_s", "s", most=0.5),
        Target("  stop", "kernel_stop_s", "s", most=0.3),
        Target("from the clone to the first live response", "newcomer_s", "s", most=10),
        Target("  JupyterLab's start in it", "jupyterlab_s", "s"),
    ]


LESSONS = [
    Target("all lessons under strict nbval, one by one", "lessons_s", "s"),
    Target("  against the starts of their kernels", "lessons", "×", most=2),
]


def against_peers(peers: Mapping[str, Mapping[str, float]]) -> list[Target]:
    """Return the rows whose bounds are what peers reached in this very run."""
    rows = []
    if pool := peers.get(DEFAULT_POOL):
        for name, path in (("health", "/health"), ("me", "/api/me")):
            figure = f"{name}_p99_ms"
            meaning = f"GET {path} p99, against 1/20 of the {DEFAULT_POOL}'s"
            rows.append(Target(meaning, figure, "ms", most=pool[figure] / 20))
    if users := peers.get(FASTAPI_USERS):
        least = 5 * users["me_a_second"]
        meaning = f"GET /api/me, against 5 × {FASTAPI_USERS}'"
        rows.append(Target(meaning, "me_a_second", "/s", least=least))
    return rows


def _latencies(path: str, name: str, sizes: Sizes) -> list[Target]:
    return [
        Target(f"{path} while {sizes.watched[0]} sign up, p50", f"{name}_p50_ms", "ms", most=5),
        Target("  p99", f"{name}_p99_ms", "ms", most=20),
    ]
