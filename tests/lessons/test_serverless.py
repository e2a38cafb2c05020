"""The small cloud: a gateway, the Runtime API, and what becomes of instances.

Left out: AWS's own runtime (test_runtime_loop.py), and minisrv as a function (test_lambda.py).
"""

import asyncio
import base64
import os
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
import requests
from starlette.requests import Request

from classroom.serverless import Cloud, contents, events, zip_of
from classroom.serverless.guard import Guard
from classroom.serverless.outcome import ANSWERED, FAILED, NO_ROOM, TIMED_OUT
from classroom.serverless.student_code import instances_of
from tests.support.clouds import hurry
from tests.support.kernels import answers, kernel
from tests.support.processes import is_alive
from tests.support.started import wait_until

FUNCTION = """
import os, subprocess, sys, threading, time
from pathlib import Path

SEEN = []


def after_the_answer():
    while not Path(os.environ["GO"]).exists():
        time.sleep(0.005)
    Path(os.environ["DONE"]).write_text("done")


def handler(event, context):
    SEEN.append(event)
    what = event.get("do")
    if what == "raise":
        raise LookupError("nothing here")
    if what == "exit":
        os._exit(3)
    if what == "hang":
        time.sleep(3600)
    if what == "wait":
        after_the_answer()
    if what == "look":
        while not Path(os.environ["DONE"]).exists():
            time.sleep(0.005)
    if what == "later":
        threading.Thread(target=after_the_answer, daemon=True).start()
    if what == "child":
        return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(180)"]).pid
    if what == "print":
        print("to stdout")
        print("to stderr", file=sys.stderr)
    if what == "set":
        return {1, 2}
    if "requestContext" in event:
        return {"statusCode": 200, "headers": {"x-a": "1"}, "cookies": ["a=1", "b=2"],
                "body": str(event.get("body", "")), "isBase64Encoded": event["isBase64Encoded"]}
    return {"pid": os.getpid(), "seen": len(SEEN)}
"""
PACKED = zip_of({"app.py": FUNCTION})


def states(cloud: Cloud) -> dict[str, str]:
    return {row["instance"]: row["state"] for row in cloud.instances}


def answered(cloud: Cloud, id: str) -> int:
    """Answer an event in the place of instance A; return the status of the Runtime API."""
    url = f"http://127.0.0.1:{cloud._ports[0]}/2018-06-01/runtime/invocation/{id}/response"
    return requests.post(url, data="{}", timeout=60).status_code


def pid_of(cloud: Cloud) -> int:
    return cloud.send({}).result["pid"]


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with Cloud(PACKED) as started:
        yield started


def test_the_same_files_make_the_same_zip_and_its_files_are_shown() -> None:
    assert zip_of({"app.py": FUNCTION}) == PACKED
    assert contents(PACKED) == [{"file": "app.py", "bytes": len(FUNCTION)}]


def test_a_request_becomes_an_event_and_the_result_a_response(cloud: Cloud) -> None:
    response = requests.post(cloud.url + "/a?b=c", data="text", timeout=60)
    assert (response.status_code, response.text, response.headers["x-a"]) == (200, "text", "1")
    assert response.raw.headers.getlist("set-cookie") == ["a=1", "b=2"]


def test_a_body_that_is_no_text_goes_and_comes_as_base64(cloud: Cloud) -> None:
    body = b"\xff\x00\xfe"
    assert requests.post(cloud.url, data=body, timeout=60).content == body


def test_a_gateway_writes_an_event_as_aws_does_and_the_source_is_the_one_that_it_saw() -> None:
    scope = {"type": "http", "method": "POST", "path": "/api/signup", "query_string": b"a=b"}
    scope["headers"] = [(b"x-forwarded-for", b"192.0.2.7"), (b"cookie", b"a=1; b=2")]
    scope["headers"] += [(b"x-a", b"1"), (b"x-a", b"2")]

    async def body() -> dict[str, object]:
        return {"type": "http.request", "body": b"{}"}

    request = Request(scope | {"client": ("198.51.100.4", 5)}, body)
    event = asyncio.run(events.http_event(request))
    assert event["requestContext"]["http"] == {
        "method": "POST",
        "path": "/api/signup",
        "protocol": "HTTP/1.1",
        "sourceIp": "198.51.100.4",
    }
    assert (event["rawPath"], event["rawQueryString"]) == ("/api/signup", "a=b")
    assert event["headers"] == {"x-forwarded-for": "192.0.2.7", "x-a": "1,2"}
    assert event["cookies"] == ["a=1", "b=2"]
    assert (event["body"], event["isBase64Encoded"]) == ("{}", False)


def test_the_log_says_who_asked_whom() -> None:
    with Cloud(PACKED) as cloud:
        requests.get(cloud.url + "/health", timeout=60)
        assert [list(row.values()) for row in cloud.log] == [
            ["instance A", "Runtime API", "GET …/invocation/next", "200 event-1"],
            ["instance A", "Runtime API", "POST …/invocation/event-1/response", "202"],
            ["client", "gateway", "GET /health", "200"],
        ]


def test_the_first_event_starts_an_instance_and_takes_longer() -> None:
    with Cloud(PACKED) as cloud:
        cold, *warm = [cloud.send({}) for _ in range(5)]
    assert [one.cold for one in (cold, *warm)] == [True] + [False] * 4
    assert cold.milliseconds > 2 * min(one.milliseconds for one in warm)
    assert [one.result["seen"] for one in (cold, *warm)] == [1, 2, 3, 4, 5]


def test_events_that_come_at_once_start_an_instance_each(tmp_path: Path) -> None:
    go = tmp_path / "go"
    signs = {"GO": str(go), "DONE": str(tmp_path / "done")}
    with ThreadPoolExecutor(3) as pool, Cloud(PACKED, environment=signs) as cloud:
        waiting = [pool.submit(cloud.send, {"do": "wait"}) for _ in range(3)]
        wait_until(lambda: states(cloud) == {"A": "busy", "B": "busy", "C": "busy"})
        go.touch()
        outcomes = [one.result() for one in waiting]
    assert {one.instance for one in outcomes} == {"A", "B", "C"}
    assert {(one.how, one.cold) for one in outcomes} == {(ANSWERED, True)}


def test_each_instance_has_its_own_memory_and_they_take_turns() -> None:
    with Cloud(PACKED) as cloud:
        for _ in range(3):
            cloud.add_instance()
        assert states(cloud) == {"A": "warm", "B": "warm", "C": "warm"}
        outcomes = [cloud.send({}) for _ in range(6)]
    assert "".join(one.instance for one in outcomes) == "ABCABC"
    assert [one.result["seen"] for one in outcomes] == [1, 1, 1, 2, 2, 2]
    assert len({one.result["pid"] for one in outcomes}) == 3


def test_work_after_the_answer_stands_still_until_the_next_event(tmp_path: Path) -> None:
    go, done = tmp_path / "go", tmp_path / "done"
    signs = {"GO": str(go), "DONE": str(done)}
    with Cloud(PACKED, environment=signs, freeze=True) as cloud:
        pid = cloud.send({"do": "later"}).result["pid"]
        assert states(cloud) == {"A": "frozen"}
        wait_until(lambda: psutil.Process(pid).status() == psutil.STATUS_STOPPED)
        go.touch()
        assert not done.exists()
        looked = cloud.send({"do": "look"})  # which waits until the thread has done its work
        assert looked.how == ANSWERED and looked.result["pid"] == pid


def test_what_an_instance_has_started_stands_still_with_it() -> None:
    """In an environment of Windows the instance itself is a child: of the one that was started."""
    with Cloud(PACKED, freeze=True) as cloud:
        child = psutil.Process(cloud.send({"do": "child"}).result)
        assert states(cloud) == {"A": "frozen"}
        wait_until(lambda: child.status() == psutil.STATUS_STOPPED)
        cloud._dispatcher.instances[0].thaw()
        wait_until(lambda: child.status() != psutil.STATUS_STOPPED)


def test_an_instance_may_ask_before_its_start_has_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Guard.watch

    def slowly(self: Guard, pid: int) -> None:
        time.sleep(0.7)  # the process asks for its first event meanwhile
        watch(self, pid)

    monkeypatch.setattr(Guard, "watch", slowly)
    with Cloud(PACKED, most=1) as cloud:
        before = pid_of(cloud)
        cloud.end_idle()
        assert pid_of(cloud) != before  # number 0 again, which was another instance's
    with Cloud(zip_of({"app.py": "import no_such_module"})) as cloud:
        assert "no_such_module" in cloud.send({}).why


def test_without_freezing_work_after_the_answer_goes_on(tmp_path: Path) -> None:
    go, done = tmp_path / "go", tmp_path / "done"
    with Cloud(PACKED, environment={"GO": str(go), "DONE": str(done)}) as cloud:
        cloud.send({"do": "later"})
        go.touch()
        wait_until(done.exists)


def test_an_idle_instance_ends_and_the_next_event_starts_cold() -> None:
    with Cloud(PACKED, freeze=True) as cloud:
        before = pid_of(cloud)
        assert cloud.end_idle() == 1 and states(cloud) == {"A": "ended"}
        wait_until(lambda: not psutil.pid_exists(before))
        after = cloud.send({})
        assert after.cold and after.instance == "B" and after.result["seen"] == 1


def test_an_instance_ends_by_itself_when_it_has_waited_too_long() -> None:
    with Cloud(PACKED, idle_seconds=0.05) as cloud:
        pid = pid_of(cloud)
        wait_until(lambda: states(cloud) == {"A": "ended"} and not psutil.pid_exists(pid))


def test_a_handler_that_raises_does_not_end_its_instance(cloud: Cloud) -> None:
    before = pid_of(cloud)
    failed = cloud.send({"do": "raise"})
    report = {"errorType": "LookupError", "errorMessage": "nothing here"}
    assert (failed.how, failed.result) == (FAILED, report)
    assert pid_of(cloud) == before


def test_a_result_that_is_no_json_is_an_error(cloud: Cloud) -> None:
    failed = cloud.send({"do": "set"})
    assert failed.how == FAILED and failed.result["errorType"] == "TypeError"


def test_a_process_that_ends_fails_its_event_and_the_next_one_starts_cold() -> None:
    with Cloud(PACKED) as cloud:
        assert cloud.send({"do": "exit"}).how == FAILED
        assert states(cloud) == {"A": "ended"}
        assert cloud.send({}).cold


def test_an_event_that_takes_too_long_ends_its_instance() -> None:
    with ThreadPoolExecutor(1) as pool, Cloud(PACKED, timeout=60) as cloud:
        pid = pid_of(cloud)
        hurry(cloud)
        hangs = pool.submit(cloud.send, {"do": "hang"})
        late = hangs.result(60)  # the cloud ends before the pool, whatever happens
        assert late.how == TIMED_OUT
        assert answered(cloud, late.id) == 400  # an answer that comes after the time limit
        assert states(cloud) == {"A": "ended"}
        wait_until(lambda: not psutil.pid_exists(pid))
        assert cloud.send({}).instance == "B"


def test_a_gateway_says_that_the_function_failed_or_was_too_slow() -> None:
    fails = "def handler(event, context):\n    return 1 / (event['rawPath'] != '/raise')\n"
    with Cloud(zip_of({"app.py": fails})) as cloud:
        raised = requests.get(cloud.url + "/raise", timeout=60)
        no_response = requests.get(cloud.url + "/number", timeout=60)
    assert (raised.status_code, no_response.status_code) == (502, 502)
    assert raised.json() == {"message": "The function: failed. See cloud.why."}
    hangs = "import time\ndef handler(event, context):\n    time.sleep(3600)\n"
    with Cloud(zip_of({"app.py": hangs}), timeout=0.2) as cloud:
        assert requests.get(cloud.url, timeout=60).status_code == 504


def test_a_function_that_cannot_be_loaded_fails_and_its_log_says_why() -> None:
    with Cloud(zip_of({"app.py": "import no_such_module"})) as cloud:
        assert cloud.send({}).how == FAILED
        assert "No module named 'no_such_module'" in cloud.printed()


def test_with_no_room_left_an_event_is_refused() -> None:
    with ThreadPoolExecutor(1) as pool, Cloud(PACKED, most=1) as cloud:
        waits = pool.submit(cloud.send, {"do": "hang"})
        wait_until(lambda: states(cloud) == {"A": "busy"})
        assert cloud.send({}).how == NO_ROOM
        cloud.stop()
        assert waits.result().how == FAILED


def test_an_event_can_be_delivered_twice(cloud: Cloud) -> None:
    twice = cloud.send_twice(events.message("m-1", {"to": "ada@trax.test"}))
    assert [one.how for one in twice] == [ANSWERED, ANSWERED]
    assert twice[1].result["seen"] == twice[0].result["seen"] + 1


def test_what_a_function_prints_is_its_log(cloud: Cloud) -> None:
    cloud.send({"do": "print"})
    wait_until(lambda: "to stdout" in cloud.printed() and "to stderr" in cloud.printed())


def test_an_instance_cannot_respond_to_the_event_of_another(cloud: Cloud) -> None:
    cloud.send({})
    assert answered(cloud, "event-999") == 400


def test_neither_gateway_nor_api_answers_at_another_name(cloud: Cloud) -> None:
    cloud.send({})
    api = f"http://127.0.0.1:{cloud._ports[0]}/2018-06-01/runtime/invocation/next"
    for url in (cloud.url, api):
        rebound = requests.get(url, headers={"Host": "evil.test"}, timeout=60)
        assert rebound.status_code == 421


def test_variables_of_the_machine_reach_it_only_if_they_are_not_of_minisrv(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MINISRV_SECRET", "of another server")
    shows = "import os\ndef handler(event, context):\n    return dict(os.environ)\n"
    with Cloud(zip_of({"app.py": shows}), environment={"TRAX": "ours"}) as cloud:
        variables = cloud.send({}).result
    assert "MINISRV_SECRET" not in variables and variables["TRAX"] == "ours"


def test_instances_share_a_folder_that_ends_with_the_cloud() -> None:
    adds = """
import os
from pathlib import Path
def handler(event, context):
    with Path(os.environ["FILE"]).open("a") as file:
        file.write("x")
    return Path(os.environ["FILE"]).read_text()
"""
    with Cloud(zip_of({"app.py": adds}), environment={"FILE": "{shared}/file"}) as cloud:
        cloud.add_instance()
        cloud.add_instance()
        assert [cloud.send({}).result for _ in range(4)] == ["x", "xx", "xxx", "xxxx"]


def test_instances_that_were_interrupted_at_their_start_leave_no_cloud(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clouds = []

    def interrupted(self: Cloud) -> None:
        clouds.append(self)
        raise KeyboardInterrupt

    monkeypatch.setattr(Cloud, "add_instance", interrupted)
    with pytest.raises(KeyboardInterrupt):
        instances_of("", FUNCTION, 1)
    (cloud,) = clouds
    assert not answers(int(cloud.url.rpartition(":")[2])) and not cloud._folder.exists()


def test_a_cloud_that_has_ended_says_so() -> None:
    cloud = Cloud(PACKED)
    cloud.stop()
    with pytest.raises(RuntimeError, match=r"This cloud has ended: run the cell with Cloud"):
        cloud.send({})
    assert len(cloud.instances) == 0


def test_what_is_no_zip_or_no_number_of_instances_is_refused() -> None:
    with pytest.raises(zipfile.BadZipFile):
        Cloud(b"no zip")
    for most in (0, 27):
        with pytest.raises(ValueError, match="most is"):
            Cloud(PACKED, most=most)


@pytest.mark.parametrize(
    "event",
    [
        events.object_created("pictures", "ada.png"),
        events.row_inserted({"email": "ada@trax.test"}),
        events.message("m-1", {"to": "ada@trax.test"}),
    ],
)
def test_other_events_have_records_with_a_source(event: events.Event) -> None:
    (record,) = event["Records"]
    assert record["eventSource"].startswith("aws:")


def test_a_line_of_a_log_comes_packed() -> None:
    packed = events.log_line("hello")["awslogs"]["data"]
    assert base64.b64decode(packed).startswith(b"\x1f\x8b")  # gzip


# Linux itself may end what is frozen when its parent ends.
@pytest.mark.parametrize("freeze", [False, True])
def test_nothing_is_left_when_it_has_stopped(freeze: bool) -> None:
    before = set(psutil.Process().children(recursive=True))
    cloud = Cloud(PACKED, freeze=freeze)
    child = psutil.Process(cloud.send({"do": "child"}).result)
    pid = cloud.send({}).result["pid"]
    if hasattr(os, "getpgid"):  # a kernel's interrupt goes to its own group
        assert os.getpgid(pid) != os.getpgid(0)
    folder, port = cloud._folder, int(cloud.url.rpartition(":")[2])
    assert folder.exists() and answers(port)
    cloud.stop()
    cloud.stop()  # safe to call twice
    wait_until(lambda: not set(psutil.Process().children(recursive=True)) - before)
    assert not folder.exists() and not answers(port)
    wait_until(lambda: not is_alive(child))


START = f"""
from classroom.serverless import Cloud, zip_of
cloud = Cloud(zip_of({{"app.py": {FUNCTION!r}}}), freeze=True)
cloud.add_instance()
child = cloud.send({{"do": "child"}}).result
pid = cloud.send({{}}).result["pid"]
states = [row["state"] for row in cloud.instances]
"""


@pytest.mark.slow
def test_a_killed_kernel_takes_frozen_instances_along() -> None:
    with kernel() as one:
        assert one.run(START).error == ""
        assert one.value("states") == "['frozen']"
        me, pid = int(one.value("__import__('os').getpid()")), int(one.value("pid"))
        children = psutil.Process(me).children(recursive=True)
        folder = Path(one.value("str(cloud._folder)"))
        assert {pid, int(one.value("child"))} <= {each.pid for each in children}
        assert folder.exists()
        psutil.Process(me).kill()
        wait_until(lambda: not any(child.is_running() for child in children))
        wait_until(lambda: not folder.exists())


BUSY = f"""
import time
from threading import Thread
from classroom.serverless import Cloud, zip_of
cloud = Cloud(zip_of({{"app.py": {FUNCTION!r}}}), timeout=3600)
child = cloud.send({{"do": "child"}}).result
Thread(target=cloud.send, args=[{{"do": "hang"}}], daemon=True).start()
while [row["state"] for row in cloud.instances] != ["busy"]:
    time.sleep(0.01)
"""


def test_a_killed_kernel_takes_busy_instances_and_what_they_started_along() -> None:
    """A frozen instance may be ended by Linux itself; this one notices nothing, and works on."""
    with kernel() as one:
        assert one.run(BUSY).error == ""
        me, child = int(one.value("__import__('os').getpid()")), int(one.value("child"))
        children = psutil.Process(me).children(recursive=True)
        folder = Path(one.value("str(cloud._folder)"))
        assert child in {each.pid for each in children} and folder.exists()
        psutil.Process(me).kill()
        wait_until(lambda: not any(map(is_alive, children)))
        wait_until(lambda: not folder.exists())
