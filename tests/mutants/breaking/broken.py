"""A plugin of pytest that breaks what COURSE_BREAKAGE names before any test is imported."""

import sitecustomize


def pytest_sessionstart() -> None:
    """Break it."""
    sitecustomize.apply()
