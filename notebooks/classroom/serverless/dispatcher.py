"""Which instance gets an event, and what happens when it has handled it, or has not.

Everything here runs in one event loop, so there are no locks. An event goes to the instance that
has waited longest, else to a new one. Left out: a queue; with no room left an event is refused.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

from classroom.serverless import reasons
from classroom.serverless.instance import BUSY, COLD, ENDED, FROZEN, WARM, Instance, Invocation
from classroom.serverless.outcome import ANSWERED, FAILED, NO_ROOM, TIMED_OUT, Outcome
from classroom.serverless.reasons import NO_REPORT
from classroom.serverless.rules import Rules

START_SECONDS = 60.0


class Dispatcher:
    """The instances of one function, by letter, and the events that they handle."""

    def __init__(self, rules: Rules, start: Callable[[int], Awaitable[Instance]]) -> None:
        """Begin without instances; `start` starts the one with this number."""
        self.rules, self._start = rules, start
        self.instances: dict[int, Instance] = {}
        self._free: deque[Instance] = deque()
        self._in_use: set[int] = set()
        self._starting: set[int] = set()
        self._count = 0
        self.why = ""  # the sentence on the latest event that was not answered

    async def invoke(self, event: str) -> Outcome:
        """Let an instance handle `event`, and return what became of it."""
        begin, self._count = time.perf_counter(), self._count + 1
        invocation = Invocation(f"event-{self._count}", event, asyncio.Future())
        cold = not self._free
        instance = await self._start_one() if cold else self._free.popleft()
        if instance is None:
            self.why = reasons.of_room(self.rules.most)
            return Outcome(invocation.id, NO_ROOM, why=self.why)
        instance.inbox.put_nowait(invocation)
        # It waits, or is about to ask; if it never does, the event fails all the same.
        ask = START_SECONDS if instance.state == COLD else self.rules.timeout
        self._fail_later(ask + self.rules.timeout, instance, invocation)
        how, text = await invocation.done
        spent = 1000 * (time.perf_counter() - begin)
        why = "" if how == ANSWERED else self._why(how, text, instance, invocation)
        self.why = why or self.why
        return Outcome(invocation.id, how, text, instance.name, cold, spent, why)

    async def add(self) -> Instance | None:
        """Start an instance that waits for an event; None if there is no room for it."""
        instance = await self._start_one()
        if instance is not None:
            self._free.append(instance)
        return instance

    async def _start_one(self) -> Instance | None:
        number = self._unused_number()
        if number is None:
            return None
        self._in_use.add(number)  # before the wait: others may start one meanwhile
        self._starting.add(number)
        try:
            instance = self.instances[number] = await self._start(number)
        except BaseException:
            self._in_use.discard(number)
            raise
        finally:
            self._starting.discard(number)
        self._watch(instance)
        return instance

    async def known(self, number: int) -> None:
        """Wait until `instances` has it: a process may ask before its start has returned."""
        while number in self._starting:
            await asyncio.sleep(0.005)

    async def next(self, number: int) -> Invocation | None:
        """Wait for the next event of an instance; None if it ends for having waited too long."""
        instance = self.instances[number]
        if instance.inbox.empty():
            instance.state = WARM
            if self.rules.freeze:
                instance.freeze()
        try:
            invocation = await asyncio.wait_for(instance.inbox.get(), self.rules.idle_seconds)
        except TimeoutError:
            self.end(instance)
            return None
        if invocation is None:  # the process has ended
            return None
        if instance.state == FROZEN:
            instance.thaw()
        instance.state, instance.current = BUSY, invocation
        invocation.deadline = time.time() + self.rules.timeout
        self._fail_later(self.rules.timeout, instance, invocation)
        return invocation

    def is_at_work(self, number: int, id: str) -> bool:
        """Return True if the instance has this event, and its time has not run out."""
        current = self.instances[number].current
        return current is not None and current.id == id and not current.done.done()

    def finish(self, number: int, how: str, text: str) -> None:
        """Take what an instance says of the event that it has."""
        instance = self.instances[number]
        instance.handled += 1
        instance.current.done.set_result((how, text))
        instance.current = None
        self._free.append(instance)  # from now on, so that it does not matter when it asks again

    def fail_to_start(self, number: int, text: str) -> None:
        """Take the report of an instance that could not load its function."""
        instance = self.instances[number]
        if not instance.inbox.empty():
            instance.inbox.get_nowait().done.set_result((FAILED, text))

    def end(self, instance: Instance) -> None:
        """End an instance; the event that it has fails."""
        instance.kill()
        self._has_ended(instance)

    def end_all(self) -> None:
        """End all instances."""
        for instance in list(self.instances.values()):
            self.end(instance)

    def end_idle(self) -> list[Instance]:
        """End all instances without an event, as a cloud does after a while; return them."""
        ended = list(self._free)
        for instance in ended:
            self.end(instance)
        return ended

    async def settled(self) -> None:
        """Wait until each instance without an event has asked for one, or has ended.

        One that never asks is not waited for longer than a start may take.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(START_SECONDS):
                while any(one.state in (COLD, BUSY) for one in self._free):
                    await asyncio.sleep(0.005)

    def _why(self, how: str, text: str, instance: Instance, invocation: Invocation) -> str:
        if how == TIMED_OUT:
            return reasons.of_time(self.rules.timeout, asked=invocation.deadline > 0)
        return instance.why_it_ended() if text == NO_REPORT else reasons.of_report(text)

    def _unused_number(self) -> int | None:
        """Return the next new number, else one whose instance has ended, else None."""
        numbers = [one for one in range(self.rules.most) if one not in self._in_use]
        new = [one for one in numbers if one not in self.instances]
        return next(iter([*new, *numbers]), None)

    def _fail_later(self, seconds: float, instance: Instance, invocation: Invocation) -> None:
        """End `instance` unless the event is handled in `seconds`."""

        def time_out() -> None:
            if not invocation.done.done():
                invocation.done.set_result((TIMED_OUT, ""))
                self.end(instance)

        asyncio.get_running_loop().call_later(seconds, time_out)

    def _watch(self, instance: Instance) -> None:
        """Call `_has_ended` in this loop when the process has ended."""
        loop = asyncio.get_running_loop()

        def ended() -> None:  # in the thread that reads what the process prints
            with suppress(RuntimeError):  # the loop is closed: the cloud has ended
                loop.call_soon_threadsafe(self._has_ended, instance)

        instance.watch(ended)

    def _has_ended(self, instance: Instance) -> None:
        with suppress(ValueError):
            self._free.remove(instance)
        if not instance.killed:
            self.why = instance.why_it_ended()
        instance.state = ENDED
        self._in_use -= {n for n, one in self.instances.items() if one is instance}
        left = [instance.current]
        while not instance.inbox.empty():
            left.append(instance.inbox.get_nowait())
        for invocation in filter(None, left):
            if not invocation.done.done():
                invocation.done.set_result((FAILED, NO_REPORT))
        instance.inbox.put_nowait(None)  # nobody waits in `next` any more
