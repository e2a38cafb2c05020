"""A proxy in the environment does not stand between a cell and the live server."""

import os

import pytest
import requests

from classroom.server import network
from classroom.server.server import Server


def test_a_proxy_of_the_environment_is_passed_by(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # discard: nobody answers
    monkeypatch.setenv("no_proxy", "intranet.example")
    monkeypatch.delenv("NO_PROXY", raising=False)
    server = Server(bcrypt_cost=4)
    try:
        assert requests.get(server.url + "/health", timeout=60).status_code == 200
        assert os.environ["no_proxy"] == os.environ["NO_PROXY"] == "intranet.example,127.0.0.1"
        network.bypass_proxy()
        assert os.environ["no_proxy"] == "intranet.example,127.0.0.1"
    finally:
        server.stop()


def test_a_proxy_that_is_off_for_all_hosts_stays_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setenv("NO_PROXY", "*")
    network.bypass_proxy()
    assert os.environ["no_proxy"] == "*"
