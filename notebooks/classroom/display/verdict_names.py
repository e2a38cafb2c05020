"""The names of the verdicts on a student's route, and the colour of each.

They stand here, at the bottom, because a check and the display of a crash use the same ones.
"""

DONE = "done"
NOT_YET = "not yet"
RAISED = "your code raised"
OURS_RAISED = "the route of the lesson raised"  # in a card, where no line of the student led to it
NOT_STARTED = "not started"
NO_CHECK = "no check"  # the check could not run at all
# Each colour is a class of style.css.
COLORS = {NOT_STARTED: "blue", DONE: "green", NOT_YET: "orange", RAISED: "pink", NO_CHECK: "teal"}
