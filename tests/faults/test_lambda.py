"""minisrv as a function: the same visits, over instances that share one database.

Left out: the cloud around it (tests/lessons/test_serverless.py).
"""

import asyncio
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import pytest

from classroom.serverless import Cloud, events, zip_of
from classroom.serverless.cloud import AWS_S, OUR_LOOP
from classroom.serverless.outcome import ANSWERED
from minisrv.serve import lambda_
from minisrv.serve.lambda_ import settings_for_instances
from minisrv.settings import Settings
from tests.support.live import SECRET
from tests.support.postgres import own as own
from tests.support.postgres import url as url
from tests.support.tiers import slow
from tests.support.visitor import Visitor, whole_visit

HANDLER = "minisrv.serve.lambda_.handler"
AS_A_PROGRAM = (sys.executable, "-m", "minisrv.serve.lambda_")
EMPTY = zip_of({})  # minisrv is on the path, as a layer would be


@pytest.fixture(scope="module", autouse=True)
def _loop() -> Iterator[None]:
    """A loop that is closed again: Mangum makes one where there is none, and leaves it open."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield
    asyncio.set_event_loop(None)
    loop.close()


@dataclass(frozen=True)
class At:
    """Where a visitor goes."""

    url: str
    settings: Settings = Settings()


def cloud_with(database: str, runtime: Sequence[str] = OUR_LOOP, **more: str) -> Cloud:
    variables = {"MINISRV_DATABASE_URL": database, "MINISRV_SECRET": SECRET}
    variables |= {"MINISRV_BCRYPT_COST": "4"} | more
    return Cloud(EMPTY, HANDLER, environment=variables, runtime=runtime)


@contextmanager
def three(database: str) -> Iterator[Cloud]:
    """Three instances, which take turns."""
    with cloud_with(database) as cloud:
        for _ in range(3):
            cloud.add_instance()
        yield cloud


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """Three instances over one SQLite file."""
    with three(f"sqlite:///{tmp_path_factory.mktemp('shared') / 'trax.sqlite3'}") as cloud:
        yield cloud


def visit(cloud: Cloud, email: str) -> None:
    """Make a whole visit: its requests take turns at all instances."""
    whole_visit(At(cloud.url), email)
    assert {row["events"] > 0 for row in cloud.instances} == {True}


def test_a_visit_over_three_instances_and_one_file(shared: Cloud) -> None:
    visit(shared, "ada@trax.test")


@pytest.mark.slow
def test_a_visit_over_three_instances_and_postgresql(url: str) -> None:
    with three(url) as cloud:
        visit(cloud, f"mary-{token_hex(4)}@trax.test")  # COURSE_POSTGRES_URL may have accounts


def test_of_six_sign_ups_at_once_one_wins(shared: Cloud) -> None:
    def sign_up(_: int) -> int:
        return Visitor(At(shared.url), "grace@trax.test").signs_up().status_code

    with ThreadPoolExecutor(3) as pool:
        assert Counter(pool.map(sign_up, range(6))) == {201: 1, 409: 5}


def test_the_rate_limit_holds_over_all_instances(shared: Cloud) -> None:
    linus = "linus@trax.test"
    assert Visitor(At(shared.url), linus).signs_up().status_code == 201
    guesses = [Visitor(At(shared.url), linus, "wrong").signs_in().status_code for _ in range(25)]
    assert guesses == [401] * 20 + [429] * 5


def test_all_events_of_an_instance_meet_one_app(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINISRV_SECRET", SECRET)
    monkeypatch.setenv("MINISRV_DATABASE_URL", "sqlite:///a")
    made = []
    monkeypatch.setattr(lambda_, "create_app", lambda settings: made.append(settings))
    lambda_._adapter.cache_clear()
    assert lambda_._adapter() is lambda_._adapter() and len(made) == 1
    lambda_._adapter.cache_clear()


RUNTIMES = {"ours": OUR_LOOP, "as a program": AS_A_PROGRAM}
RUNTIMES |= {"AWS's": AWS_S} if sys.platform == "linux" else {}


@pytest.mark.parametrize("runtime", ["ours", *map(slow, list(RUNTIMES)[1:])])
def test_it_is_also_a_program_with_its_own_loop(tmp_path: Path, runtime: str) -> None:
    with cloud_with(f"sqlite:///{tmp_path / 'trax.sqlite3'}", RUNTIMES[runtime]) as cloud:
        assert Visitor(At(cloud.url)).signs_up().status_code == 201


def test_a_program_with_a_bad_setting_ends_with_one_sentence() -> None:
    variables = {k: v for k, v in os.environ.items() if not k.startswith("MINISRV_")}
    done = subprocess.run(AS_A_PROGRAM, env=variables, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Give MINISRV_SECRET: each instance would make a key of its own.\n"


def forwarded(event: events.Event, path: str = "/health", method: str = "GET") -> events.Event:
    """Return the request as it comes from a gateway on the Web, with its headers."""
    headers = {"host": "trax.example", "x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.7"}
    headers["content-type"] = "application/json"
    http = {"method": method, "path": path, "sourceIp": "192.0.2.7"}
    return {**event, "rawPath": path, "headers": headers, "requestContext": {"http": http}}


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"MINISRV_ALLOWED_HOSTS": "trax.example"}, 200),
        ({"MINISRV_ALLOWED_HOSTS": "other.example"}, 421),
    ],
)
def test_behind_a_gateway_host_and_proxy_are_named(
    tmp_path: Path, more: dict[str, str], status: int
) -> None:
    variables = {
        "MINISRV_DATABASE_URL": f"sqlite:///{tmp_path / 'trax.sqlite3'}",
        "MINISRV_SECRET": SECRET,
        "MINISRV_PRODUCTION": "1",
        "MINISRV_TRUSTED_PROXIES": "gateway",
    }
    with Cloud(EMPTY, HANDLER, environment=variables | more) as cloud:
        outcome = cloud.send(forwarded({"version": "2.0"}))
    assert (outcome.how, outcome.result["statusCode"]) == (ANSWERED, status)


def test_the_source_is_the_one_that_the_gateway_saw_and_not_what_a_client_says(
    tmp_path: Path,
) -> None:
    behind = {"MINISRV_TRUSTED_PROXIES": "gateway", "MINISRV_ALLOWED_HOSTS": "trax.example"}
    behind |= {"MINISRV_PRODUCTION": "1", "MINISRV_BCRYPT_COST": "10"}
    statuses = []
    with cloud_with(
        f"sqlite:///{tmp_path / 'trax.sqlite3'}", **behind, MINISRV_ATTEMPTS_PER_SOURCE="2"
    ) as cloud:
        for number in range(3):
            guess = {"email": f"nobody-{number}@trax.test", "password": "wrong"}
            event = forwarded({"version": "2.0", "body": json.dumps(guess)}, "/api/signin", "POST")
            event["headers"] |= {"x-forwarded-for": f"192.0.2.{number}"}
            outcome = cloud.send(event)
            assert outcome.how == ANSWERED, outcome.why
            statuses.append(outcome.result["statusCode"])
    assert statuses == [401, 401, 429]


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"MINISRV_DATABASE_URL": "sqlite:///a"}, "Give MINISRV_SECRET"),
        ({"MINISRV_SECRET": "hello", "MINISRV_DATABASE_URL": "sqlite:///a"}, "32 random bytes"),
        ({"MINISRV_SECRET": SECRET, "MINISRV_DATABASE_URL": "sqlite://"}, "its own accounts"),
        ({"MINISRV_SECRET": SECRET}, "its own accounts"),
        ({"MINISRV_SECRET": SECRET, "MINISRV_DATABASE_URL": "nonsense"}, "must be a URL"),
        (
            {
                "MINISRV_SECRET": SECRET,
                "MINISRV_DATABASE_URL": "sqlite:///a",
                "MINISRV_ALLOWED_HOSTS": "trax.example",
            },
            "trusted-proxy",
        ),
    ],
)
def test_settings_that_instances_cannot_share_are_refused(
    variables: dict[str, str], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        settings_for_instances(variables)
