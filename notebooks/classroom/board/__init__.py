"""The attacks of all lessons against one sign-up route, and a board of what still gets through.

Left out: attacks on other routes, and whatever takes a real browser (lesson 07).
"""

from classroom.board.account import ACCOUNT
from classroom.board.attack import Attack
from classroom.board.scoreboard import Scoreboard, scoreboard, withstands
from classroom.board.secret import SECRET
from classroom.board.session import SESSION
from classroom.board.without import without

ATTACKS = (*ACCOUNT, *SECRET, *SESSION)

__all__ = [
    "ACCOUNT",
    "ATTACKS",
    "SECRET",
    "SESSION",
    "Attack",
    "Scoreboard",
    "scoreboard",
    "withstands",
    "without",
]
