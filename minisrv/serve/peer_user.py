"""Which user of this computer has opened a connection to us, on Linux.

127.0.0.1 belongs to everybody who is signed in at a computer, such as the students of a JupyterHub.
The kernel knows the owner of each socket, and says so over netlink (sock_diag(7)); `ss -e` asks the
same way. /proc/net/tcp has the same figures, but lists all sockets: 26 ms where there are 2,000.

Left out: other systems, where a computer seldom has two users at once, and WSL, which has one.
"""

import os
import platform
import socket
import struct
from functools import cache
from ipaddress import ip_address

_ASK, _BY_FAMILY = 1, 20  # NLM_F_REQUEST, SOCK_DIAG_BY_FAMILY
_SOCK_DIAG = 4  # NETLINK_SOCK_DIAG
_HEADER = struct.Struct("=IHHII")  # nlmsghdr: length, type, flags, sequence, port
_QUESTION = struct.Struct("=BBBBI")  # inet_diag_req_v2: family, protocol, two unused, states
_ENDS = struct.Struct("!HH16s16s")  # inet_diag_sockid: ports, addresses; then any interface
_ANY = struct.pack("=III", 0, 0xFFFFFFFF, 0xFFFFFFFF)
_ANSWER = struct.Struct("=4x48s12xII")  # inet_diag_msg: its ends, its user, its inode

Address = tuple[str, int]


def is_own_user(client: Address, server: Address) -> bool:
    """Return True if the client's end of a connection is our user's.

    Also if it is root's, and where the system cannot say. False if the client has closed its end.
    """
    return not can_say() or user_at(client, server) in (os.geteuid(), 0)


@cache
def can_say() -> bool:
    """Return True if this system says who owns a connection: Linux, but for WSL and sandboxes."""
    if not hasattr(socket, "AF_NETLINK") or "microsoft" in platform.release().lower():
        return False  # the browser of a WSL user is a program of Windows, which has no user here
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        return user_at(client.getsockname(), client.getpeername()) == os.geteuid()


def user_at(own: Address, other: Address) -> int | None:
    """Return the user id of the socket that is bound to `own` and connected to `other`.

    None if there is no such socket, or if no process has it open, or if the system does not say.
    """
    addresses = [ip_address(end[0]).packed for end in (own, other)]
    family = socket.AF_INET if len(addresses[0]) == 4 else socket.AF_INET6
    ends = _ENDS.pack(own[1], other[1], *addresses) + _ANY
    question = _QUESTION.pack(family, socket.IPPROTO_TCP, 0, 0, 0xFFFFFFFF) + ends
    header = _HEADER.pack(_HEADER.size + len(question), _BY_FAMILY, _ASK, 0, 0)
    try:
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _SOCK_DIAG) as kernel:
            kernel.settimeout(1)
            kernel.sendto(header + question, (0, 0))
            answer = kernel.recv(4096)
    except OSError:
        return None
    if _HEADER.unpack_from(answer)[1] != _BY_FAMILY:
        return None  # an error: not found, or not supported
    found, user, inode = _ANSWER.unpack_from(answer, _HEADER.size)
    # It may be a listener at that port. And no open socket has inode 0, and root's number as user.
    return user if found[:4] == ends[:4] and inode else None
