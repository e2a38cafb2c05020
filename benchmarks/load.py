"""`python -m benchmarks.load PLAN`: run a plan, given as JSON, and print its outcome as JSON.

The load is a closed loop: each client sends its next request after the response to the last one.
Number and time are bounded, and everything goes to 127.0.0.1 only.
"""

import json
import sys

from benchmarks.plan import Plan
from benchmarks.reads import read
from benchmarks.sign_ups import sign_up

if __name__ == "__main__":
    plan = Plan(**json.loads(sys.argv[1]))
    outcome = read(plan) if plan.path else sign_up(plan)
    json.dump(vars(outcome), sys.stdout)
