"""Our loop and AWS's own runtime do the same, against the same Runtime API.

`awslambdaric` has wheels for Linux only; elsewhere our loop alone is tried.
"""

import sys
from collections.abc import Iterator

import pytest
import requests

from classroom.serverless import Cloud, Outcome, events, zip_of
from classroom.serverless.cloud import AWS_S, OUR_LOOP
from classroom.serverless.outcome import ANSWERED, FAILED

ON_LINUX = sys.platform == "linux"
needs_aws_s = pytest.mark.skipif(not ON_LINUX, reason="awslambdaric has wheels for Linux only")
RUNTIMES = {"ours": OUR_LOOP} | ({"AWS's": AWS_S} if ON_LINUX else {})
PLAIN = """
def handler(event, context):
    if event == {"do": "raise"}:
        raise ValueError("é, not today")
    return {"got": event, "as": [1, 2.5, None, True, "é 小林"]}
"""
APP = """
from mangum import Mangum
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


async def signup(request):
    email = (await request.json())["email"]
    response = JSONResponse({"email": email, "q": request.url.query}, 201)
    response.set_cookie("TRAX", "a b", httponly=True)
    response.set_cookie("two", "2")
    return response


async def raw(request):
    return Response(await request.body(), media_type="application/octet-stream")


routes = [Route("/api/signup", signup, methods=["POST"]), Route("/raw", raw, methods=["POST"])]
handler = Mangum(Starlette(routes=routes), lifespan="off")
"""
EVENTS = (
    {"text": "é 小林 😀", "deep": [{"a": None}]},
    {"do": "raise"},
    events.object_created("pictures", "ada.png"),
    events.log_line("hello"),
    '"a text"',
    "[]",
)


def test_our_loop_asks_no_proxy() -> None:
    nobody = {"http_proxy": "http://127.0.0.1:9"}  # the port "discard", where nothing listens
    nobody |= {"no_proxy": "", "NO_PROXY": ""}  # the classroom sets them for this machine
    with Cloud(zip_of({"app.py": PLAIN}), environment=nobody) as cloud:
        assert cloud.send({}).how == ANSWERED


@pytest.fixture(scope="module", params=RUNTIMES)
def plain(request: pytest.FixtureRequest) -> Iterator[Cloud]:
    with Cloud(zip_of({"app.py": PLAIN}), runtime=RUNTIMES[request.param]) as cloud:
        yield cloud


def test_each_event_is_answered_in_order_by_one_instance(plain: Cloud) -> None:
    outcomes = [plain.send(event) for event in EVENTS]
    assert [one.how for one in outcomes] == [ANSWERED, FAILED] + [ANSWERED] * 4
    assert {one.instance for one in outcomes} == {"A"}
    assert outcomes[0].result["got"] == EVENTS[0]


def test_an_event_that_is_no_json_fails_and_does_not_end_the_instance(plain: Cloud) -> None:
    assert plain.send("{").how == FAILED
    assert plain.send({}).instance == "A"


def told(outcome: Outcome) -> object:
    """Return the text that was sent; of a report of an error, the two fields that matter."""
    if outcome.how == ANSWERED:
        return outcome.text
    return {name: outcome.result[name] for name in ("errorType", "errorMessage")}


@needs_aws_s
def test_what_both_send_is_equal_to_the_last_byte() -> None:
    sent = []
    for runtime in RUNTIMES.values():
        with Cloud(zip_of({"app.py": PLAIN}), runtime=runtime) as cloud:
            sent.append([told(cloud.send(event)) for event in EVENTS])
    assert sent[0] == sent[1] and len(sent[0]) == len(EVENTS)


def exchange(cloud: Cloud, path: str, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
    """Return status, headers and body of a request; all but the date are the function's."""
    response = requests.post(cloud.url + path, data=body, timeout=60)
    headers = [pair for pair in response.raw.headers.items() if pair[0].lower() != "date"]
    return response.status_code, headers, response.content


@needs_aws_s
def test_aws_s_runtime_knows_how_much_time_is_left() -> None:
    left = "def handler(event, context):\n    return context.get_remaining_time_in_millis()\n"
    with Cloud(zip_of({"app.py": left}), runtime=AWS_S, timeout=60) as cloud:
        assert 1_000 < cloud.send({}).result <= 60_000


@needs_aws_s
def test_clients_see_no_difference() -> None:
    seen = []
    for runtime in RUNTIMES.values():
        with Cloud(zip_of({"app.py": APP}), runtime=runtime) as cloud:
            seen.append(
                [
                    exchange(cloud, "/api/signup?a=b", '{"email": "é@trax.test"}'.encode()),
                    exchange(cloud, "/api/signup", b"no json"),
                    exchange(cloud, "/raw", bytes(range(256))),
                    exchange(cloud, "/nowhere", b""),
                ]
            )
    assert seen[0] == seen[1]
    assert [status for status, _, _ in seen[0]] == [201, 500, 200, 404]


@needs_aws_s
def test_aws_s_runtime_reports_a_function_that_it_cannot_load() -> None:
    with Cloud(zip_of({"app.py": "import no_such_module"}), runtime=AWS_S) as cloud:
        failed = cloud.send({})
        assert failed.how == FAILED
        assert failed.result["errorType"] == "Runtime.ImportModuleError"
        assert cloud.log[0]["request"] == "POST …/runtime/init/error"
