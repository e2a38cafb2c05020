"""The board of a class: how many have done each exercise, for those who chose to say so.

`python -m teaching.board` serves it until Ctrl-C. A notebook sends to it after `board(…)`
(notebooks/classroom/board.py). It shows what kernels of students say, and proves nothing.
"""
