"""The page of TRAX with one fault: no policy, text set as HTML, or the token in localStorage.

Each is minisrv's own page with a line or two replaced, so that all else is the same.
"""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from classroom.weak_routes.route_decorators import giving_token, taking_token
from minisrv.routes import pages
from minisrv.routes.me import me
from minisrv.routes.playlists import playlist, playlists
from minisrv.routes.signin import signin
from minisrv.routes.signup import signup

ANYTHING_GOES = "default-src * data: 'unsafe-inline'"  # as good as no policy
# The heading repeats what was searched for. Set as HTML, it runs a script in a link's search.
AS_HTML = ('at("found").textContent = word ?', 'at("found").innerHTML = word ?')
KEPT = (
    "if (answer.ok) return said;",
    "if (said?.token) localStorage.setItem('token', said.token);\n  if (answer.ok) return said;",
)
SENT = (
    "const options = { method };",
    "const options = { method };\n"
    "  options.headers = { Authorization: `Bearer ${localStorage.getItem('token')}` };",
)
ADDED = (
    'options.headers = { "Content-Type": "application/json" };',
    'options.headers["Content-Type"] = "application/json";',
)
Endpoint = Callable[[Request], Awaitable[Response]]


async def no_policy(request: Request) -> Response:
    """Return minisrv's page with a policy that allows everything."""
    response = await pages.page(request)
    response.headers["content-security-policy"] = ANYTHING_GOES
    return response


def script(*changes: tuple[str, str]) -> Endpoint:
    """Return a handler for static files; in trax.js it replaces each (old, new) of `changes`."""

    async def static(request: Request) -> Response:
        response = await pages.static(request)
        if request.path_params["name"] == "trax.js":
            text = response.body.decode()
            for old, new in changes:
                if old not in text:
                    raise RuntimeError(f"trax.js has no {old!r} any more")
                text = text.replace(old, new)
            return Response(
                text, headers={"Cache-Control": "no-store"}, media_type="text/javascript"
            )
        return response

    return static


as_html = script(AS_HTML)
as_html.__qualname__ = "as_html"
as_html_and_stored = script(AS_HTML, KEPT, SENT, ADDED)
as_html_and_stored.__qualname__ = "as_html_and_stored"

XSS = {"page": no_policy, "static": as_html}
TOKEN_IN_STORAGE = {
    "page": no_policy,
    "static": as_html_and_stored,
    "signup": giving_token(signup),
    "signin": giving_token(signin),
    "me": taking_token(me),
    "playlists": taking_token(playlists),
    "playlist": taking_token(playlist),
}
