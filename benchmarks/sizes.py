"""How much is measured: as much as gives steady ratios, or just enough to see that it works."""

from dataclasses import dataclass

from minisrv import Settings


@dataclass(frozen=True)
class Sizes:
    """The size of one round; `groups` are (how many at once, how many sign-ups in all).

    They come one after the other, the storm last; of several of a size the median counts, for the
    machine's own speed changes from one second to the next.
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
    patience: float = 180.0  # seconds for one group; who has no answer by then has none

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
