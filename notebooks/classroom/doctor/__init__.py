"""`doctor()` checks this computer, and the server of this notebook, for what the lessons need.

It can always be called: `from classroom.doctor import doctor` works with an older Python and
without the packages. So each module here imports at its top the standard library only, and has no
syntax that is newer than Python 3.8. Left out: Pythons before that, which get a sentence.
"""

from classroom.doctor.rows import doctor as doctor
