"""Try words from a list until one fits: the simplest way to find a common password.

Left out: changing the words (Sunshine1!), which is what real attackers do next.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Guessed:
    """The result of a search: the word, or None if no word fits, and how many were tried."""

    word: str | None
    guesses: int


def guess(words: Iterable[str], fits: Callable[[str], bool]) -> Guessed:
    """Try `words` in turn until `fits` returns True for one."""
    guesses = 0
    for guesses, candidate in enumerate(words, start=1):
        if fits(candidate):
            return Guessed(candidate, guesses)
    return Guessed(None, guesses)
