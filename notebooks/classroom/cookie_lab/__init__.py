"""The cookie lab: which cookie is sent with which request, in real browsers.

Pages lead a browser from host to host, and the servers record which requests arrived. A tab of
your own is not led over TLS: only a browser that the lab starts trusts its certificate.
"""

from classroom.cookie_lab.cookie_lab import CookieLab
from classroom.cookie_lab.matrix import Matrix

__all__ = ["CookieLab", "Matrix"]
