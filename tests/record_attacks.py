"""Carry out every attack of the stage in this machine's browsers and write down what came of it.

`python -m tests.record_attacks` writes data/attacks-recorded.json; it takes both engines, and a few
minutes. Left out: whether it is what should come of it, which test_attack_*.py judge.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

for place in (".", "notebooks"):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / place))

from classroom.attack_lab import SCENARIOS, Stage  # noqa: E402
from classroom.attack_lab.outcome import NAMES  # noqa: E402
from classroom.attack_lab.recorded import FILE  # noqa: E402
from classroom.attack_lab.setup import setup  # noqa: E402
from classroom.real_browsers import installed  # noqa: E402
from classroom.server.server import Server  # noqa: E402
from tests.support.attack_cases import cases  # noqa: E402


def main() -> int:
    """Record; return 1, with nothing written, when an engine is missing or a browser fails."""
    versions = {one.engine: one.version for one in reversed(installed())}
    if set(versions) != set(NAMES):
        print("Both engines are needed to record.", file=sys.stderr)
        return 1
    server = Server(bcrypt_cost=4)
    stage, runs = Stage(server), []
    for attack in SCENARIOS:
        mine = cases(attack)
        for case, outcome in zip(
            mine, stage.outcomes(attack, [one.changes for one in mine]), strict=True
        ):
            if not all(row.here for row in outcome.rows.values()):
                print(f"{case.id}: {[row.how for row in outcome.rows.values()]}", file=sys.stderr)
                return 1
            seen = {engine: dict(row.seen) for engine, row in outcome.rows.items()}
            where = setup(*stage.changed(case.changes))
            runs.append({"attack": attack, "server": where, "seen": seen})
            print(f"{case.id}: {outcome.verdict}")
    stage.close()
    server.stop()
    FILE.write_text(written(versions, runs), encoding="utf-8", newline="\n")
    return 0


def written(versions: dict[str, str], runs: list[dict]) -> str:
    """Return the file: one run a line."""
    head = {"recorded": f"{datetime.now(UTC):%Y-%m-%d}", "browsers": versions}
    lines = ",\n".join(f"  {json.dumps(run, ensure_ascii=False)}" for run in runs)
    return json.dumps(head)[:-1] + f', "runs": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    sys.exit(main())
