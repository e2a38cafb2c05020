"""`python -m minisrv`: its options and variables, and when it refuses to serve."""

import subprocess
import sys

import pytest

from classroom.browser_model import Client, direct_session
from classroom.server.child_process import ChildProcess, minisrv_environment
from classroom.server.tls import certificate_for
from minisrv import Settings
from minisrv.serve.cli import read_environment, unknown_variables
from minisrv.serve.server import bind
from tests.support.live import serve, settings_of_tests
from tests.support.paths import ROOT
from tests.support.tiers import each_day

STRONG = "0123456789abcdef0123456789ABCDEF"
COMMAND = [sys.executable, "-m", "minisrv", "--port", "0"]
MEMORY = minisrv_environment(database_url="sqlite://")


def refused(*arguments: str, **variables: str) -> tuple[int, str]:
    """Return how it ended and what it said; it must end by itself, without a traceback."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=ROOT,
        env=MEMORY | variables,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stderr


def test_it_serves_says_where_and_that_the_secret_is_for_this_run() -> None:
    with ChildProcess(COMMAND, MEMORY, folder=ROOT) as server:
        assert Client(server.url, timeout=60).get("/health").json() == {"status": "ok"}
    assert "No strong MINISRV_SECRET" in server.printed


REFUSALS = {
    "production without a secret": (["--production"], {}, "secret"),
    "production with a weak secret": (["--production"], {"MINISRV_SECRET": "hello"}, "secret"),
    "production, cheap hashes": (
        ["--production"],
        {"MINISRV_SECRET": STRONG, "MINISRV_BCRYPT_COST": "4"},
        "bcrypt_cost",
    ),
    **{
        f"production, {kind}": (
            ["--production"],
            {"MINISRV_SECRET": STRONG, "MINISRV_PEPPER": pepper},
            "a pepper must be",
        )
        for kind, pepper in {
            "a short pepper": "a",
            "a pepper of 32 equal characters": "1:" + "a" * 32,
            "a pepper that is a sentence": "1:a secret that is kept outside of the database",
            "a pepper without a number": STRONG[::-1],
        }.items()
    },
    "a new secret without a number": (
        [],
        {"MINISRV_SECRET": STRONG, "MINISRV_OLD_SECRET": STRONG[::-1]},
        "different numbers",
    ),
    "a weak secret that was to be replaced": (
        [],
        {"MINISRV_SECRET": "2:" + STRONG, "MINISRV_OLD_SECRET": "hello"},
        "old_secret must be",
    ),
    "production, a secret that is a sentence": (
        ["--production"],
        {"MINISRV_SECRET": "a sentence of many words and of no secret at all"},
        "secret",
    ),
    "two peppers of one number": (
        [],
        {"MINISRV_PEPPER": "2:a", "MINISRV_OLD_PEPPERS": "1:b,2:c"},
        "different numbers",
    ),
    "production, a refresh cookie for scripts": (
        ["--production"],
        {"MINISRV_SECRET": STRONG, "MINISRV_REFRESH_COOKIE_HTTP_ONLY": "0"},
        "HttpOnly",
    ),
    "one name for two cookies": (
        [],
        {"MINISRV_COOKIE_NAME": "__Host-T", "MINISRV_REFRESH_COOKIE_NAME": "__Host-T"},
        "different names",
    ),
    "over before it is renewed": ([], {"MINISRV_IDLE_SECONDS": "900"}, "idle_seconds"),
    "everywhere, in the clear": (["--host", "0.0.0.0"], {}, "--tls-cert"),
    "everywhere, by no address": (["--host", ""], {}, "To serve all addresses, give --tls-cert"),
    "another name, in the clear": (["--allowed-host", "music.test"], {}, "--tls-cert"),
    "a weak rung behind a proxy": (
        ["--signup", "as_taught", "--trusted-proxy", "127.0.0.1", "--allowed-host", "music.test"],
        {},
        "made for class",
    ),
    "trust in everybody": (
        ["--trusted-proxy", "*", "--allowed-host", "music.test", "--production"],
        {"MINISRV_SECRET": STRONG},
        "Name the proxies",
    ),
    "trust in every address": (
        [],
        {"MINISRV_TRUSTED_PROXIES": "10.0.0.1,::/0"},
        "Name the proxies",
    ),
    "for others, with settings of a class": (
        ["--trusted-proxy", "127.0.0.1", "--allowed-host", "music.test"],
        {"MINISRV_SECRET": STRONG},
        "give --production",
    ),
    "over TLS for all, with settings of a class": (
        [
            *("--host", "0.0.0.0", "--allowed-host", "music.test"),
            *("--tls-cert", "cert.pem", "--tls-key", "key.pem"),
        ],
        {"MINISRV_SECRET": STRONG, "MINISRV_BCRYPT_COST": "4"},
        "give --production",
    ),
    "a weak rung for all": (["--host", "0.0.0.0", "--signup", "plain"], {}, "made for class"),
    "half of TLS": (["--tls-cert", "cert.pem"], {}, "tls_key"),
    "TLS without files": (
        ["--tls-cert", "no.pem", "--tls-key", "key.pem"],
        {},
        f"{ROOT / 'no.pem'} and {ROOT / 'key.pem'}: No such file",
    ),
    "TLS with a file of another kind": (
        ["--tls-cert", __file__, "--tls-key", __file__],
        {},
        "Cannot use --tls-cert",
    ),
    "a database that is no URL": (["--database-url", "nonsense"], {}, "database_url must be a URL"),
    "a database that is no URL, for two": (
        ["--database-url", "nonsense", "--workers", "2"],
        {},
        "database_url must be a URL",
    ),
    "no number": ([], {"MINISRV_BCRYPT_COST": "high"}, "whole number"),
    "a number too high": ([], {"MINISRV_BCRYPT_COST": "99"}, "from 4 to 31"),
    "no truth": ([], {"MINISRV_PRODUCTION": "perhaps"}, "1 or 0"),
}


@pytest.mark.parametrize("name", each_day(2, REFUSALS))
def test_it_refuses_with_one_clear_sentence(name: str) -> None:
    arguments, variables, word = REFUSALS[name]
    status, said = refused(*arguments, **variables)
    assert status == 2 and word in said


def test_a_busy_port_and_a_database_that_cannot_be_opened_are_told() -> None:
    listener = bind("127.0.0.1", 0)
    status, said = refused("--port", str(listener.getsockname()[1]))
    listener.close()
    assert status == 1 and "Cannot listen" in said
    assert said.strip().endswith("): choose another --port or --host.")
    for url in ("sqlite:////no/such/folder/trax.sqlite3", "postgresql://127.0.0.1:abc/trax"):
        status, said = refused("--database-url", url)
        assert status == 1 and "Cannot open the database" in said


WITHOUT_PSYCOPG = """\
import sys
sys.modules["psycopg"] = None  # as if it were not installed
from minisrv.serve.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("postgresql://someone@127.0.0.1:1/trax", 'Run "python3 course.py setup --tests"'),
        ("mysql://someone@127.0.0.1:1/trax", "Only SQLite and PostgreSQL are supported."),
    ],
)
def test_a_missing_driver_is_one_sentence_with_the_command(url: str, advice: str) -> None:
    options = ["--port", "0", "--database-url", url]
    command = [sys.executable, "-c", WITHOUT_PSYCOPG, *options]
    done = subprocess.run(command, cwd=ROOT, env=MEMORY, capture_output=True, encoding="utf-8")
    *_, last = done.stderr.splitlines()
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert last.startswith("Cannot open the database: ") and advice in last


def test_every_setting_has_a_variable_and_each_is_read() -> None:
    read = read_environment(
        {"MINISRV_SECRET": STRONG, "MINISRV_PORT": "9", "MINISRV_PRODUCTION": "yes",
         "MINISRV_ALLOWED_HOSTS": "a.test, b.test", "MINISRV_COOKIE_SAME_SITE": "strict",
         "MINISRV_REFRESH_COOKIE_SAME_SITE": "lax", "MINISRV_OLD_SECRET": "7:" + STRONG,
         "MINISRV_PEPPER": "2:" + STRONG, "MINISRV_OLD_PEPPERS": "1:a, b"}
    )  # fmt: skip
    settings = Settings(**read)
    assert (settings.port, settings.production, settings.secret) == (9, True, STRONG)
    assert settings.allowed_hosts == ("a.test", "b.test") and settings.cookie.same_site == "strict"
    assert settings.refresh_cookie.same_site == "lax"
    assert settings.all_secrets == (STRONG, "7:" + STRONG)
    assert settings.all_peppers == ("2:" + STRONG, "1:a", "b")
    assert settings.refresh_cookie.name == Settings().refresh_cookie.name != settings.cookie.name
    assert unknown_variables({"MINISRV_SECRETT": "x", "MINISRV_SECRET": "x"}) == ["MINISRV_SECRETT"]


def test_two_servers_do_not_share_a_secret_and_none_is_shown() -> None:
    assert Settings().secret != Settings().secret
    keys = {"secret": "2:" + STRONG, "old_secret": STRONG, "pepper": "1:" + STRONG}
    assert STRONG not in repr(Settings(**keys, old_peppers=(STRONG,)))
    with pytest.raises(ValueError):
        Settings(secret="hello")


def test_over_tls_a_secure_cookie_comes_back() -> None:
    with (
        certificate_for("127.0.0.1") as own,
        serve(settings_of_tests(**own.settings)) as server,
    ):
        url = f"https://127.0.0.1:{server.port}"
        with direct_session() as session:
            body = {"email": "ada@trax.test", "password": "a passphrase of many words"}
            options = {"verify": own.authority, "timeout": 60}
            assert session.post(url + "/api/signup", json=body, **options).status_code == 201
            assert session.get(url + "/api/me", **options).json()["email"] == "ada@trax.test"


def test_it_loads_nothing_for_algorithms_that_it_refuses() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "minisrv", "--help"]
    loaded = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8").stderr
    assert "jwt.algorithms" in loaded and "cryptography.hazmat.bindings" not in loaded


@pytest.mark.parametrize(
    "rule", ["auth.passwords", "auth.access_tokens", "auth.emails", "db.models", "db.engines"]
)
def test_a_rule_is_to_be_had_without_a_server(rule: str) -> None:
    code = f"import sys, minisrv.{rule}; assert not {{'starlette', 'uvicorn'}} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_the_names_to_begin_with_are_there() -> None:
    import minisrv

    assert {hasattr(minisrv, name) for name in minisrv.__all__} == {True}
    assert not hasattr(minisrv, "create_apps")
