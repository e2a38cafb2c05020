"""minisrv as a function: the same visits, over instances that share one database.

Left out: the cloud around it (tests/lessons/test_serverless.py).
"""

import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import pytest

from classroom.serverless import Cloud, events, zip_of
from classroom.serverless.outcome import ANSWERED
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


@dataclass(frozen=True)
class At:
    """Where a visitor goes."""

    url: str
    settings: Settings = Settings()


def cloud_with(database: str, **options: object) -> Cloud:
    variables = {"MINISRV_DATABASE_URL": database, "MINISRV_SECRET": SECRET}
    return Cloud(EMPTY, HANDLER, environment=variables | {"MINISRV_BCRYPT_COST": "4"}, **options)


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


@pytest.mark.parametrize("runtime", ["ours", slow("as a program")])
def test_it_is_also_a_program_with_its_own_loop(tmp_path: Path, runtime: str) -> None:
    options = {"runtime": AS_A_PROGRAM} if runtime == "as a program" else {}
    with cloud_with(f"sqlite:///{tmp_path / 'trax.sqlite3'}", **options) as cloud:
        assert Visitor(At(cloud.url)).signs_up().status_code == 201


def forwarded(event: events.Event) -> events.Event:
    """Return the request as it comes from a gateway on the Web, with its headers."""
    headers = {"host": "trax.example", "x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.7"}
    http = {"method": "GET", "path": "/health", "sourceIp": "192.0.2.7"}
    return {**event, "rawPath": "/health", "headers": headers, "requestContext": {"http": http}}


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


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"MINISRV_DATABASE_URL": "sqlite:///a"}, "Give MINISRV_SECRET"),
        ({"MINISRV_SECRET": "hello", "MINISRV_DATABASE_URL": "sqlite:///a"}, "32 random bytes"),
        ({"MINISRV_SECRET": SECRET, "MINISRV_DATABASE_URL": "sqlite://"}, "its own accounts"),
        ({"MINISRV_SECRET": SECRET, "MINISRV_ALLOWED_HOSTS": "trax.example"}, "trusted-proxy"),
    ],
)
def test_settings_that_instances_cannot_share_are_refused(
    variables: dict[str, str], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        settings_for_instances(variables)
