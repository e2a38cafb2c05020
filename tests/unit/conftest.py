"""For every unit test: labels such as ‹token-1› are counted from 1."""

from collections.abc import Iterator

import pytest

from classroom.display import labels


@pytest.fixture(autouse=True)
def _labels_from_one() -> Iterator[None]:
    labels.forget()
    yield
    labels.forget()
