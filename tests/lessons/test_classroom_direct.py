"""Requests of a cell reach the live server directly: past a proxy, without a look-up of a name,
and without a login of this computer's owner.

In a kernel of its own, since it alters the environment and `requests` for good.
"""

import os
from collections.abc import Iterator

import pytest
from requests.utils import get_environ_proxies

from classroom.server import network
from tests.support.kernels import Kernel, kernel

SECRET = "hunter2-of-the-owner"
NO_NAMES = """
import socket
look_up = socket.getaddrinfo
def only_numbers(host, *others, **options):  # as on a computer whose localhost is ::1 only
    if not host[0].isdigit():
        raise socket.gaierror(f"{host} is not known")
    return look_up(host, *others, **options)
socket.getaddrinfo = only_numbers
"""
GET = "requests.get(server.url.replace('127.0.0.1', '{}') + '/health')"


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    """A kernel behind a dead proxy, with a `.netrc` for all hosts, that can look up no name."""
    home = tmp_path_factory.mktemp("home")
    login = home / "netrc"
    login.write_text(f"default login someone password {SECRET}\n", encoding="utf-8")
    login.chmod(0o600)
    dead = {name: "http://user:word@127.0.0.1:9" for name in ("http_proxy", "ALL_PROXY")}
    proxy = {**dead, "no_proxy": "intranet.example", "NO_PROXY": ""}
    with kernel(**proxy, NETRC=str(login)) as started:
        started.run(NO_NAMES)
        started.run("from classroom import *\nserver = Server(bcrypt_cost=4)")
        yield started


@pytest.mark.parametrize(
    ("name", "status"), [("127.0.0.1", 200), ("trax.localhost", 200), ("localhost", 421)]
)
def test_each_of_our_names_is_reached_without_proxy_look_up_and_login(
    odd: Kernel, name: str, status: int
) -> None:
    text = odd.run(GET.format(name)).text
    assert f"→ {status}" in text
    assert "authorization" not in text
    assert odd.value("server.exchanges[-1].request_headers").count("uthorization") == 0


def test_other_computers_are_still_asked_through_the_proxy_and_with_the_login(odd: Kernel) -> None:
    code = "from requests.utils import get_environ_proxies; get_environ_proxies('{}')"
    assert "127.0.0.1:9" in odd.run(code.format("http://mail.example/")).text
    assert odd.run(code.format("http://blog.trax.localhost/")).text == "{}"
    assert odd.value("requests.sessions.get_netrc_auth('http://mail.example/')[1]") == SECRET


def test_a_program_at_the_other_localhost_is_still_reached(odd: Kernel) -> None:
    """Where nobody listens at 127.0.0.1 the name is looked up: a student's server may be at ::1."""
    odd.run("from urllib3.util import connection")
    odd.run("other = socket.create_server(('127.0.0.1', 0))\nport = other.getsockname()[1]")
    odd.run("socket.getaddrinfo = lambda host, *others: look_up('127.0.0.1', port, *others[1:])")
    found = odd.run(
        "with connection.create_connection(('localhost', 9)) as client:\n"
        "    print(client.getpeername()[1] == port)"
    )
    assert found.stdout == "True\n"


def test_names_are_added_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "intranet.example")
    monkeypatch.delenv("NO_PROXY", raising=False)
    wanted = "intranet.example,127.0.0.1,localhost,.localhost"
    for _ in range(2):
        network.bypass_proxy()
        assert network.os.environ["no_proxy"] == network.os.environ["NO_PROXY"] == wanted


def test_a_proxy_that_is_off_for_all_hosts_stays_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setenv("NO_PROXY", "*")
    network.bypass_proxy()
    assert network.os.environ["no_proxy"] == "*"


def test_the_systems_proxy_stays_for_other_computers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows and macOS keep it elsewhere, where urllib looks only without variables."""
    variables = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    monkeypatch.setattr(os, "environ", variables)  # put back as a whole
    of_the_system = {"http": "http://proxy.example:3128", "https": "http://proxy.example:3128"}
    monkeypatch.setattr(network, "getproxies", lambda: of_the_system, raising=False)
    network.bypass_proxy()
    assert os.environ["https_proxy"] == "http://proxy.example:3128"
    assert get_environ_proxies("http://mail.example/")["http"] == "http://proxy.example:3128"
    assert get_environ_proxies("http://trax.localhost/") == {}


def test_a_proxy_of_the_environment_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"HTTP_PROXY": "http://proxy.example:3128"})
    monkeypatch.setattr(network, "getproxies", lambda: {"https": "http://no"}, raising=False)
    network.bypass_proxy()
    assert "https_proxy" not in os.environ


def test_only_names_of_this_computer_are_here() -> None:
    names = ["127.0.0.1", "localhost", "trax.localhost", "localhost.example", "notlocalhost"]
    assert [network.is_here(name) for name in names] == [True, True, True, False, False]
