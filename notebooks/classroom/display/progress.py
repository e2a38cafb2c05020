"""Show the progress of work that takes longer than two seconds, in one line of text.

The line is the same in every run, so the outputs of a notebook can be compared. Left out: bars that
redraw themselves; strict nbval fails on the messages that they need.
"""

from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

Item = TypeVar("Item")


def progress(
    items: Iterable[Item], total: int | None = None, doing: str = "working"
) -> Iterator[Item]:
    """Yield the `total` items of `items`, and print `doing: 10 % 20 % …` after each tenth.

    Without `total`, it is the length of `items`. If the loop stops early, the line ends there.
    ValueError if there is no total of at least 1.
    """
    if total is None:
        total = len(items) if isinstance(items, Sized) else 0
    if total < 1:
        raise ValueError("total is the number of items, at least 1.")
    print(f"{doing}:", end="")
    tenths = 0
    try:
        for count, item in enumerate(items, start=1):
            yield item
            while tenths < min(10, count * 10 // total):
                tenths += 1
                print(f" {tenths * 10} %", end="")
    finally:
        print()
