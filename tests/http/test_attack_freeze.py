"""One sign-up freezes a server that hashes on its event loop, and none that hashes in a thread.

Left out: milliseconds; what counts is which answer came first.
"""

import pytest

from classroom.attacks.freeze import HEALTH, SIGN_UP, freeze
from classroom.server.server import Server
from classroom.server.server_process import ServerProcess
from minisrv.routes.signup import LADDER
from tests.support.lesson_server import server as server
from tests.support.tiers import each_day


def first_answered(rung: str, cost: int) -> str:
    with ServerProcess(signup=rung, bcrypt_cost=cost) as alone:
        answered = freeze(alone.url)
    assert sorted(answered.order) == [SIGN_UP, SIGN_UP, HEALTH]
    return answered.first


@pytest.mark.parametrize("rung", each_day(1, ["as_taught", "whole_password"]))
def test_freeze_makes_everybody_wait_where_the_loop_hashes(rung: str) -> None:
    assert first_answered(rung, 13) == SIGN_UP


@pytest.mark.parametrize("rung", each_day(1, ["off_the_loop", "reference"]))
def test_freeze_makes_nobody_wait_where_a_thread_hashes(rung: str) -> None:
    # Dearer, so that a busy machine has time to answer /health before the first hash has ended.
    assert first_answered(rung, 14) == HEALTH


def test_a_sign_up_that_is_refused_is_no_attack(server: Server) -> None:
    server.plug("signup", LADDER["plain"])
    freeze(server.url)
    with pytest.raises(RuntimeError, match="/api/signup was answered 500"):
        freeze(server.url)  # the addresses are taken
