"""Stable names for values that differ in every run, such as `‹hash-1›` for a salted hash.

The same value always gets the same label. So a reader sees which values are equal, and the outputs
of two runs of a notebook can be compared. volatile_values.py finds the values that get a label.
"""

import re
import threading
from collections import Counter
from dataclasses import dataclass

from classroom.display import volatile_values

SAME_TIME = 180  # seconds: long enough that all times of one run get one label, in every run

_lock = threading.RLock()  # the server's thread and a cell may need labels at the same time
_labels: dict[tuple[str, str], str] = {}
_reals: dict[str, str] = {}
_counts: Counter[str] = Counter()
_moments: dict[tuple[str, str], float] = {}


@dataclass(frozen=True)
class Volatile:
    """A value that differs in every run: `label` is shown in its place, `real` is the value."""

    label: str
    real: str

    @property
    def number(self) -> int:
        """The number in the label, 0 if it has none."""
        number = re.search(r"-(\d+)›$", self.label)
        return int(number[1]) if number else 0


def label(kind: str, value: str) -> str:
    """Return the label of `value`: `‹kind-1›` for the first value of that kind, then `‹kind-2›`.

    Times ("time" and "milliseconds") that are less than SAME_TIME apart share a label. The first
    port is `‹port›` without a number, because most lessons have one server only.
    """
    with _lock:
        if (kind, value) not in _labels:
            timed = kind in ("time", "milliseconds")
            moment = volatile_values.epoch_seconds(value) if timed else None
            name = _label_of_near_time(kind, moment) or _new_label(kind, value)
            if moment is not None:
                # The latest time counts: so a long run that goes on without a pause is one "now".
                _moments[kind, name] = moment
            _labels[kind, value] = name
        return _labels[kind, value]


def volatile(kind: str, value: str) -> Volatile:
    """Return `value` with its label, where its kind is already known."""
    return Volatile(label(kind, value), value)


def real(name: str) -> str:
    """Return the value behind `hash-1` or `‹hash-1›`, or raise LookupError with the known names.

    For the label of a time, return the first time that got this label.
    """
    key = f"‹{name.strip('‹›')}›"
    if key not in _reals:
        known = ", ".join(_reals) or "none so far"
        raise LookupError(f"No {key} was shown. Labels so far: {known}.")
    return _reals[key]


def forget() -> None:
    """Forget all labels: the next value of each kind gets number 1 again."""
    with _lock:
        for memory in (_labels, _reals, _counts, _moments):
            memory.clear()


def split_volatile(text: str) -> list[str | Volatile]:
    """Split `text` into pieces: Volatile for each value that differs in every run, else str.

    Example: `"id 7 $2b$12$…"` -> `["id 7 ", Volatile("‹hash-1›", "$2b$12$…")]`.
    """
    pieces: list[str | Volatile] = []
    end = 0
    for kind, start, stop in volatile_values.find_volatile(text):
        pieces += [text[end:start], volatile(kind, text[start:stop])]
        end = stop
    return [piece for piece in [*pieces, text[end:]] if piece != ""]


def _new_label(kind: str, value: str) -> str:
    _counts[kind] += 1
    name = "‹port›" if (kind, _counts[kind]) == ("port", 1) else f"‹{kind}-{_counts[kind]}›"
    _reals[name] = value
    return name


def _label_of_near_time(kind: str, moment: float | None) -> str:
    """Return the label of the nearest known time of that kind, "" if none is near."""
    if moment is None:
        return ""
    distances = [(abs(seen - moment), name) for (k, name), seen in _moments.items() if k == kind]
    distance, name = min(distances, default=(SAME_TIME, ""))
    return name if distance < SAME_TIME else ""
