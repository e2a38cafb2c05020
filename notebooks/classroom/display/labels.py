"""Stable names for values that differ in every run, such as `‹hash-1›` for a salted hash.

The same value always bears the same label, so a reader sees what is equal and what is not, and a
notebook's outputs can be compared from run to run. Left out: what is recognised (volatile_values.py),
and how a label looks (text.py, html.py).
"""

import threading
from collections import Counter
from dataclasses import dataclass

from classroom.display import volatile_values

SAME_TIME = 180  # seconds; two runs cross the border of a second differently, never this one

_lock = threading.RLock()  # the server's thread and a cell may name values at the same time
_labels: dict[tuple[str, str], str] = {}
_reals: dict[str, str] = {}
_counts: Counter[str] = Counter()
_moments: dict[tuple[str, str], float] = {}


@dataclass(frozen=True)
class Volatile:
    """A value that differs in every run: `label` is shown in its place, `real` is what it was."""

    label: str
    real: str


def label(kind: str, value: str) -> str:
    """Return the label of `value`: `‹kind-n›`, numbered per kind in order of first sight.

    Of the kinds "time" and "milliseconds", moments less than SAME_TIME apart share a label.
    The first port, of the one server of most lessons, is plain `‹port›`.
    """
    with _lock:
        if (kind, value) not in _labels:
            timed = kind in ("time", "milliseconds")
            moment = volatile_values.epoch_seconds(value) if timed else None
            name = _near(kind, moment) or _new(kind, value)
            if moment is not None:
                _moments[kind, name] = moment  # drifts along: a long run stays one "now"
            _labels[kind, value] = name
        return _labels[kind, value]


def volatile(kind: str, value: str) -> Volatile:
    """Return `value` with its label, for a place where its kind is known without looking."""
    return Volatile(label(kind, value), value)


def real(name: str) -> str:
    """Return the value behind `hash-1` or `‹hash-1›`, or raise LookupError with the known names.

    Behind the label of a time is the first moment that bore it.
    """
    key = f"‹{name.strip('‹›')}›"
    if key not in _reals:
        known = ", ".join(_reals) or "none so far"
        raise LookupError(f"No {key} was shown. Labels so far: {known}.")
    return _reals[key]


def forget() -> None:
    """Start over: the next value of each kind is number 1 again."""
    with _lock:
        for memory in (_labels, _reals, _counts, _moments):
            memory.clear()


def split_volatile(text: str) -> list[str | Volatile]:
    """Split `text` into plain pieces and Volatile ones for what differs from run to run."""
    pieces: list[str | Volatile] = []
    end = 0
    for kind, start, stop in volatile_values.find_volatile(text):
        pieces += [text[end:start], volatile(kind, text[start:stop])]
        end = stop
    return [piece for piece in [*pieces, text[end:]] if piece != ""]


def _new(kind: str, value: str) -> str:
    _counts[kind] += 1
    name = "‹port›" if (kind, _counts[kind]) == ("port", 1) else f"‹{kind}-{_counts[kind]}›"
    _reals[name] = value
    return name


def _near(kind: str, moment: float | None) -> str:
    """Return the label of the nearest moment of that kind, "" when none is near."""
    if moment is None:
        return ""
    distances = [(abs(seen - moment), name) for (k, name), seen in _moments.items() if k == kind]
    distance, name = min(distances, default=(SAME_TIME, ""))
    return name if distance < SAME_TIME else ""
