"""The exercises, one a module, found by id: `salt-each` is in salt_each.py."""

from difflib import get_close_matches
from importlib import import_module
from pkgutil import iter_modules

from classroom.checking.exercise import Exercise


def ids() -> list[str]:
    """Return the ids of all exercises, in alphabetical order."""
    return sorted(module.name.replace("_", "-") for module in iter_modules(__path__))


def load(id: object) -> Exercise:
    """Return the exercise `id`, or raise LookupError with the ids there are, the nearest first."""
    if not isinstance(id, str):
        raise LookupError('Write the id of the exercise in quotes, such as "say-hello".')
    if id not in ids():
        near = get_close_matches(str(id), ids(), n=3, cutoff=0.5)
        rest = [other for other in ids() if other not in near]
        raise LookupError(f"There is no exercise {id!r}; there are: {', '.join(near + rest)}.")
    return import_module(f"{__name__}.{id.replace('-', '_')}").EXERCISE
