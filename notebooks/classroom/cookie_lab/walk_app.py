"""The lab's web app: the pages of a walk, and the addresses at which their requests arrive.

It protects nothing and serves this machine only. It sends no content security policy, because
its pages must be able to do everything that Mallory's pages can do.
"""

import asyncio
import html
import json
import time
from collections.abc import Callable
from pathlib import Path
from string import Template

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from classroom.cookie_lab.recorder import Run
from classroom.cookie_lab.request_kinds import BY_THE_FRAME, REPORTS, action, home, origin
from classroom.cookie_lab.walk import Page
from minisrv.errors import Refused
from minisrv.settings import Settings
from minisrv.web.trusted_hosts import KnownHosts

FOLDER = Path(__file__).with_name("pages")
NO_STORE = {"Cache-Control": "no-store"}
METHODS = ["GET", "POST", "OPTIONS"]
ARRIVAL_SECONDS = 30.0  # for which a page waits until all its requests have arrived


class WalkApp:
    """The pages of all runs; `new_run` makes a run for a tab that opens the link."""

    def __init__(
        self, runs: dict[str, Run], new_run: Callable[[], Run], ports: tuple[int, ...]
    ) -> None:
        """Serve the runs at these `ports`."""
        self.runs, self.new_run, self.ports = runs, new_run, ports

    def url(self, relation: str, path: str) -> str:
        """Return a path at the host that has this relation to our server."""
        return origin(relation, self.ports) + path

    def app(self, settings: Settings) -> Starlette:
        """Return the app, which rejects `localhost`, proxies, and every other machine."""
        place = "/walk/{run}/{number:int}"
        any_verb = {"": self.page, "/bounce": self.bounce, "/ask/{kind}": self.ask}
        routes = [
            Route("/walk", self.begin),
            Route(f"{place}/arrived", self.arrived),
            Route("/walk/{run}/end", self.end),
            *(Route(place + rest, one, methods=METHODS) for rest, one in any_verb.items()),
            Mount("/lab", StaticFiles(directory=FOLDER)),
        ]
        guard = Middleware(KnownHosts, settings=settings, weak=True, error_response=_refusal)
        return Starlette(routes=routes, middleware=[guard])

    async def begin(self, request: Request) -> Response:
        """Begin a new run for a tab, and redirect the tab to the first page."""
        return RedirectResponse(self.first(self.new_run()), 303, NO_STORE)

    def first(self, run: Run) -> str:
        """Return the address of the first page of a run."""
        return self.url(run.walk.pages[0].at, f"/walk/{run.name}/0")

    async def page(self, request: Request) -> Response:
        """Record the request that led the tab here, and respond with a page and its tasks."""
        run, number = self._place(request)
        if run is None:
            return _not_found()
        number = run.enter(number, request.headers.get("user-agent", ""))
        before = run.walk.pages[number - 1] if number else None
        if before and before.leaves:
            run.record(request, before.relation, before.leaves)
        response = _html("walk.html", self._tasks(run, number))
        for line in run.set_cookies(number):
            response.headers.append("set-cookie", line)
        return response

    async def ask(self, request: Request) -> Response:
        """Record one request of a page that stays open."""
        run, number = self._place(request)
        kind = request.path_params["kind"]
        if run is None or kind not in run.walk.pages[number].asks:
            return _not_found()
        body = (await request.body()).decode("utf-8", "replace") if kind in REPORTS else None
        run.record(request, run.walk.pages[number].relation, kind, body)
        return _html("frame.html") if kind == "iframe" else _no_content()

    async def arrived(self, request: Request) -> Response:
        """Respond when all requests of the page have arrived, or after ARRIVAL_SECONDS."""
        run, number = self._place(request)
        deadline = time.monotonic() + ARRIVAL_SECONDS
        while run and not run.has_all(number) and time.monotonic() < deadline:
            await asyncio.sleep(0.01)
        return _no_content()

    async def bounce(self, request: Request) -> Response:
        """Redirect the tab to the page of this number: a GET by 302, a POST by 307."""
        run, number = self._place(request)
        if run is None:
            return _not_found()
        there = self.url(run.walk.pages[number].at, f"/walk/{run.name}/{number}")
        return RedirectResponse(there, 307 if request.method == "POST" else 302, NO_STORE)

    async def end(self, request: Request) -> Response:
        """Note that the walk is finished, and respond with the last page."""
        if run := self.runs.get(request.path_params["run"]):
            run.finished.set()
        return _html("end.html")

    def _place(self, request: Request) -> tuple[Run | None, int]:
        """Return the run and the page number of a path; None as run if there is no such page."""
        run, number = self.runs.get(request.path_params["run"]), request.path_params["number"]
        return (run if run and number < len(run.walk.pages) else None), number

    def _tasks(self, run: Run, number: int) -> dict[str, object]:
        """Return what walk.js has to do on page `number`: what to request, how to leave."""
        page = run.walk.pages[number]
        here, asked = f"/walk/{run.name}/{number}", home(page.relation)
        kinds = [kind for kind in page.asks if kind not in BY_THE_FRAME]
        return {
            "page": number + 1,
            "pages": len(run.walk.pages),
            "asks": [
                {"action": action(kind), "url": self.url(asked, f"{here}/ask/{kind}")}
                for kind in kinds
            ],
            "arrived": f"{here}/arrived" if kinds else "",
            "wait": max(0.0, run.walk.wait - run.cookie_age()) if page.late else 0,
            "leaves": action(page.leaves) if page.leaves else "go",
            "to": self._next(run, number + 1, page),
        }

    def _next(self, run: Run, number: int, page: Page) -> str:
        """Return where the page leads: to page `number`, perhaps by a redirect, or to the end."""
        if number == len(run.walk.pages):
            return self.url(page.at, f"/walk/{run.name}/end")
        there = f"/walk/{run.name}/{number}"
        if page.via:
            return self.url(page.via, f"{there}/bounce")
        return self.url(run.walk.pages[number].at, there)


def _html(name: str, tasks: dict[str, object] | None = None) -> HTMLResponse:
    """Return a page of FOLDER, with the tasks for its script in an attribute."""
    text = Template((FOLDER / name).read_text(encoding="utf-8"))
    data = html.escape(json.dumps(tasks or {}))
    return HTMLResponse(text.substitute(tasks=data), headers=NO_STORE)


def _no_content() -> Response:
    """Return a response without content, which leaves a frame and a tab as they are."""
    return Response(None, 204, NO_STORE)


def _not_found() -> Response:
    return PlainTextResponse("There is no such walk, or it has ended.", 404, NO_STORE)


def _refusal(error: Refused) -> Response:
    """Return the response to a request with a wrong Host header, or by a proxy."""
    return PlainTextResponse(error.message, error.status, NO_STORE)
