"""`python -m benchmarks`: measure, print the tables, write the figures as JSON.

Exit status: 0, or 1 if an account was lost or a server responded 5xx. A missed target of time is
printed, but is no failure: the machine may have been busy.
"""

import argparse
import json
import signal
import subprocess
import sys
from pathlib import Path

from benchmarks.first_response import first_response
from benchmarks.first_server import first_server
from benchmarks.growth import growth
from benchmarks.lessons import under_strict_nbval
from benchmarks.peers.kinds import peers
from benchmarks.report import ADDED, aligned, compared, judged, machine, summary
from benchmarks.scenarios import as_installed, one_round
from benchmarks.servers import MINISRV, Kind
from benchmarks.sizes import FULL, TINY, Sizes
from benchmarks.targets import LESSONS, against_peers, targets

RESULTS = Path(__file__).parent / "results" / "latest.json"
Rounds = dict[str, list[dict[str, float]]]


def main(arguments: list[str] | None = None) -> int:
    """Measure, print and write; return the exit status."""
    given = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers are stopped, too
    sizes = TINY if given.tiny else FULL
    found, notes = peers() if given.peers else ([], [])
    told = {"machine": machine(), "cost": sizes.cost, "notes": notes}
    lessons = under_strict_nbval() if given.lessons else {}
    rounds = _measure([MINISRV, *found], sizes, given.rounds, notes)
    servers = {name: summary(each) for name, each in rounds.items()}
    ours = servers[MINISRV.name] | lessons
    others = {name: one for name, one in servers.items() if name != MINISRV.name}
    rows = [*targets(sizes), *(LESSONS if lessons else []), *against_peers(others)]
    table = judged(ours, rows)
    print(aligned([("minisrv", "measured", "target", ""), *table]))
    if others:
        print("", aligned(compared(servers, sizes)), sep="\n")
    print(*["", *notes], sep="\n")
    told |= {"targets": table, "servers": servers, "rounds": rounds}
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps(told, indent=2, ensure_ascii=False), encoding="utf-8")
    return 1 if ours["lost"] or ours["answered_5xx"] else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--peers", action="store_true", help="measure what others write, too")
    parser.add_argument("--lessons", action="store_true", help="run all notebooks, too")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured")
    parser.add_argument("--tiny", action="store_true", help="only show that it works")
    parser.add_argument("--json", type=Path, default=RESULTS, help="where the figures go")
    return parser


def _measure(kinds: list[Kind], sizes: Sizes, rounds: int, notes: list[str]) -> Rounds:
    """Measure all in turns, beginning with another one each round; note which do not start."""
    figures: Rounds = {}
    for number in range(rounds):
        turn = number % len(kinds)
        for kind in [*kinds[turn:], *kinds[:turn]]:
            print(f"round {number + 1} of {rounds}: {kind.name}", file=sys.stderr, flush=True)
            try:
                one = one_round(kind, sizes, f"round-{number}")
            except (RuntimeError, subprocess.TimeoutExpired) as error:
                if kind is MINISRV:
                    raise
                notes.append(f"Skipped: {kind.name}. {error}")
                continue
            if kind is MINISRV:
                one |= _of_ours_alone(sizes, one)
            figures.setdefault(kind.name, []).append(one)
    return {kind.name: figures[kind.name] for kind in kinds if kind.name in figures}


def _of_ours_alone(sizes: Sizes, so_far: dict[str, float]) -> dict[str, float]:
    """Return what is measured of minisrv only, with its losses added to those `so_far`."""
    figures = as_installed(MINISRV, sizes)
    figures |= {name: figures[name] + so_far[name] for name in ADDED}
    figures |= growth(sizes.rows, sizes.questions) | first_server() | first_response()
    return figures


if __name__ == "__main__":
    sys.exit(main())
