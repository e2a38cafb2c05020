"""How many passwords a second an attacker tries with one graphics card.

hashcat 6.2.6 in benchmark mode on one NVIDIA RTX 4090 at stock clocks, published by Chick3nman
(October 2022): https://gist.github.com/Chick3nman/32e662a5bb63bc4f51b847bb422222fd
mode 1400, SHA2-256: 21975.5 MH/s; mode 3200, bcrypt with 32 rounds (cost 5): 184.0 kH/s.
Left out: several cards, which add up, and newer ones.
"""

from collections.abc import Sequence

from classroom.display.chart import bars
from classroom.display.table import Table
from classroom.display.text import duration

SHA256 = 21_975_500_000
BCRYPT_COST_5 = 184_000
EIGHT_LETTERS = 26**8  # aaaaaaaa to zzzzzzzz


def bcrypt_rate(cost: int) -> float:
    """Return guesses a second against bcrypt of `cost`: half as many for each step."""
    return BCRYPT_COST_5 / 2 ** (cost - 5)


def lasts(rate: float, guesses: int = EIGHT_LETTERS) -> str:
    """Return how long `guesses` take at `rate` a second, as in `13 d 3 h`."""
    return duration(guesses / rate, years=True)


def how_long(costs: Sequence[int]) -> Table:
    """Return guesses a second for SHA-256 and bcrypt with each of `costs`, and lasts() of each."""
    rates = {"SHA-256": SHA256} | {f"bcrypt, cost {cost}": bcrypt_rate(cost) for cost in costs}
    rows = [(name, rate, lasts(rate)) for name, rate in rates.items()]
    return bars(rows, "Guesses on one RTX 4090", "a second", log=True, measured=False)
