"""A page of another origin sends JSON to the sign-up: a browser does so where CORS is open for it.

It is the attack "another origin signs up" of the scoreboard, in Chromium, and one day of seven in
Firefox. Skipped, visibly, for an engine that is not installed.
"""

import json

import pytest
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from classroom.scoreboard import without
from classroom.scoreboard.attack import ADA
from classroom.weak_routes.pages import no_policy
from minisrv.routes.signup import reference
from tests.support.live import serve
from tests.support.real_browsers import each_engine, opened

HOSTS = ("evil.localhost", "blog.trax.localhost")
ANYBODY = {f"allow_{what}": ["*"] for what in ("origins", "methods", "headers")}
FETCH = """fetch("http://trax.localhost:{port}/api/signup", {{
  method: "POST", credentials: "include",
  headers: {{ "Content-Type": "application/json" }}, body: JSON.stringify({body}),
}}).then(() => true, () => true)"""


def open_to_all(route: Route) -> Route:
    """Return the route behind Starlette's CORSMiddleware, which answers the preflight."""
    cors = Middleware(CORSMiddleware, **ANYBODY, allow_credentials=True)
    return Route(route.path, route.endpoint, methods=["POST", "OPTIONS"], middleware=[cors])


@pytest.mark.parametrize("engine", each_engine("JSON from elsewhere"))
def test_only_the_check_of_the_origin_stops_json_once_cors_is_open(engine: str) -> None:
    unguarded = without(reference, "same_origin_only")
    with opened(engine) as browser:
        for route, accounts in (
            (open_to_all(unguarded), len(HOSTS)),
            (unguarded, 0),  # the preflight is not allowed
            (open_to_all(reference), 0),
        ):
            with serve(signup=route, page=no_policy) as server:
                for host in HOSTS:
                    browser.visit(f"http://{host}:{server.port}/")
                    body = json.dumps({**ADA, "email": f"ada@{host}.test"})
                    assert browser.evaluate(FETCH.format(port=server.port, body=body))
                assert len(server.rows("users")) == accounts
