"""The live server of a lesson, and what is done with it: start, stop, swap routes, look inside."""
