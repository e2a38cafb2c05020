"""The description of the API is whole, and true: schemathesis makes requests from it, by the
thousand, and holds every answer against it.

Left out: sequences of requests; the other tests tell stories.
"""

import json

import pytest
import schemathesis
from hypothesis import settings as tries
from schemathesis.config import SchemathesisConfig

from minisrv.app import ROUTES
from minisrv.web.openapi import PATHS, describe
from tests.support.actor import Visitor
from tests.support.live import Live, serve, settings_of_tests

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
to_strangers = schemathesis.openapi.from_dict(DOCUMENT, config=CONFIG)
to_members = schemathesis.openapi.from_dict(without_security(DOCUMENT), config=CONFIG)


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


@to_strangers.parametrize()
@tries(max_examples=60)
def test_every_answer_to_a_stranger_is_as_described(case, lenient: Live) -> None:
    case.call_and_validate(base_url=lenient.url)


@to_members.parametrize()
@tries(max_examples=60)
def test_every_answer_to_a_member_is_as_described(case, lenient: Live) -> None:
    ada = Visitor(lenient)
    ada.signs_in_for_weeks()
    case.call_and_validate(base_url=lenient.url, cookies=ada.cookies)
