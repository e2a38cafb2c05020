"""Give the running server other keys, as a restart with other environment variables would.

Left out: the restart itself, which would empty a database in memory.
"""

from dataclasses import replace

from classroom.server.server import Server


def change_keys(server: Server, secret: str, old_secret: str | None = None) -> None:
    """Sign with `secret` from now on; accept tokens of `old_secret`, too, if it is given.

    Accounts stay. `server.reset()` brings the first key back. Raises ValueError for keys that the
    server would not start with, such as two keys with the same number.
    """
    shared = server.running.shared
    shared.settings = replace(server.settings, secret=secret, old_secret=old_secret)
