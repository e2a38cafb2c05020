"""What the small cloud says of a mistake: one sentence. Each mistake is made here for real.

Left out: mistakes in a cell (test_mistakes.py), and the exercises' verdicts (test_exercises.py).
"""

import json
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection

import pytest
import requests

from classroom.serverless import Cloud, dispatcher, instance, reasons, zip_of
from classroom.serverless.outcome import ANSWERED, FAILED, NO_ROOM, TIMED_OUT
from tests.support.clouds import hurry
from tests.support.started import wait_until
from tests.support.tiers import each_day

HANDLER = """
import json, os, sys, time


async def late():
    return {}


def two(event, context):
    pass


def handler(event, context):
    path = event.get("rawPath", "/")[1:]
    if path == "app":
        raise ValueError
    results = {"nothing": None, "number": 5, "bare": {"body": "hello"}}
    results |= {"dict": {"statusCode": 200, "body": {}}, "word": {"statusCode": "fine"}}
    results |= {"fails": {"statusCode": 503}}
    good = {"statusCode": 200, "body": "hello"}
    results |= {"low": {**good, "statusCode": 100}, "high": {**good, "statusCode": 600}}
    results |= {"lines": {**good, "headers": {"X-Name": "a\\r\\nb: c"}}}
    results |= {"name": {**good, "headers": {"two words": "a"}}}
    results |= {"count": {**good, "headers": {"X-Count": 5}}, "crumb": {**good, "cookies": "a=b"}}
    results |= {"length": {**good, "headers": {"content-length": "3", "X-Name": "a"}}}
    results |= {"empty": {**good, "statusCode": 204}, "same": {**good, "statusCode": 304}}
    if path in results:
        return results[path]
    what = event.get("do")
    if what == "raise":
        raise LookupError("nothing here")
    if what == "json":
        return json.loads("hello")
    if what == "set":
        return {1}
    if what == "async":
        result = late()
        result.close()
        return result
    if what == "hang":
        time.sleep(3600)
    if what == "exit":
        os._exit(3)
    if what == "say":
        sys.exit("no, thanks")
    return {"statusCode": 200}
"""
# A loop that goes wrong as its event says.
LOOP = """
import json, os, sys
from urllib.request import Request, urlopen

api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
with urlopen(api + "next") as answer:
    id, what = answer.headers["Lambda-Runtime-Aws-Request-Id"], json.load(answer)["do"]
path = {"id": "event-999/response", "path": id + "/result", "report": id + "/error"}
path |= {"text": id + "/response"}
if what in path:
    urlopen(Request(api + path[what], b"it failed")).close()
    urlopen(api + "next")
"""
SHAPE = '{"statusCode": 200, "body": "text"}'
NO_SUCH = f"it needs {SHAPE}. A status is from 200 to 599, a header is one line of text, and"
# An instance that is not heard of after its first answer, or ever.
SILENT = """
import json, os, time
from urllib.request import Request, urlopen

api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
if os.environ["ANSWERS"] == "once":
    with urlopen(api + "next") as answer:
        id = answer.headers["Lambda-Runtime-Aws-Request-Id"]
    urlopen(Request(api + id + "/response", b"1")).close()
time.sleep(3600)
"""


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with Cloud(zip_of({"app.py": HANDLER})) as started:
        yield started


@pytest.fixture(scope="module")
def looping() -> Iterator[Cloud]:
    runtime = (sys.executable, "-c", LOOP)
    with Cloud(zip_of({}), runtime=runtime, timeout=5) as started:
        yield started


@pytest.mark.parametrize(
    ("what", "sentence"),
    {
        "raise": "The handler raised LookupError: nothing here. Mend its code, then run",
        "json": "The handler read a text that is no JSON: catch the error, and answer 400.",
        "set": "something that is no JSON, of type set: return a dict of texts and numbers.",
        "async": "The handler is async, and no loop awaits it: write def.",
        "exit": "The process ended with exit status 3. It printed nothing.",
        "say": "The process ended with exit status 1. no, thanks",
    }.items(),
)
def test_a_handler_that_fails_is_explained(cloud: Cloud, what: str, sentence: str) -> None:
    outcome = cloud.send({"do": what})
    assert outcome.how == FAILED
    assert sentence in outcome.why == cloud.why


def test_a_time_out_names_the_seconds() -> None:
    packed = zip_of({"app.py": HANDLER})
    with ThreadPoolExecutor(1) as pool, Cloud(packed, timeout=0.5) as cloud:
        outcome = pool.submit(cloud.send, {"do": "hang"}).result(60)
        assert outcome.how == TIMED_OUT
        assert "There was no answer in 0.5 s, so the cloud ended the instance" in outcome.why


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("app", 502, "The handler raised ValueError. Mend its code"),
        ("nothing", 502, f"returned None: is a return missing? A gateway needs {SHAPE}."),
        ("number", 502, f"returned a value of type int, and a gateway needs {SHAPE}."),
        ("bare", 502, 'The result has no "statusCode"'),
        ("dict", 502, 'The "body" of the result is no text: write "body": json.dumps(...).'),
        ("word", 502, f"The gateway can make no response of the result: it needs {SHAPE}."),
        *((path, 502, NO_SUCH) for path in ("low", "high", "lines", "name", "count", "crumb")),
        ("fails", 503, "The app in the function answered 503: print(cloud.printed()) shows"),
    ],
)
def test_a_result_that_is_no_response_is_explained(
    cloud: Cloud, path: str, status: int, sentence: str
) -> None:
    response = requests.get(f"{cloud.url}/{path}", timeout=60)
    assert response.status_code == status
    assert sentence in cloud.why
    assert path == "fails" or response.json()["message"].endswith("See cloud.why.")
    assert "ValueError" not in response.text  # that is for the one who wrote the function


@pytest.mark.parametrize(("path", "status"), [("empty", 204), ("same", 304)])
def test_a_status_that_has_no_body_is_sent_without_one(
    cloud: Cloud, path: str, status: int
) -> None:
    connection = HTTPConnection(cloud.url.removeprefix("http://"), timeout=60)
    with closing(connection):
        connection.connect()
        connection.auto_open = 0  # the next response comes on the same connection
        for asked, answer in ((path, (status, b"")), ("length", (200, b"hello"))):
            connection.request("GET", f"/{asked}")
            response = connection.getresponse()
            assert (response.status, response.read()) == answer


def test_a_gateway_counts_the_body_itself(cloud: Cloud) -> None:
    response = requests.get(f"{cloud.url}/length", timeout=60)
    assert response.text == "hello"
    assert (response.headers["Content-Length"], response.headers["X-Name"]) == ("5", "a")


def test_an_app_that_raises_answers_500_and_its_log_is_named() -> None:
    app = """
from mangum import Mangum
from starlette.applications import Starlette
from starlette.routing import Route


async def signup(request):
    await request.json()


handler = Mangum(Starlette(routes=[Route("/", signup, methods=["POST"])]), lifespan="off")
"""
    with Cloud(zip_of({"app.py": app})) as cloud:
        assert requests.post(cloud.url, data="hello", timeout=60).status_code == 500
        assert "The app in the function answered 500: print(cloud.printed())" in cloud.why
        wait_until(lambda: "JSONDecodeError" in cloud.printed())


def test_what_is_answered_has_no_reason(cloud: Cloud) -> None:
    cloud.send({"do": "raise"})
    outcome = cloud.send({})
    assert (outcome.how, outcome.why) == (ANSWERED, "")
    assert "LookupError" in cloud.why  # the latest one that failed


WRONG_LOOPS = {
    "id": "The instance has no event with this id: send the one in the header",
    "path": "The Runtime API does not know this path. It is GET …/invocation/next, then POST",
    "report": "The report of the error is 'it failed': send JSON with",
    "end": "ended without an error: a loop must ask for the next event, for ever.",
}


@pytest.mark.parametrize(("what", "sentence"), each_day(2, WRONG_LOOPS.items()))
def test_a_loop_that_goes_wrong_is_explained(looping: Cloud, what: str, sentence: str) -> None:
    outcome = looping.send({"do": what})
    assert outcome.how == FAILED
    assert sentence in outcome.why
    looping.end_idle()


def test_an_answer_that_is_no_json_is_explained() -> None:
    runtime = (sys.executable, "-c", LOOP.replace('json.load(answer)["do"]', '"text"'))
    with Cloud(zip_of({}), runtime=runtime) as cloud:
        assert requests.get(cloud.url, timeout=60).status_code == 502
        assert "The loop sent 'it failed', which is no JSON: send json.dumps(" in cloud.why


CANNOT_RUN = [
    ({}, "app.handler", "neither a file app.py in the zip nor a library app: zip_of({"),
    ({"app.py": "x = ("}, "app.handler", "no Python in app.py, line 1. SyntaxError: "),
    ({"app.py": ""}, "app.handler", "app.py has no function handler: call it so, or write"),
    ({"app.py": "def handler(event): ..."}, "app.handler", "A handler has two arguments"),
]


@pytest.mark.parametrize(("files", "handler", "sentence"), each_day(2, CANNOT_RUN))
def test_a_function_that_cannot_run_is_explained(
    files: dict[str, str], handler: str, sentence: str
) -> None:
    with Cloud(zip_of(files), handler) as cloud:
        assert sentence in cloud.send({}).why


def test_an_instance_that_ends_before_its_first_event_is_explained() -> None:
    with Cloud(zip_of({"app.py": "import no_such_module"})) as cloud:
        cloud.add_instance()
        wait_until(lambda: "neither a file no_such_module.py in the zip nor" in cloud.why)


def silent(answers: str, timeout: float) -> Cloud:
    runtime = (sys.executable, "-c", SILENT)
    return Cloud(zip_of({}), runtime=runtime, environment={"ANSWERS": answers}, timeout=timeout)


def test_an_instance_that_asks_once_only_does_not_keep_the_next_event_for_ever() -> None:
    with ThreadPoolExecutor(1) as pool, silent("once", 60) as cloud:
        first = pool.submit(cloud.send, {}).result(60)
        hurry(cloud)
        second = pool.submit(cloud.send, {}).result(60)
        assert (first.how, second.how) == (ANSWERED, TIMED_OUT)
        assert second.why.startswith("The process never asked for its event: it must send GET")


def test_an_instance_that_never_asks_keeps_neither_its_table_nor_an_event_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dispatcher, "START_SECONDS", 0.5)
    with ThreadPoolExecutor(1) as pool, silent("never", 0.5) as cloud:
        cloud.add_instance()
        (row,) = pool.submit(lambda: cloud.instances).result(60)
        assert row["state"] == "cold"
        outcome = pool.submit(cloud.send, {}).result(60)
        assert (outcome.how, outcome.cold) == (TIMED_OUT, False)
        assert outcome.why.startswith("The process never asked for its event")


@pytest.mark.parametrize("kind", [5, None, ["LookupError"]])
def test_a_report_whose_type_is_no_text_is_explained(kind: object) -> None:
    text = json.dumps({"errorType": kind, "errorMessage": "nothing here"})
    assert reasons.of_report(text) == (
        f'The report of the error is {text!r}: send JSON with "errorType", "errorMessage".'
    )


def test_the_log_can_be_read_while_a_function_prints() -> None:
    code = "import threading\ndef say():\n    while True: print('hello')\n"
    code += "threading.Thread(target=say, daemon=True).start()\ndef handler(e, c): return 1\n"
    with Cloud(zip_of({"app.py": code})) as cloud:
        cloud.send({})
        wait_until(lambda: cloud.printed().count("hello") == instance.KEPT)
        assert all("hello" in cloud.printed() for _ in range(3000))


def test_no_room_and_an_end_meanwhile_are_explained() -> None:
    packed = zip_of({"app.py": HANDLER})
    with ThreadPoolExecutor(1) as pool, Cloud(packed, most=1) as cloud:
        waits = pool.submit(cloud.send, {"do": "hang"})
        wait_until(lambda: [row["state"] for row in cloud.instances] == ["busy"])
        refused = cloud.send({})
        assert refused.how == NO_ROOM and "This cloud may have 1 instances" in refused.why
        with pytest.raises(RuntimeError, match="all are in use"):
            cloud.add_instance()
        cloud.stop()
        assert "The cloud ended this instance" in waits.result().why


@pytest.mark.parametrize(
    ("arguments", "options", "error", "sentence"),
    [
        (("app.py",), {}, TypeError, r"A cloud takes a zip, as bytes: Cloud\(zip_of\("),
        ((b"no zip",), {}, zipfile.BadZipFile, "A cloud takes a zip, as bytes"),
        ((zip_of({}), "handler"), {}, ValueError, 'must be file and function: "app.handler"'),
        ((zip_of({}),), {"time_out": 2}, TypeError, "no option time_out: it has timeout, freeze,"),
        ((zip_of({}),), {"timeout": "2"}, ValueError, "must be a number of seconds above 0"),
        ((zip_of({}),), {"timeout": None}, ValueError, "must be a number of seconds above 0"),
        ((zip_of({}),), {"idle_seconds": -1}, ValueError, "idle_seconds is -1, but must be"),
        ((zip_of({}),), {"idle_seconds": 0}, ValueError, "idle_seconds is 0, but must be"),
        ((zip_of({}),), {"timeout": float("nan")}, ValueError, "timeout is nan, but must be"),
        ((zip_of({}),), {"environment": {"N": 5}}, TypeError, "N is 5, but must be a text"),
    ],
)
def test_a_cloud_that_cannot_be_is_refused_before_it_starts(
    arguments: tuple[object, ...], options: dict[str, object], error: type, sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        Cloud(*arguments, **options)


def test_an_event_must_be_json_and_a_zip_is_made_of_texts(cloud: Cloud) -> None:
    with pytest.raises(TypeError, match="An event must be JSON, such as a dict of texts"):
        cloud.send({"when": object()})
    for files in ("app.py", {"app.py": print}, {5: "x = 5"}):
        with pytest.raises(TypeError, match="zip_of takes a dict of file names and texts"):
            zip_of(files)
