"""The pool that hashes: bounded, sized to the cores, and honest when it is full."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from minisrv.limits import Overloaded
from minisrv.pools.workers import Workers, usable_cores
from tests.support.actor import Visitor, assert_refused
from tests.support.live import serve, settings_of_tests


def test_work_beyond_the_queue_is_refused_at_once_and_the_rest_is_done() -> None:
    async def crowd() -> list[object]:
        workers, gate = Workers(most_waiting=5, threads=2), threading.Event()
        asked = [asyncio.create_task(workers.run(gate.wait, 20)) for _ in range(8)]
        await asyncio.sleep(0)  # all have asked now
        refused = [task for task in asked if task.done()]
        gate.set()
        answers = await asyncio.gather(*asked, return_exceptions=True)
        assert len(refused) == 3  # before anything was done
        assert await workers.run(lambda: "again") == "again"
        workers.close()
        return answers

    answers = asyncio.run(crowd())
    assert answers[:5] == [True] * 5
    assert [type(one) for one in answers[5:]] == [Overloaded] * 3


def test_work_that_fails_or_is_given_up_leaves_its_place() -> None:
    async def visit() -> None:
        workers = Workers(most_waiting=1, threads=1)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await workers.run(lambda: 1 / 0)
        gate = threading.Event()
        task = asyncio.create_task(workers.run(gate.wait, 20))
        await asyncio.sleep(0)
        task.cancel()
        gate.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await workers.run(lambda: 1) == 1
        workers.close()

    asyncio.run(visit())


def test_no_more_hash_at_once_than_there_are_cores() -> None:
    async def most_at_once() -> int:
        workers, lock, now, most = Workers(100), threading.Lock(), 0, 0

        def work() -> None:
            nonlocal now, most
            with lock:
                now += 1
                most = max(most, now)
            threading.Event().wait(0.02)
            with lock:
                now -= 1

        await asyncio.gather(*(workers.run(work) for _ in range(20)))
        workers.close()
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
