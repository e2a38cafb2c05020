"""Three hints for each exercise: always open, before and after it is solved."""

from classroom import exercises
from classroom.display.note import Note, note

NEXT = 'The next one: hint("{}", {})'
LAST = 'That was the last hint. The solution: solution("{}")'
NO_SUCH = 'There are hints 1 to {}: hint("{}", 1) is the first.'


def hint(id: str | None = None, n: int = 1) -> Note:
    """Return hint `n` of 3: where to look, the mechanism, the exact place; it displays itself."""
    try:
        exercise = exercises.load(id)
    except LookupError as error:
        return note(error.args[0])
    count = len(exercise.hints)
    if not isinstance(n, int) or n not in range(1, count + 1):
        return note(NO_SUCH.format(count, id))
    way_on = NEXT.format(id, n + 1) if n < count else LAST.format(id)
    return note(f"Hint {n} of {count}: {exercise.hints[n - 1]}\n{way_on}")
