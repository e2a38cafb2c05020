"""The load, in a process of its own: `python -m benchmarks.load PLAN` takes a plan as JSON
and prints what came of it as JSON.

Clients stand in a closed loop: each sends its next request when the last is answered. All is
bounded in number and time, and goes to 127.0.0.1 only.
"""

import json
import sys

from benchmarks.crowd import sign_up
from benchmarks.plan import Plan
from benchmarks.readers import read

if __name__ == "__main__":
    plan = Plan(**json.loads(sys.argv[1]))
    outcome = read(plan) if plan.path else sign_up(plan)
    json.dump(vars(outcome), sys.stdout)
