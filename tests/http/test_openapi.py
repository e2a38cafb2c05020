"""The description of the API is whole, and true: schemathesis makes requests from it, by the
thousand, and holds every answer against it.

Left out: sequences of requests; the other tests tell stories.
"""

import json
from collections.abc import Callable, Iterator

import pytest
import schemathesis
from hypothesis import settings as tries
from schemathesis.config import SchemathesisConfig
from schemathesis.schemas import BaseSchema

from minisrv.app import ROUTES
from minisrv.auth import passwords
from minisrv.errors import Refused
from minisrv.routes.openapi import describe
from minisrv.settings import CookieSettings
from tests.support.live import Live, serve, settings_of_tests
from tests.support.tiers import chosen, turns
from tests.support.visitor import Visitor

# What fits the schema is accepted, or refused for a reason that no schema can tell: who asks, what
# is there already, what is an address for mail, and which passwords are too common.
REFUSALS = {"expected-statuses": ["2xx", "401", "404", "409", "422"]}
CONFIG = SchemathesisConfig.from_dict({"checks": {"positive_data_acceptance": REFUSALS}})
PAGES = {"page", "static", "description"}


def without_security(document: dict) -> dict:
    """Return the description as it is for a member, whose cookie a test sends by itself."""
    whole = json.loads(json.dumps(document))
    for path in whole["paths"].values():
        for name, operation in path.items():
            if name != "parameters":
                operation.pop("security", None)
    return whole


DOCUMENT = describe(settings_of_tests())
PATHS = DOCUMENT["paths"]
# The headers that a response with one of these statuses must have, whatever it is about.
REQUIRED_HEADERS = {401: {"WWW-Authenticate"}, 429: {"Retry-After"}, 503: {"Retry-After"}}
to_strangers = schemathesis.openapi.from_dict(DOCUMENT, config=CONFIG)
to_members = schemathesis.openapi.from_dict(without_security(DOCUMENT), config=CONFIG)
# Two operations are tried each day, others on another day, and some more in the slow tier.
OPERATIONS = [
    f"{name.upper()} {path}" for path in PATHS for name in PATHS[path] if name != "parameters"
]
BY_DAY, IN_TURN = chosen(2, OPERATIONS), turns(OPERATIONS)


@pytest.fixture(scope="module")
def lenient():
    """A server that takes any number of guesses, since all of them are Ada's."""
    with serve(settings_of_tests(attempts_per_account=100, attempts_per_source=10**6)) as server:
        Visitor(server).signs_up()
        yield server


def test_it_is_served(server: Live) -> None:
    answer = Visitor(server).sends("GET", "/openapi.json")
    assert answer.json() == describe(server.settings)
    assert answer.json()["openapi"] == "3.1.0"


def test_every_route_of_the_api_is_described_with_its_methods() -> None:
    routes = {name: route for name, route in ROUTES.items() if name not in PAGES}
    assert set(PATHS) == {route.path for route in routes.values()}
    for route in routes.values():
        described = {name.upper() for name in PATHS[route.path]} - {"PARAMETERS"}
        assert described == set(route.methods) - {"HEAD"}, route.path


def test_it_says_which_cookies_a_request_needs() -> None:
    needed = {
        path: next(iter(operation.get("security", [{}])))
        for path, operations in PATHS.items()
        for name, operation in operations.items()
        if name != "parameters"
    }
    assert set(needed["/api/me"]) == {"session"} and not needed["/api/signin"]
    assert set(needed["/api/refresh"]) == {"session", "refresh"}
    schemes = DOCUMENT["components"]["securitySchemes"]
    assert all(name in schemes for names in needed.values() for name in names)
    assert len({scheme["name"] for scheme in schemes.values()}) == 2


def resolved(part: dict) -> dict:
    """Return what a $ref at `part` points to, or `part` itself."""
    found = DOCUMENT
    for name in part.get("$ref", "").split("/")[1:]:
        found = found[name]
    return found if "$ref" in part else part


def errors_below(error: type[Refused]) -> Iterator[type[Refused]]:
    """Return every error that is raised, `error` among them."""
    for one in error.__subclasses__():
        yield from (one, *errors_below(one))


def test_statuses_codes_and_headers_are_those_of_the_errors() -> None:
    ours = [one for one in errors_below(Refused) if one.__module__.startswith("minisrv.")]
    statuses = {one.code: one.status for one in ours} | {"server_error": 500}
    described = set()
    for path, operations in PATHS.items():
        for name in set(operations) - {"parameters"}:
            for status, response in operations[name]["responses"].items():
                if int(status) < 400:
                    continue
                response = resolved(response)
                schema = response["content"]["application/json"]["schema"]
                codes = schema["properties"]["code"]["enum"]
                assert {statuses[code] for code in codes} == {int(status)}, (path, name)
                required = REQUIRED_HEADERS.get(int(status), set())
                assert set(response.get("headers", ())) == required, (path, name)
                described |= set(codes)
    assert described == set(statuses)


def test_limits_are_those_of_the_policy_and_every_header_is_required() -> None:
    body = PATHS["/api/signup"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    password = body["properties"]["password"]
    assert password["minLength"] == passwords.MIN_LENGTH
    assert password["maxLength"] == passwords.MAX_LENGTH
    assert all(header["required"] for header in DOCUMENT["components"]["headers"].values())


def test_the_cookies_have_the_names_that_the_settings_give_them() -> None:
    settings = settings_of_tests(cookie=CookieSettings("__Host-a"))
    named = describe(settings)["components"]["securitySchemes"]
    assert named["session"]["name"] == "__Host-a"
    assert named["refresh"]["name"] == settings.refresh_cookie.name
    assert DOCUMENT["components"]["securitySchemes"]["session"]["name"] != "__Host-a"


@tries(max_examples=50)
def to_a_stranger(case, lenient: Live) -> None:
    case.call_and_validate(base_url=lenient.url)


@tries(max_examples=50)
def to_a_member(case, lenient: Live) -> None:
    ada = Visitor(lenient)
    ada.signs_in_for_weeks()
    case.call_and_validate(base_url=lenient.url, cookies=ada.cookies)


def by_day(schema: BaseSchema, test: Callable) -> Callable:
    return schema.include(name=BY_DAY).parametrize()(test)


def others(schema: BaseSchema, test: Callable) -> Callable:
    return pytest.mark.slow(schema.include(name=IN_TURN).parametrize()(test))


test_every_answer_to_a_stranger_is_as_described = by_day(to_strangers, to_a_stranger)
test_every_answer_to_a_member_is_as_described = by_day(to_members, to_a_member)
test_every_other_answer_to_a_stranger_is_as_described = others(to_strangers, to_a_stranger)
test_every_other_answer_to_a_member_is_as_described = others(to_members, to_a_member)
