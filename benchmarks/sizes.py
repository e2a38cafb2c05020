"""How much is measured: enough for steady ratios, or just enough to see that it works."""

from dataclasses import dataclass

from minisrv import Settings


@dataclass(frozen=True)
class Sizes:
    """The size of one round; `groups` are (how many at once, how many sign-ups in all).

    They run one after the other, the storm last. The median of all groups of one size counts,
    because the speed of the machine changes from one second to the next.
    """

    cost: int = 10
    groups: tuple[tuple[int, int], ...] = (*2 * ((8, 160), (64, 256)), (300, 300))
    watched: tuple[int, int] = (64, 160)  # the same, while others ask for /health and /api/me
    limit_seconds: float = 1.5
    read_seconds: float = 1.0  # of each of the slices below
    read_slices: int = 3
    readers: int = 16
    default_cost: int = Settings().bcrypt_cost  # that of a server as it is installed
    at_default_cost: tuple[int, int] = (64, 128)
    rows: tuple[int, int] = (1_000, 1_000_000)
    questions: int = 2_000  # to each of the two tables
    patience: float = 180.0  # the timeout of one group in seconds

    @property
    def at_once(self) -> list[int]:
        """The sizes of the groups, each once, the smallest first."""
        return sorted({at_once for at_once, _ in self.groups})

    @property
    def storm(self) -> int:
        """The size of the last group: all come at once, and each once."""
        return self.groups[-1][0]


FULL = Sizes()
TINY = Sizes(
    cost=4,
    groups=((2, 4), (6, 6)),
    watched=(4, 24),
    limit_seconds=0.05,
    read_seconds=0.1,
    read_slices=1,
    readers=2,
    default_cost=5,
    at_default_cost=(4, 8),
    rows=(10, 100),
    questions=20,
    patience=60.0,
)
