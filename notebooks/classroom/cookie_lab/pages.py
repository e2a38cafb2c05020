"""The lab's little web app: the pages of a walk, and the addresses at which their requests arrive.

Nothing here is worth protecting, and it answers this machine only. Left out: a content security
policy, since the pages must be able to do everything that a page of Mallory's can.
"""

import asyncio
import time
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from classroom.cookie_lab import answers
from classroom.cookie_lab.answers import NO_STORE
from classroom.cookie_lab.record import Run, arrival
from classroom.cookie_lab.relations import origin
from classroom.cookie_lab.tasks import tasks
from classroom.cookie_lab.ways import REPORTS
from minisrv.settings import Settings
from minisrv.web.trusted_hosts import KnownHosts

ASK_SECONDS = 10.0  # for which a page waits until all that it asked for has arrived
METHODS = ["GET", "POST", "OPTIONS"]


class Pages:
    """The pages of all runs; `new_run` makes one for a tab that comes by itself."""

    def __init__(
        self, runs: dict[str, Run], new_run: Callable[[], Run], ports: tuple[int, ...]
    ) -> None:
        """Show the runs at these `ports`."""
        self.runs, self.new_run, self.ports = runs, new_run, ports

    def url(self, relation: str, path: str) -> str:
        """Return a path at the host that stands in this relation to our server."""
        return origin(relation, self.ports) + path

    def app(self, settings: Settings) -> Starlette:
        """Return the app, which refuses `localhost`, proxies, and every other machine."""
        place = "/walk/{run}/{number:int}"
        any_verb = {"": self.page, "/bounce": self.bounce, "/ask/{way}": self.ask}
        routes = [
            Route("/walk", self.begin),
            Route(f"{place}/arrived", self.arrived),
            Route("/walk/{run}/over", self.over),
            *(Route(place + rest, one, methods=METHODS) for rest, one in any_verb.items()),
            Mount("/lab", StaticFiles(directory=answers.FOLDER)),
        ]
        guard = Middleware(KnownHosts, settings=settings, weak=True, refusal=answers.refusal)
        return Starlette(routes=routes, middleware=[guard])

    async def begin(self, request: Request) -> Response:
        """Begin a new run for the tab that came, and send it to the first page."""
        return RedirectResponse(self.first(self.new_run()), 303, NO_STORE)

    def first(self, run: Run) -> str:
        """Return the address of the first page of a run."""
        return self.url(run.walk.pages[0].at, f"/walk/{run.name}/0")

    async def page(self, request: Request) -> Response:
        """Note by which way the tab came here, and answer with what it has to do."""
        run, number = self._place(request)
        if run is None:
            return answers.gone()
        number = run.enter(number, request.headers.get("user-agent", ""))
        before = run.walk.pages[number - 1] if number else None
        if before and before.leaves:
            run.note(arrival(run, request, before.relation, before.leaves))
        response = answers.page("walk.html", tasks(run, number, self.url))
        for line in run.set_cookies(number):
            response.headers.append("set-cookie", line)
        return response

    async def ask(self, request: Request) -> Response:
        """Note one request of a page that stays where it is."""
        run, number = self._place(request)
        way = request.path_params["way"]
        if run is None or way not in run.walk.pages[number].asks:
            return answers.gone()
        said = (await request.body()).decode("utf-8", "replace") if way in REPORTS else None
        run.note(arrival(run, request, run.walk.pages[number].relation, way, said))
        return answers.page("frame.html") if way == "iframe" else answers.nothing()

    async def arrived(self, request: Request) -> Response:
        """Answer once all has arrived that the page asked for, or after ASK_SECONDS."""
        run, number = self._place(request)
        end = time.monotonic() + ASK_SECONDS
        while run and not run.has_all(number) and time.monotonic() < end:
            await asyncio.sleep(0.01)
        return answers.nothing()

    async def bounce(self, request: Request) -> Response:
        """Send the tab on to the page of this number: a GET by 302, a POST by 307."""
        run, number = self._place(request)
        if run is None:
            return answers.gone()
        there = self.url(run.walk.pages[number].at, f"/walk/{run.name}/{number}")
        return RedirectResponse(there, 307 if request.method == "POST" else 302, NO_STORE)

    async def over(self, request: Request) -> Response:
        """Answer with the last page, after which nothing follows."""
        if run := self.runs.get(request.path_params["run"]):
            run.over.set()
        return answers.page("over.html")

    def _place(self, request: Request) -> tuple[Run | None, int]:
        """Return the run and the number of its page in the path; no run where there is no page."""
        run, number = self.runs.get(request.path_params["run"]), request.path_params["number"]
        return (run if run and number < len(run.walk.pages) else None), number
