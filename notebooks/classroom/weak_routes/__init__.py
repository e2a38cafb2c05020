"""Routes that are made to be attacked in a lesson, and stand in no rung of minisrv's ladder."""
