"""The browser lab: which cookie comes along with which request, in real browsers.

Pages walk by themselves from host to host, and the server's own record says what arrived. Left
out: a tab of yours over TLS; only a browser that we start ourselves can trust our certificate.
"""

from classroom.cookie_lab.lab import Lab
from classroom.cookie_lab.matrix import Matrix

__all__ = ["Lab", "Matrix"]
