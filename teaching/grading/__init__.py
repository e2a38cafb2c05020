"""Handing in and grading: every answer judged again, in a process of its own, with other people.

`python -m teaching.grading FOLDER` runs what students handed in and writes a table of verdicts.
INSTRUCTORS.md says what this protects from, and what not.
"""
