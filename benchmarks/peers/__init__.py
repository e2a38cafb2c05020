"""Other servers that do the same job, each written as the documentation of its framework shows.

The job is bcrypt, a row with a unique address in SQLite, a signed token in a cookie, and 201. Left
out: tuning.
"""
