"""The lessons in several editions, each made from the executed notebooks in notebooks/.

`python -m teaching.editions student --to FOLDER`; EDITIONS in __main__.py lists the others.
"""
