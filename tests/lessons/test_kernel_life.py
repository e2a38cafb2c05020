"""The live server when its kernel is restarted, ended or killed, or has a neighbour."""

from pathlib import Path

import psutil
import pytest

from tests.support.kernels import NOTEBOOKS, READY, SET_UP, SIGN_UP, answers, kernel


@pytest.mark.slow
def test_a_restart_leaves_nothing_behind_and_works_again() -> None:
    with kernel() as one:
        one.run(SET_UP)
        port = int(one.value("server.settings.port"))
        one.restart()
        assert not answers(port)
        assert one.run(SET_UP).text == READY
        assert "201 Created" in one.run(SIGN_UP).text


def test_a_killed_kernel_takes_the_server_with_it() -> None:
    with kernel() as one:
        one.run(SET_UP)
        one.run(SIGN_UP)
        port, pid = (
            int(one.value("server.settings.port")),
            int(one.value("__import__('os').getpid()")),
        )
        assert answers(port)
        process = psutil.Process(pid)
        assert process.children(recursive=True) == []  # so nobody can outlive it
        process.kill()
        process.wait(60)
        assert not answers(port)


@pytest.mark.slow
def test_a_kernel_that_is_asked_to_end_ends_at_once() -> None:
    with kernel() as one:
        one.run(SET_UP)
        port = int(one.value("server.settings.port"))
        one.manager.shutdown_kernel(now=False)
        assert not one.manager.is_alive()
        assert not answers(port)


@pytest.mark.slow
def test_two_kernels_have_a_server_and_accounts_each() -> None:
    with kernel() as one, kernel() as other:
        cells = [(k, k.send(SET_UP + SIGN_UP)) for k in (one, other)]
        for k, cell in cells:
            assert "201 Created" in k.collect(cell).text
        assert one.value("server.url") != other.value("server.url")


@pytest.mark.slow
def test_a_proxy_of_the_environment_does_not_stand_between() -> None:
    nobody = "http://127.0.0.1:9"
    with kernel(HTTP_PROXY=nobody, http_proxy=nobody) as one:
        one.run(SET_UP)
        assert "201 Created" in one.run(SIGN_UP).text


def test_the_classroom_finds_minisrv_from_the_folder_of_the_notebooks() -> None:
    with kernel(PYTHONPATH="") as one:
        assert one.run(SET_UP).error == ""
        assert Path(one.value("__import__('minisrv').__file__")).parents[1] == NOTEBOOKS.parent
