"""Attacks on the server of a lesson in real browsers: forged requests, cookies, injected script.

All of it stays on this machine: TRAX at trax.localhost, Mallory at evil.localhost, and the sibling
blog.trax.localhost, where Mallory is at home as well.
"""

from classroom.attack_lab.outcome import Outcome, side_by_side
from classroom.attack_lab.scenarios import SCENARIOS
from classroom.attack_lab.stage import Stage

__all__ = ["SCENARIOS", "Outcome", "Stage", "side_by_side"]
