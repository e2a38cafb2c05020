"""What a cloud may be told: its rules, the name of its handler, its variables; each is checked.

A mistake gets one sentence. Left out: mistakes in the function itself (reasons.py).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True)
class Rules:
    """How a cloud treats its instances. Without `idle_seconds` they wait for ever."""

    timeout: float = 10.0
    freeze: bool = False
    idle_seconds: float | None = None
    most: int = 10

    def __post_init__(self) -> None:
        """Raise ValueError unless the seconds are numbers, and each instance can have a letter."""
        idle = {} if self.idle_seconds is None else {"idle_seconds": self.idle_seconds}
        for name, value in {"timeout": self.timeout, **idle}.items():
            if not isinstance(value, int | float) or not value > 0:  # NaN is not, either
                raise ValueError(f"{name} is {value!r}, but must be a number of seconds above 0.")
        if not isinstance(self.most, int) or not 1 <= self.most <= 26:
            raise ValueError(f"most is {self.most!r}, but must be a whole number from 1 to 26.")

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Self:
        """Return the rules that `options` name; TypeError if there is no such rule."""
        known = [field.name for field in fields(cls)]
        for name in options:
            if name not in known:
                raise TypeError(f"A cloud has no option {name}: it has {', '.join(known)}.")
        return cls(**options)


def checked_handler(name: str) -> str:
    """Return `name`, or raise ValueError if it is not the name of a module and a function."""
    if not isinstance(name, str) or not re.fullmatch(r"(\w+\.)+\w+", name):
        raise ValueError(f'The handler is {name!r}, but must be file and function: "app.handler".')
    return name


def variables(given: Mapping[str, str], shared: Path) -> dict[str, str]:
    """Return the variables with `{shared}` replaced; TypeError if a value is no text."""
    for name, value in given.items():
        if not isinstance(value, str):
            raise TypeError(f"The variable {name} is {value!r}, but must be a text.")
    return {name: value.replace("{shared}", shared.as_posix()) for name, value in given.items()}
