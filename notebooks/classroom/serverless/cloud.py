"""The cloud of a lesson: start it with a zip, call its URL, send it events, look at its instances.

It answers at 127.0.0.1 only. Left out: several functions, and what each costs.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from starlette.applications import Starlette
from starlette.routing import Route

from classroom.display.table import Table
from classroom.server.network import HOST, go_direct, listen
from classroom.server.server_thread import ServerThread
from classroom.serverless.call_log import CallLog
from classroom.serverless.dispatcher import Dispatcher
from classroom.serverless.events import Event
from classroom.serverless.function_zip import contents, unpack
from classroom.serverless.gateway import Gateway
from classroom.serverless.guard import Guard
from classroom.serverless.instance import Instance, start
from classroom.serverless.outcome import Outcome
from classroom.serverless.reasons import of_room
from classroom.serverless.rules import Rules, checked_handler, variables
from classroom.serverless.runtime_api import RuntimeApi
from minisrv.serve import lambda_loop
from minisrv.settings import Settings
from minisrv.web.error_handlers import error_response
from minisrv.web.trusted_hosts import KnownHosts

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ENDED = "This cloud has ended: run the cell with Cloud(...) again, then this one."
# -P: else the folder of the script would hide modules of the function.
OUR_LOOP = (sys.executable, "-P", lambda_loop.__file__)
AWS_S = (sys.executable, "-m", "awslambdaric")  # takes the handler as its argument


class Cloud:
    """A running cloud at `url`, with one function; it ends with `stop`, its `with`, or the kernel.

    A later one does not end it, since a lesson and its checks have several at once.

    `runtime` is the program that an instance runs, by default our loop. `environment` has further
    variables for it. There, `{shared}` is the folder `shared`, which all instances may open. The
    other options are those of `Rules`.
    """

    def __init__(
        self,
        packed: bytes,
        handler: str = "app.handler",
        *,
        environment: Mapping[str, str] | None = None,
        runtime: Sequence[str] = OUR_LOOP,
        **rules: Any,
    ) -> None:
        """Take the function as a zip; no instance is started yet.

        Raises TypeError, ValueError or zipfile.BadZipFile, with a sentence that says what is wrong.
        """
        contents(packed)
        checked, handler = Rules.of(rules), checked_handler(handler)
        variables(environment or {}, Path())
        go_direct()
        self._packed, self._runtime, self._ended = packed, [*runtime, handler], False
        self._folder = Path(tempfile.mkdtemp(prefix="classroom-cloud-"))
        self._guard = Guard(self._folder)
        self.shared = self._folder / "shared"
        self.shared.mkdir()
        self._variables = variables({"_HANDLER": handler, **(environment or {})}, self.shared)
        self._log = CallLog()
        self._dispatcher = Dispatcher(checked, self._start)
        self._serve_at(1 + checked.most)

    def __enter__(self) -> Self:
        """Return the running cloud."""
        return self

    def __exit__(self, *error: object) -> None:
        """Stop it, whatever happened meanwhile."""
        self.stop()

    def send(self, event: Event | str) -> Outcome:
        """Deliver an event that is no request, and wait for what becomes of it.

        Raises TypeError if the event cannot be written as JSON.
        """
        try:
            text = event if isinstance(event, str) else json.dumps(event)
        except (TypeError, ValueError) as error:
            raise TypeError(f"An event must be JSON, such as a dict of texts: {error}.") from None
        return self._run(self._dispatcher.invoke(text))

    def send_twice(self, event: Event) -> list[Outcome]:
        """Deliver an event twice, as a cloud does that promises "at least once"."""
        return [self.send(event), self.send(event)]

    def add_instance(self) -> None:
        """Start one instance more, as a cloud does when many requests come at once.

        Raises RuntimeError if there is no room for it.
        """
        if self._run(self._dispatcher.add()) is None:
            raise RuntimeError(of_room(self._dispatcher.rules.most))

    def end_idle(self) -> int:
        """End the instances that wait, as a cloud does after some minutes; return how many."""
        return len(self._run(self._end(self._dispatcher.end_idle)))

    @property
    def instances(self) -> Table:
        """The instances with their states, and how many events each has handled."""
        if not self._ended:
            self._run(self._dispatcher.settled())
        rows = [
            {"instance": one.name, "state": one.state, "events": one.handled}
            for one in list(self._dispatcher.instances.values())
        ]
        return Table(rows, ("instance", "state", "events"))

    @property
    def log(self) -> Table:
        """Who asked whom, the latest requests last."""
        return self._log.as_table()

    def printed(self) -> str:
        """Return what the instances have printed, to either stream: the log of the function."""
        # Copies: a thread for each instance adds lines meanwhile.
        instances = list(self._dispatcher.instances.values())
        return "".join(line for one in instances for line in list(one.printed))

    @property
    def why(self) -> str:
        """A sentence that says why the latest event that failed did so; "" if none did."""
        return self._dispatcher.why

    def stop(self) -> None:
        """End all instances and free the ports; safe to call twice."""
        if not self._ended and self._thread.responds():
            self._run(self._end(self._dispatcher.end_all))
        self._ended = True
        self._thread.stop()
        self._guard.end()

    def _serve_at(self, count: int) -> None:
        """Serve the gateway at one port, and the Runtime API at one for each instance."""
        sockets = [listen(0) for _ in range(count)]
        port, *self._ports = [one.getsockname()[1] for one in sockets]
        numbers = {port: number for number, port in enumerate(self._ports)}
        self._apps = {port: _for_us([Gateway(self._dispatcher, self._log).route])}
        api = _for_us(RuntimeApi(self._dispatcher, numbers, self._log).routes)
        self._apps |= dict.fromkeys(self._ports, api)
        self.url = f"http://{HOST}:{port}"
        self._thread = ServerThread(self._serve, Settings(), sockets[0], also=sockets[1:])
        self._thread.start()

    async def _start(self, number: int) -> Instance:
        return await asyncio.to_thread(self._start_process, number)

    def _start_process(self, number: int) -> Instance:
        folder = Path(tempfile.mkdtemp(dir=self._folder)) / "function"
        unpack(self._packed, folder)
        api = f"{HOST}:{self._ports[number]}"
        instance = start(LETTERS[number], self._runtime, folder, api, self._variables)
        self._guard.watch(instance.process.pid)
        return instance

    async def _end(self, end: Callable[[], Any]) -> Any:
        return end()  # in the loop's thread

    async def _serve(self, scope: Any, receive: Any, send: Any) -> None:
        await self._apps[scope["server"][1]](scope, receive, send)

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        if self._ended:
            work.close()
            raise RuntimeError(ENDED)
        return asyncio.run_coroutine_threadsafe(work, self._thread.loop).result()


def _for_us(routes: Sequence[Route]) -> KnownHosts:
    """Return an app that answers this machine only, and no page of another host (DNS rebinding)."""
    app = Starlette(routes=routes)
    return KnownHosts(app, Settings(), weak=True, error_response=error_response)
