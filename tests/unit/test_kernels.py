"""The start of a kernel in the tests. Left out: real kernels (lessons/test_kernel.py)."""

from unittest.mock import Mock

import pytest

from tests.support.kernels import at_second_try

TAKEN = RuntimeError("Kernel didn't respond in 60 seconds")  # as when its port was taken


@pytest.mark.parametrize("outcomes", [["a kernel"], [TAKEN, "a kernel"]])
def test_a_kernel_that_did_not_get_ready_is_started_once_more(outcomes: list[object]) -> None:
    start = Mock(side_effect=outcomes)
    assert at_second_try(start) == "a kernel" and start.call_count == len(outcomes)


def test_a_kernel_that_never_gets_ready_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="60 seconds"):
        at_second_try(Mock(side_effect=TAKEN))
