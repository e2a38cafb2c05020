"""What a run of pytest says about a mutant, from the reports of its tests."""

from types import SimpleNamespace

import pytest

from tests.mutants.warm import Reports

FAILED, OK = pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.OK


@pytest.mark.parametrize(
    ("outcomes", "status", "verdict"),
    [
        ([("call", "passed"), ("call", "failed")], FAILED, "failed"),
        ([("call", "passed"), ("setup", "skipped")], OK, "passed"),
        ([("setup", "skipped"), ("setup", "skipped")], OK, "skipped"),
        ([("setup", "failed")], FAILED, "broken"),  # a fixture failed: the test was not run
        ([], pytest.ExitCode.NO_TESTS_COLLECTED, "broken"),  # no test has that name
        ([], pytest.ExitCode.USAGE_ERROR, "broken"),
    ],
)
def test_a_run_has_a_verdict(
    outcomes: list[tuple[str, str]], status: pytest.ExitCode, verdict: str
) -> None:
    reports = Reports()
    for when, outcome in outcomes:
        skipped, why = outcome == "skipped", ("test_x.py", 1, "no PostgreSQL")
        one = SimpleNamespace(when=when, outcome=outcome, skipped=skipped, longrepr=why)
        reports.pytest_runtest_logreport(one)
    found = reports.verdict(status)
    assert found["outcome"] == verdict
    assert found.get("text") == ("no PostgreSQL" if verdict == "skipped" else None)
