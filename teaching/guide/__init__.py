"""INSTRUCTORS.md: what a teacher needs, made from lessons, exercises and hand-written notes.

`python -m teaching.guide` writes the file; a test says when it is out of date.
"""
