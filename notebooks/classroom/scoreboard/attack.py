"""An attack on a sign-up route: a name, a lesson, and a check."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from classroom.checking.visit import Visit

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}


@dataclass(frozen=True)
class Attack:
    """One attack: `check` returns if the route stops it, and raises as an exercise's check does.

    It runs on an empty database; `settings` replace some of the server's settings.
    """

    name: str
    lesson: str  # the lesson that shows it, such as "04"
    check: Callable[[Visit], None]
    settings: Mapping[str, object] = field(default_factory=dict)
