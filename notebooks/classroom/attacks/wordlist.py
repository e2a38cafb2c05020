"""Try words from a list until one fits: what most passwords fall to.

Left out: bending the words (Sunshine1!), which is what real attackers do next.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Guessed:
    """What a search came to: the word, or None when the list ran out, and how many were tried."""

    word: str | None
    guesses: int


def guess(words: Iterable[str], fits: Callable[[str], bool]) -> Guessed:
    """Try `words` in turn until `fits` says yes."""
    guesses = 0
    for guesses, candidate in enumerate(words, start=1):
        if fits(candidate):
            return Guessed(candidate, guesses)
    return Guessed(None, guesses)


def precompute(words: Iterable[str], hash: Callable[[str], str]) -> dict[str, str]:
    """Return each word by its digest: one hash a word, and after that a look is enough."""
    return {hash(candidate): candidate for candidate in words}
