"""What the tutorial's route answered in Next.js itself, recorded: a port has its own errors.

How it was measured is in data/README.md. Left out: a run of it here, which would need Node.
"""

import json
from pathlib import Path

FILE = Path(__file__).resolve().parents[3] / "data" / "nextjs-recorded.json"


def in_next_js(kind: str) -> dict[str, str]:
    """Return the status for each of the `kind` "bodies", "verbs" or "forms", by its name.

    It is `401`, or `400 by Next.js` where the route was never called. KeyError: no such kind.
    """
    return json.loads(FILE.read_text(encoding="utf-8"))[kind]
