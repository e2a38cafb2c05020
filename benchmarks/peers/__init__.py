"""What people would write instead, each as its own documentation shows it, doing the same job:

bcrypt, a row with a unique address in SQLite, a signed token in a cookie, 201. Left out: tuning.
"""
