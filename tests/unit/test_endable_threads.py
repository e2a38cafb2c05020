"""A pool whose work can be ended: what is ended, and what it remembers of its threads.

Left out: the routes whose loops are ended (test_endless_routes.py).
"""

import threading

import pytest

from classroom.server.endable_threads import EndableThreads, Ended


class EndsAtTheEnd:
    """The guard of a pool that raises Ended in a thread whose work is done, as `end_work` may."""

    def __init__(self) -> None:
        self.times = 0

    def __enter__(self) -> None:
        self.times += 1
        if self.times == 2:  # the first time is before the work
            raise Ended

    def __exit__(self, *_: object) -> None:
        return None


def test_a_thread_that_is_ended_when_its_work_is_done_is_not_kept_as_at_work() -> None:
    """Else each later `end_work` would end the thread itself, and the next work with it."""
    with EndableThreads() as pool:
        pool._guard = EndsAtTheEnd()
        with pytest.raises(Ended):
            pool.submit(lambda: "done").result(60)
        assert pool._at_work == set()


def test_a_loop_is_ended_and_the_pool_takes_new_work() -> None:
    begun = threading.Event()

    def loop() -> None:
        begun.set()
        while True:
            pass

    with EndableThreads() as pool:
        work = pool.submit(loop)
        assert begun.wait(60)
        pool.end_work()
        assert isinstance(work.exception(60), Ended)
        assert pool.submit(lambda: "done").result(60) == "done"
