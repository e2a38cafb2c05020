"""Work that has to wait for a thread for too long is refused, and not done too late."""

import time
from collections.abc import Iterator
from threading import Event

import pytest

from minisrv.limits import Overloaded
from minisrv.pools.threads import Punctual


@pytest.fixture
def one_thread() -> Iterator[Punctual]:
    threads = Punctual(patience=0.1, threads=1)
    yield threads
    threads.shutdown()


def test_work_is_done_and_what_it_raises_is_raised(one_thread: Punctual) -> None:
    assert one_thread.submit(divmod, 7, 2).result(20) == (3, 1)
    assert one_thread.submit(sorted, [1, 2], reverse=True).result(20) == [2, 1]
    with pytest.raises(ZeroDivisionError):
        one_thread.submit(divmod, 7, 0).result(20)


def test_whoever_waited_too_long_is_refused_at_once_and_the_next_is_not(
    one_thread: Punctual,
) -> None:
    held, done = Event(), []
    first = one_thread.submit(held.wait)
    late = [one_thread.submit(done.append, number) for number in range(100)]
    time.sleep(0.2)
    held.set()
    assert first.result(20)
    for one in late:
        with pytest.raises(Overloaded):
            one.result(20)
    assert done == []
    one_thread.submit(done.append, "in time").result(20)
    assert done == ["in time"]
