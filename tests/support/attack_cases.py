"""The attacks of the attack lab, each on servers where it works and on servers where it fails.

Each case is tested in real browsers (tests/browsers/test_attacks.py), and recorded for machines
that have none (tests/record_attacks.py). A lesson may show any of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from starlette.routing import Route

from classroom.weak_routes.pages import TOKEN_IN_STORAGE, XSS, as_html
from classroom.weak_routes.playlists import by_get, unguarded
from classroom.weak_routes.route_decorators import any_origin, same_site
from classroom.weak_routes.signin import any_type, any_type_from_us, json_from_anywhere
from minisrv import CookieSettings
from minisrv.routes.me import me
from minisrv.routes.playlists import playlists
from minisrv.routes.signup import signup

EVERYWHERE, NOWHERE = ("chromium", "firefox"), ()
NONE, STRICT = CookieSettings(same_site="none"), CookieSettings(same_site="strict")
PLAIN_NAME = CookieSettings(name="TRAX_ACCESS_TOKEN")
ABSENT = same_site(signup, "")


@dataclass(frozen=True)
class Case:
    """An attack on a server with these changes, the engines in which it works, and what is seen.

    `seen` are columns that are the same in both engines, and `sent` the engines that send the
    session cookie, where a cookie matters.
    """

    attack: str
    server: str
    works_in: tuple[str, ...]
    changes: dict[str, object] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    sent: tuple[str, ...] | None = None

    @property
    def id(self) -> str:
        """A name for reports."""
        return f"{self.attack}, {self.server}"


def _forgeries() -> Iterator[Case]:
    cross, same = {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}
    weak: dict[str, object] = {"playlists": unguarded}
    for name in ("csrf-form", "csrf-fetch"):
        works = EVERYWHERE if name == "csrf-form" else ("chromium",)
        none = weak | {"cookie": NONE}
        absent = weak | {"signup": ABSENT}
        yield Case(name, "unguarded, SameSite=None", works, none, cross, works)
        yield Case(name, "guarded, SameSite=None", NOWHERE, {"cookie": NONE}, cross, works)
        fresh = EVERYWHERE if name == "csrf-form" else NOWHERE  # within Chromium's two minutes
        yield Case(name, "unguarded, SameSite absent", fresh, absent, cross, fresh)
        yield Case(name, "unguarded, Lax", NOWHERE, weak, cross, NOWHERE)
        yield Case(name, "unguarded, Strict", NOWHERE, weak | {"cookie": STRICT}, cross, NOWHERE)
        yield Case(name, "ours", NOWHERE, {}, cross | {"response": "403 Forbidden"}, NOWHERE)
    for name in ("csrf-sibling", "csrf-port"):
        yield Case(name, "unguarded, Lax", EVERYWHERE, weak, same, EVERYWHERE)
        strict = weak | {"cookie": STRICT}
        yield Case(name, "unguarded, Strict", EVERYWHERE, strict, same, EVERYWHERE)
        refused = same | {"response": "403 Forbidden"}
        yield Case(name, "guarded, SameSite=None", NOWHERE, {"cookie": NONE}, refused, EVERYWHERE)
        yield Case(name, "ours", NOWHERE, {}, refused, EVERYWHERE)
    get: dict[str, object] = {"playlists": by_get}
    yield Case("csrf-link", "every verb, Lax", EVERYWHERE, get, cross, EVERYWHERE)
    strict = get | {"cookie": STRICT}
    yield Case("csrf-link", "every verb, Strict", NOWHERE, strict, cross, NOWHERE)
    yield Case("csrf-link", "ours", NOWHERE, {}, cross | {"response": "200 OK"}, EVERYWHERE)
    none = get | {"cookie": NONE}
    yield Case("csrf-image", "every verb, SameSite=None", ("chromium",), none, cross, ("chromium",))
    yield Case("csrf-image", "every verb, Lax", NOWHERE, get, cross, NOWHERE)
    yield Case("csrf-image", "ours", NOWHERE, {}, cross, NOWHERE)


def _others() -> Iterator[Case]:
    taken = {"TRAX takes her for": "mallory@evil.test", "response": "200 OK"}
    hers = {"TRAX takes her for": "ada@trax.test"}
    yield Case("login-csrf", "any type", EVERYWHERE, {"signin": any_type}, taken, NOWHERE)
    strict = {"signin": any_type, "cookie": STRICT}
    yield Case("login-csrf", "any type, Strict", EVERYWHERE, strict, taken, NOWHERE)
    no_form = hers | {"response": "415 Unsupported Media Type"}
    typed = {"signin": json_from_anywhere}
    yield Case("login-csrf", "JSON from anywhere", NOWHERE, typed, no_form, NOWHERE)
    refused = hers | {"response": "403 Forbidden"}
    from_us = {"signin": any_type_from_us}
    yield Case("login-csrf", "any type, from us", NOWHERE, from_us, refused, NOWHERE)
    yield Case("login-csrf", "guarded, Strict", NOWHERE, {"cookie": STRICT}, refused, NOWHERE)
    yield Case("login-csrf", "ours", NOWHERE, {}, refused, NOWHERE)
    kept, dropped = {"the blog's cookie": "kept"}, {"the blog's cookie": "refused"}
    plain = {"cookie": PLAIN_NAME}
    mallory = kept | {"TRAX takes her for": "mallory@evil.test"}
    yield Case("cookie-tossing", "a plain name", EVERYWHERE, plain, mallory)
    yield Case("cookie-tossing", "ours", NOWHERE, {}, dropped | hers)
    read = {"the page reads": "Ada's account", "response": "200 OK"}
    any_me = {"me": any_origin(me)}
    yield Case("cors", "any origin", EVERYWHERE, any_me, read, EVERYWHERE)
    yield Case("cors", "ours", NOWHERE, {}, {"the page reads": "an error"}, EVERYWHERE)


def _scripts() -> Iterator[Case]:
    token = {"Mallory receives": "a token", "it opens": "ada@trax.test"}
    empty = {"Mallory receives": "''", "it opens": "–"}
    nothing = {"Mallory receives": "nothing: no script ran", "it opens": "–"}
    replaced = {"Sec-Fetch-Site": "same-origin", "Ada's playlists": "replaced"}
    unharmed = {"request": "none came", "Ada's playlists": "unchanged"}
    policy = {"static": as_html}
    yield Case("xss-steal", "token in localStorage", EVERYWHERE, TOKEN_IN_STORAGE, token)
    yield Case("xss-steal", "token in an HttpOnly cookie", NOWHERE, XSS, empty)
    open_cookie = XSS | {"cookie": CookieSettings(http_only=False)}
    yield Case("xss-steal", "token in a cookie", EVERYWHERE, open_cookie, token)
    yield Case("xss-steal", "HTML, but a policy", NOWHERE, policy, nothing)
    yield Case("xss-steal", "ours", NOWHERE, {}, nothing)
    yield Case("xss-ride", "HttpOnly cookie", EVERYWHERE, XSS, replaced, EVERYWHERE)
    strict = XSS | {"cookie": STRICT}
    yield Case("xss-ride", "HttpOnly, Strict", EVERYWHERE, strict, replaced, EVERYWHERE)
    yield Case("xss-ride", "HTML, but a policy", NOWHERE, policy, unharmed, NOWHERE)
    yield Case("xss-ride", "ours", NOWHERE, {}, unharmed, NOWHERE)


CASES = [*_forgeries(), *_others(), *_scripts()]
# A lesson plugs our own route in again after the weak one: it counts as ours.
MENDED = {"playlists": Route("/api/playlists", playlists, methods=["GET", "POST", "DELETE"])}


def cases(*attacks: str) -> list[Case]:
    """Return the cases of these attacks."""
    return [case for case in CASES if case.attack in attacks]
