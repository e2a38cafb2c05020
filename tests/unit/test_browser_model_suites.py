"""The model browser against other projects' cookie tests, as Chromium and Firefox answered them.

Where a suite expects something else than the browsers do, the browsers count. Left out: cases that
cannot be sent, because a header can hold no NUL, CR or LF.
"""

from functools import cache

import pytest

from tests.support.suite_tables import ENGINES, SUITES, Outcome, cases, outcomes

# What the model does otherwise, with the reason: engine, suite and the name of the case.
KNOWN = {
    "A script that changes a cookie reads it last in Firefox, in the processes that show the page "
    "alone; a Cookie header has it in its old place. The model has one order for both.": {
        ("firefox", "sequences", "ordering-refresh"),
    },
}
CASES = {"http-state": 222, "wpt": 887, "sequences": 171}
NEVER_SENT = {"http-state": 2, "wpt": 1, "sequences": 0}
# In Chromium and Firefox. A case of the first two is read twice, a jar of the third once a cookie.
READINGS = {"http-state": (440, 440), "wpt": (1772, 1772), "sequences": (548, 578)}


@cache
def readings(suite: str, engine: str) -> list[tuple[str, list[Outcome]]]:
    """Return the name of each case and the outcomes of its readings."""
    return [(case["name"], list(outcomes(case, engine))) for case in cases(suite)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("suite", SUITES)
def test_the_model_does_what_the_browser_did(suite: str, engine: str) -> None:
    differing = {
        name: pairs
        for name, all_pairs in readings(suite, engine)
        if (pairs := [pair for pair in all_pairs if pair[0] != pair[1]])
    }
    known = {name for names in KNOWN.values() for *where, name in names if where == [engine, suite]}
    assert {name: pairs for name, pairs in differing.items() if name not in known} == {}
    assert known <= set(differing), "a known difference has gone: take it out of KNOWN"


@pytest.mark.parametrize("suite", SUITES)
def test_every_case_is_compared(suite: str) -> None:
    assert len(cases(suite)) == CASES[suite]
    counts = [[len(pairs) for _, pairs in readings(suite, one)] for one in ENGINES]
    assert counts[0].count(0) == NEVER_SENT[suite]
    assert tuple(map(sum, counts)) == READINGS[suite]
