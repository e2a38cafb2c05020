"""The attack lab: attacks on a lesson's server in real browsers, such as CSRF and XSS.

Everything stays on this machine: TRAX at trax.localhost, Mallory at evil.localhost, and the sibling
blog.trax.localhost, where Mallory has pages as well.
"""

from classroom.attack_lab.attack_lab import AttackLab
from classroom.attack_lab.attack_outcome import Outcome, side_by_side
from classroom.attack_lab.scenarios import SCENARIOS

__all__ = ["SCENARIOS", "AttackLab", "Outcome", "side_by_side"]
