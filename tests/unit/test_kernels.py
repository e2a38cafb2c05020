"""The start of a kernel in the tests. Left out: real kernels (lessons/test_kernel.py)."""

from collections.abc import Iterator

import pytest

from tests.support.kernels import at_second_try


def starts(*outcomes: str) -> Iterator[str]:
    """Raise for "taken", as when another process has the port; yield all else."""
    for one in outcomes:
        if one == "taken":
            raise RuntimeError("Kernel didn't respond in 60 seconds")
        yield one


@pytest.mark.parametrize("outcomes", [["first"], ["taken", "second"]])
def test_a_kernel_that_did_not_get_ready_is_started_once_more(outcomes: list[str]) -> None:
    left = iter(outcomes)
    assert at_second_try(lambda: next(starts(next(left)))) == outcomes[-1]


def test_a_kernel_that_never_gets_ready_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="60 seconds"):
        at_second_try(lambda: next(starts("taken")))
