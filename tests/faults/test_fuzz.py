"""A short run of the fuzz, and that it notices what it is there for.

Left out: the long one; `python -m tests.fuzz` sends 100,000 requests.
"""

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from tests.fuzz import Fuzz, fits
from tests.support.live import serve, settings_of_tests
from tests.support.tiers import today

LENIENT = {"attempts_per_account": 100, "attempts_per_source": 10**6}


async def crash(request: Request) -> Response:
    raise KeyError("email")


async def plain_text(request: Request) -> Response:
    return PlainTextResponse("no", 403)


@pytest.mark.slow
def test_no_nonsense_is_answered_with_a_500() -> None:
    with serve(settings_of_tests(**LENIENT)) as server:
        fuzz = Fuzz(server, seed=today())  # other nonsense each day
        fuzz.run(3_000)
        assert fuzz.wrong == []
        # It reached what it was sent for: the routes themselves, and not only their guards.
        assert {200, 204, 400, 401, 403, 405, 409, 415, 421, 422} <= set(fuzz.statuses)


@pytest.mark.parametrize("route", [crash, plain_text])
def test_it_notices_a_crash_and_a_refusal_without_json(route) -> None:
    with serve(settings_of_tests(**LENIENT), me=route) as server:
        fuzz = Fuzz(server, 1)
        fuzz.run(200)
        assert {wrong[2].partition("?")[0] for wrong in fuzz.wrong} == {"/api/me"}


def test_what_fits() -> None:
    good = b'{"error": "No.", "code": "no"}'
    assert fits("GET", 404, good) and fits("HEAD", 404, b"")
    assert not fits("GET", 500, good)
    assert not fits("GET", 404, b'{"error": "No."}')
