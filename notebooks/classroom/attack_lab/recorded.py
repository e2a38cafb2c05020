"""What the attacks did when they were recorded, for machines that lack a browser.

Left out: how it was recorded (tests/support/record_attacks.py), and what it means (data/README.md).
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parents[3] / "data" / "attacks-recorded.json"


@dataclass(frozen=True)
class Recorded:
    """One attack on one server in one browser: what was seen, when, and in which version."""

    seen: dict[str, str]
    when: str
    version: str


def recorded(attack: str, server: str) -> dict[str, Recorded]:
    """Return by engine what was recorded of an attack on a server with this setup, if anything."""
    whole = _whole()
    row = next((r for r in whole["runs"] if (r["attack"], r["server"]) == (attack, server)), None)
    return {
        engine: Recorded(seen, whole["recorded"], whole["browsers"][engine])
        for engine, seen in (row["seen"] if row else {}).items()
    }


@cache
def _whole() -> dict:
    if not FILE.is_file():
        return {"runs": []}
    return json.loads(FILE.read_text(encoding="utf-8"))
