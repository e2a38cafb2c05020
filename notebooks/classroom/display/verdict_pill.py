"""The names of the verdicts on a student's route, and how each looks as a pill.

They stand here, at the bottom, because a check and the display of a crash use the same ones.
"""

from classroom.display import html

DONE = "done"
NOT_YET = "not yet"
RAISED = "your code raised"
NOT_STARTED = "not started"
NO_CHECK = "no check"  # the check could not run at all
_COLORS = {NOT_STARTED: 0, DONE: 2, NOT_YET: 3, RAISED: 4, NO_CHECK: 5}  # places in html.SOLID


def verdict_pill(name: str) -> str:
    """Return the name of a verdict as HTML, in its color."""
    return html.pill(name, html.SOLID[_COLORS[name]])
