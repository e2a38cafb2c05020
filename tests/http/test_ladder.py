"""The ladder: small steps, and which attacks get through to which rung, cell by cell.

The table (tests/support/attack_table.py) proves that every attack can get through, that every rung
is there for one, and that the lessons' text and the code agree.
"""

import pytest

from classroom.compare import compare
from classroom.scoreboard import ATTACKS, scoreboard
from classroom.server.server import Server
from minisrv.routes.signup import LADDER
from tests.support.attack_table import FIRST, MORE, NAMES, gets_through
from tests.support.lesson_server import server as server
from tests.support.tiers import each_day


@pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")
@pytest.mark.parametrize("rung", each_day(3, NAMES))
def test_the_attacks_that_get_through_to_a_rung(server: Server, rung: str) -> None:
    server.plug("signup", LADDER[rung])
    board = scoreboard((*ATTACKS, *MORE))
    assert board.through == [attack for attack in FIRST if gets_through(attack, rung)]


def test_every_attack_is_in_the_table() -> None:
    assert list(FIRST) == [attack.name for attack in (*ATTACKS, *MORE)]


def test_every_attack_but_one_gets_through_to_the_rung_below_the_one_that_stops_it() -> None:
    below = {attack: NAMES.index(rung) - 1 for attack, rung in FIRST.items() if rung != NAMES[0]}
    assert FIRST.keys() - below.keys() == {"a field too many"}
    assert all(gets_through(attack, NAMES[place]) for attack, place in below.items())


def test_every_rung_earns_its_place() -> None:
    assert set(FIRST.values()) == set(NAMES)


def test_each_rung_from_the_route_as_taught_on_stops_more() -> None:
    through = [
        sum(gets_through(attack.name, rung) for attack in ATTACKS)
        for rung in NAMES[NAMES.index("as_taught") :]
    ]
    assert through == sorted(set(through), reverse=True) and through[-1] == 0


@pytest.mark.parametrize(("lower", "upper"), list(zip(NAMES, NAMES[1:], strict=False)))
def test_a_step_is_small(lower: str, upper: str) -> None:
    lines = str(compare(LADDER[lower], LADDER[upper])).splitlines()
    before = {line[1:].strip() for line in lines if line.startswith("−")}
    added = [line for line in lines[3:] if line.startswith("+") and line[1:].strip() not in before]
    assert 1 <= len(added) <= 5, "\n".join(lines)
