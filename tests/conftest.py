"""For every test: no environment variable and no proxy of the machine changes what is tested.

Notebooks inherit this, since their kernels are started here. Left out: fixtures of single modules.
"""

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from classroom.display.hosted import HOSTS
from classroom.doctor.front_end import OF_VS_CODE
from tests.support.live import running as running
from tests.support.live import server as server
from tests.support.tiers import DAYS, days_at_once, today

for name in [name for name in os.environ if name.upper().startswith("MINISRV_")]:
    del os.environ[name]
for name in (*HOSTS, OF_VS_CODE):  # the doctor says where a notebook runs; see test_doctor.py
    os.environ.pop(name, None)
# `course.py test` sets the first; a class may be set up or taught with the others.
for name in ("COURSE_CALLED_FROM", "COURSE_WHEELS", "COURSE_SOLUTIONS"):
    os.environ.pop(name, None)
# A proxy in the environment would stand between `requests` and the server on this machine.
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost,.localhost"

# By the day's number some tests choose what they try. It is set once, for all processes of a run.
os.environ.setdefault("COURSE_DAY", str(today()))

# No deadline: a slow moment of the machine says nothing about the code.
settings.register_profile("lessons", deadline=None, print_blob=True)
settings.load_profile("lessons")


def pytest_report_header() -> str:
    """Say which values of long rows are run, and how to run the same once more, or all."""
    day, days = today(), days_at_once()
    which = "all values" if days >= DAYS else f"the turns of {days} of {DAYS} days"
    return f"long rows: {which}, COURSE_DAY={day} (COURSE_DAYS={DAYS} runs all)"


def pytest_collection_finish() -> None:
    """Exempt from the garbage collector all that exists by now, so that it is quick afterwards."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module", autouse=True)
def _collect_garbage() -> Iterator[None]:
    """Report a file or connection that nobody closed in the module that left it open.

    Python warns when the collector finds it, which else may be many tests later.
    """
    yield
    gc.collect()
