"""Which addresses have the origin of a page, and which are on its site, as the browsers count.

Left out: the Public Suffix List; here a single label such as `localhost` is what nobody can own.
"""

from collections.abc import Iterable

from classroom.browser_model.sites import same_origin, site
from classroom.display.table import Table


def compare_addresses(page: str, addresses: Iterable[str]) -> Table:
    """Return a row for each address: is it of the same origin and of the same site as `page`?"""
    return Table([_row(page, address) for address in addresses], plain=("address",))


def _row(page: str, address: str) -> dict[str, str]:
    # Chromium counts the scheme into the site. Firefox does not.
    chromium, firefox = (site(address, one) == site(page, one) for one in (True, False))
    return {
        "address": address,
        "same origin": _word(same_origin(address, page)),
        "same site in Chromium": _word(chromium),
        "same site in Firefox": _word(firefox),
    }


def _word(yes: bool) -> str:
    return "yes" if yes else "no"
