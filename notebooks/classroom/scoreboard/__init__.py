"""The attacks of all lessons on one sign-up route, and a scoreboard of those that get through.

Left out: attacks on other routes, and attacks that need a real browser (lesson 09).
"""

from classroom.scoreboard.account import ACCOUNT
from classroom.scoreboard.attack import Attack
from classroom.scoreboard.scoreboard import Scoreboard, scoreboard, stops_all
from classroom.scoreboard.secret import SECRET
from classroom.scoreboard.session import SESSION
from classroom.scoreboard.without import without

ATTACKS = (*ACCOUNT, *SECRET, *SESSION)

__all__ = [
    "ACCOUNT",
    "ATTACKS",
    "SECRET",
    "SESSION",
    "Attack",
    "Scoreboard",
    "scoreboard",
    "stops_all",
    "without",
]
