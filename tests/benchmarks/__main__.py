"""`python -m tests.benchmarks`: measure, print the tables, write the figures as JSON.

Exit status: 0, or 1 when somebody's account was lost or a server answered 5xx. A missed target
of time is told and is no failure: the machine may have been busy.
"""

import argparse
import json
import signal
import sys
from pathlib import Path

from tests.benchmarks.growth import growth
from tests.benchmarks.in_a_kernel import first_server
from tests.benchmarks.lessons import under_strict_nbval
from tests.benchmarks.newcomer import first_response
from tests.benchmarks.peers.kinds import peers
from tests.benchmarks.report import aligned, compared, judged, machine, summary
from tests.benchmarks.scenarios import as_installed, one_round
from tests.benchmarks.servers import MINISRV, Kind
from tests.benchmarks.sizes import FULL, TINY, Sizes
from tests.benchmarks.targets import LESSONS, against_peers, targets

RESULTS = Path(__file__).parent / "results" / "latest.json"
Rounds = dict[str, list[dict[str, float]]]


def main(arguments: list[str] | None = None) -> int:
    """Do it all."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--peers", action="store_true", help="measure what others write, too")
    parser.add_argument("--lessons", action="store_true", help="run all notebooks, too")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    parser.add_argument("--tiny", action="store_true", help="only show that it works")
    parser.add_argument("--json", type=Path, default=RESULTS, help="where the figures go")
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers are stopped, too
    sizes = TINY if given.tiny else FULL
    found, notes = peers() if given.peers else ([], [])
    told = {"machine": machine(), "cost": sizes.cost, "notes": notes}
    rounds = _measure([MINISRV, *found], sizes, given.rounds, notes)
    servers = {name: summary(each) for name, each in rounds.items()}
    ours = servers[MINISRV.name]
    if given.lessons:
        ours |= under_strict_nbval()
    others = {name: one for name, one in servers.items() if name != MINISRV.name}
    table = judged(
        ours, [*targets(sizes), *(LESSONS if given.lessons else []), *against_peers(others)]
    )
    print(aligned([("minisrv", "measured", "target", ""), *table]))
    if others:
        print("", aligned(compared(servers, sizes)), sep="\n")
    print(*["", *notes], sep="\n")
    told |= {"targets": table, "servers": servers, "rounds": rounds}
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps(told, indent=2, ensure_ascii=False), encoding="utf-8")
    return 1 if ours["lost"] or ours["answered_5xx"] else 0


def _measure(kinds: list[Kind], sizes: Sizes, rounds: int, notes: list[str]) -> Rounds:
    """Measure all in turns, beginning with another one each round; note who does not start."""
    figures: Rounds = {}
    for number in range(rounds):
        turn = number % len(kinds)
        for kind in [*kinds[turn:], *kinds[:turn]]:
            print(f"round {number + 1} of {rounds}: {kind.name}", file=sys.stderr, flush=True)
            try:
                one = one_round(kind, sizes, f"round-{number}")
            except RuntimeError as error:
                if kind is MINISRV:
                    raise
                notes.append(f"Skipped: {error}")
                continue
            if kind is MINISRV:
                one |= as_installed(kind, sizes) | growth(sizes.rows, sizes.questions)
                one |= first_server() | first_response()
            figures.setdefault(kind.name, []).append(one)
    return {kind.name: figures[kind.name] for kind in kinds if kind.name in figures}


if __name__ == "__main__":
    sys.exit(main())
