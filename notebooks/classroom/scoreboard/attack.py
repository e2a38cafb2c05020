"""What an attack on a sign-up route consists of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from classroom.checking.visit import Visit

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}


@dataclass(frozen=True)
class Attack:
    """One attack: `holds` returns when the route withstands it, and raises as a check does.

    It meets an empty database, and the server's settings with `settings` in place of some.
    """

    name: str
    lesson: str  # where it was met, such as "04"
    check: Callable[[Visit], None]
    settings: Mapping[str, object] = field(default_factory=dict)
