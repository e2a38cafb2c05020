"""With COURSE_NO_SKIP set, a test that would be skipped fails: nobody would notice it otherwise.

Left out: xfail, which no test here uses.
"""

import os
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator:
    """Turn the report of a skipped test into that of a failed one."""
    report = yield
    if report.skipped and os.environ.get("COURSE_NO_SKIP"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {report.longrepr}"
    return report
