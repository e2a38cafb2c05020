"""One remembered session in many hands, at a server of several processes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import requests

from tests.support.visitor import Visitor, assert_refused

TABS, ROUNDS = 16, 4
REFRESH = "__Host-TRAX_REFRESH_TOKEN"


def renew_and_end(visitor: Callable[[], Visitor], run: Callable[[str], object]) -> None:
    """Hold that of many who renew it at once all go on with one token, and an old one ends it.

    `run` runs an SQL statement in the database of the server, and commits.
    """
    ada = visitor()
    assert ada.signs_up().status_code == 201
    assert ada.signs_in_for_weeks().status_code == 200
    thief = _copy(ada, visitor)
    for _ in range(ROUNDS):
        run("UPDATE refresh_tokens SET exchanged = exchanged - 960")  # sixteen minutes pass
        before, tabs = ada.cookies[REFRESH], [_copy(ada, visitor) for _ in range(TABS)]
        assert [answer.status_code for answer in _at_once(Visitor.refreshes, tabs)] == [200] * TABS
        (after,) = {tab.cookies[REFRESH] for tab in tabs}
        assert after != before
        ada = tabs[0]
    tabs = [_copy(ada, visitor) for _ in range(TABS)]
    assert [answer.status_code for answer in _at_once(Visitor.asks_me, tabs)] == [200] * TABS
    assert_refused(thief.refreshes(), 401, "token_reused")
    for ask in (Visitor.asks_me, Visitor.refreshes):
        for answer in _at_once(ask, tabs):
            assert_refused(answer, 401, "not_signed_in")


def _copy(of: Visitor, visitor: Callable[[], Visitor]) -> Visitor:
    other = visitor()
    other.cookies = dict(of.cookies)
    return other


def _at_once(ask: Callable[[Visitor], requests.Response], all_: list[Visitor]) -> list:
    with ThreadPoolExecutor(len(all_)) as pool:
        return list(pool.map(ask, all_))
