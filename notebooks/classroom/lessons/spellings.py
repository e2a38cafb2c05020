"""Compare ways to bring the spellings of an address to one.

Left out: what the mail server makes of an address, which only its owner knows.
"""

from collections.abc import Callable, Iterable

from classroom.display.table import Table


def one_or_two(pairs: Iterable[tuple[str, str, str]], **ways: Callable[[str], str]) -> Table:
    """Return a row for each pair of addresses: does each of the `ways` make them one, or two?

    A pair is an address, another one, and what they are: "one" mailbox or "two".
    """
    rows = []
    for one, other, are in pairs:
        found = {name: "one" if way(one) == way(other) else "two" for name, way in ways.items()}
        rows.append({"address": one, "other": other, "mailboxes": are, **found})
    return Table(rows)
