"""Run every attack of the attack lab in this machine's browsers, and write down the outcomes.

`python -m tests.record_attacks` writes data/attacks-recorded.json; it takes both engines, and a few
minutes. Whether each outcome is right is tested in browsers/test_attacks.py.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

for place in (".", "notebooks"):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / place))

from classroom.attack_lab import SCENARIOS, AttackLab  # noqa: E402
from classroom.attack_lab.attack_outcome import NAMES  # noqa: E402
from classroom.attack_lab.recordings import FILE, setup_key  # noqa: E402
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
    lab, runs = AttackLab(server), []
    for attack in SCENARIOS:
        same = cases(attack)
        for case, outcome in zip(
            same, lab.outcomes(attack, [one.changes for one in same]), strict=True
        ):
            if not all(row.here and row.works is not None for row in outcome.rows.values()):
                print(f"{case.id}: {[row.how for row in outcome.rows.values()]}", file=sys.stderr)
                return 1
            seen = {engine: dict(row.seen) for engine, row in outcome.rows.items()}
            where = setup_key(*lab.changed(case.changes))
            runs.append({"attack": attack, "server": where, "seen": seen})
            print(f"{case.id}: {outcome.verdict}")
    lab.close()
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
