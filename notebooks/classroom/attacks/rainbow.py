"""A rainbow table: compute hashes once, keep them in a hundredth of the space, use them often.

A chain alternates hashing with reducing: word → hash → word → hash … Only its first and its last
word are kept. To look a hash up, walk from it to the end of a chain; the chain's first word leads
back to what was hashed. P. Oechslin, "Making a Faster Cryptanalytic Time-Memory Trade-Off",
CRYPTO 2003. Left out: several tables, which find most of the rest.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from string import ascii_lowercase as LETTERS

PAIRS = [first + second for first in LETTERS for second in LETTERS]
WORDS = len(PAIRS) ** 2  # 456,976 words of four letters: aaaa to zzzz
Hash = Callable[[str], str]  # from a word to a digest in hex


def sha256(word: str) -> str:
    """Return the SHA-256 digest of `word` in hex."""
    return hashlib.sha256(word.encode()).hexdigest()


def word(number: int) -> str:
    """Return the word with that number, 0 being `aaaa`."""
    first, second = divmod(number, len(PAIRS))
    return PAIRS[first] + PAIRS[second]


def reduce(digest: str, column: int) -> str:
    """Return a word computed from `digest`: not the word it was made of, but always the same one.

    Each column computes another word; that is the rainbow. So chains that meet in different columns
    part again.
    """
    return word((int(digest[:12], 16) + column) % WORDS)


@dataclass(frozen=True)
class RainbowTable:
    """The chains' last words, each with its first; `columns` steps lie between them."""

    first_of: dict[str, str]
    columns: int
    hash: Hash

    @classmethod
    def build(
        cls, chains: int, columns: int, hash: Hash = sha256, watch: Callable = iter
    ) -> "RainbowTable":
        """Return a table from `chains` × `columns` hashes; `watch(range)` may report progress."""
        table = cls({}, columns, hash)
        for number in watch(range(chains)):
            first = word(number * (WORDS // chains))
            table.first_of[table._walk(first, range(columns))] = first
        return table

    def look_up(self, digest: str) -> str | None:
        """Return a word with this digest, or None when no chain holds it."""
        for column in reversed(range(self.columns)):  # where in its chain might the digest be?
            last = self._walk(reduce(digest, column), range(column + 1, self.columns))
            if last in self.first_of:
                found = self._walk(self.first_of[last], range(column))
                if self.hash(found) == digest:  # else it only met the chain: a false alarm
                    return found
        return None

    def look_up_all(self, digests: Iterable[str]) -> dict[str, str]:
        """Return the words that were found, by digest."""
        found = {digest: self.look_up(digest) for digest in set(digests)}
        return {digest: words for digest, words in found.items() if words is not None}

    def __len__(self) -> int:
        """Return how many chains are kept: one of those that have met."""
        return len(self.first_of)

    def _walk(self, start: str, columns: range) -> str:
        """Return the word after hashing and reducing `start` in each of `columns`."""
        for column in columns:
            start = reduce(self.hash(start), column)
        return start
