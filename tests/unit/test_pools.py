"""The thread pools: a bounded queue, a bounded wait, as many hashing threads as cores."""

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from minisrv.app import Resources
from minisrv.errors import Overloaded
from minisrv.pools import BoundedPool, usable_cores
from tests.support.live import serve, settings_of_tests
from tests.support.visitor import Visitor, assert_refused


def test_work_beyond_the_queue_is_refused_at_once_and_the_rest_is_done() -> None:
    async def crowd() -> list[object]:
        pool, gate = BoundedPool("test", 2, most_waiting=5), threading.Event()
        asked = [asyncio.create_task(pool.run(gate.wait, 20)) for _ in range(8)]
        await asyncio.sleep(0)  # all have asked now
        refused = [task for task in asked if task.done()]
        gate.set()
        answers = await asyncio.gather(*asked, return_exceptions=True)
        assert len(refused) == 3  # before anything was done
        assert await pool.run(lambda: "again") == "again"
        pool.close()
        return answers

    answers = asyncio.run(crowd())
    assert answers[:5] == [True] * 5
    assert [type(one) for one in answers[5:]] == [Overloaded] * 3


def test_work_that_fails_or_is_given_up_leaves_its_place() -> None:
    async def visit() -> None:
        pool = BoundedPool("test", 1, most_waiting=1)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await pool.run(lambda: 1 / 0)
        gate = threading.Event()
        task = asyncio.create_task(pool.run(gate.wait, 20))
        await asyncio.sleep(0)
        task.cancel()
        gate.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await pool.run(lambda: 1) == 1
        pool.close()

    asyncio.run(visit())


def test_no_more_hash_at_once_than_there_are_cores() -> None:
    async def most_at_once() -> int:
        shared = Resources.open(settings_of_tests())
        pool, lock, now, most = shared.workers, threading.Lock(), 0, 0

        def work() -> None:
            nonlocal now, most
            with lock:
                now += 1
                most = max(most, now)
            threading.Event().wait(0.02)
            with lock:
                now -= 1

        await asyncio.gather(*(pool.run(work) for _ in range(20)))
        shared.close()
        return most

    assert asyncio.run(most_at_once()) == usable_cores()


def test_over_http_it_is_503_with_retry_after_and_every_201_is_kept() -> None:
    with serve(settings_of_tests(most_waiting=4, bcrypt_cost=10)) as server:
        visitors = [Visitor(server, f"listener-{number}@trax.test") for number in range(24)]
        with ThreadPoolExecutor(24) as pool:
            answers = list(pool.map(lambda visitor: visitor.signs_up(), visitors))
        made = {answer.json()["email"] for answer in answers if answer.status_code == 201}
        refused = [answer for answer in answers if answer.status_code != 201]
        assert made and refused
        for answer in refused:
            assert_refused(answer, 503, "overloaded")
            assert int(answer.headers["Retry-After"]) > 0
        assert {row["email"] for row in server.rows("users")} == made
        assert Visitor(server, "late@trax.test").signs_up().status_code == 201


PATIENCE = 0.5  # seconds; a busy machine may well need a tenth to start a thread


@pytest.fixture
def one_thread() -> Iterator[BoundedPool]:
    pool = BoundedPool("test", 1, patience=PATIENCE)
    yield pool
    pool.shutdown()


def test_work_is_done_and_what_it_raises_is_raised(one_thread: BoundedPool) -> None:
    assert one_thread.submit(divmod, 7, 2).result(60) == (3, 1)
    assert one_thread.submit(sorted, [1, 2], reverse=True).result(60) == [2, 1]
    with pytest.raises(ZeroDivisionError):
        one_thread.submit(divmod, 7, 0).result(60)


def test_work_that_waited_too_long_is_rejected_and_the_next_is_not(
    one_thread: BoundedPool,
) -> None:
    held, done = threading.Event(), []
    first = one_thread.submit(held.wait)
    late = [one_thread.submit(done.append, number) for number in range(100)]
    time.sleep(PATIENCE + 0.1)
    held.set()
    assert first.result(60)
    for one in late:
        with pytest.raises(Overloaded):
            one.result(60)
    assert done == []
    one_thread.submit(done.append, "in time").result(60)
    assert done == ["in time"]


def test_asyncio_to_thread_is_bounded_in_it_too(one_thread: BoundedPool) -> None:
    async def visit() -> list[object]:
        asyncio.get_running_loop().set_default_executor(one_thread)
        held = threading.Event()
        first, late = (asyncio.create_task(asyncio.to_thread(held.wait, 20)) for _ in range(2))
        await asyncio.sleep(PATIENCE + 0.1)
        held.set()
        return await asyncio.gather(first, late, return_exceptions=True)

    first, late = asyncio.run(visit())
    assert first is True and type(late) is Overloaded
