"""A listening socket at NAME.sock that outlives whoever answers there.

The host makes it, a home's process inherits it. It is bound under a short name of its own and then moved onto
NAME.sock: whoever connects reaches the old one before that moment and the new one after it, and never nothing.
"""

import os
import socket
from pathlib import Path
from secrets import token_hex

from .files import dress_socket

# Callers that wait while a home starts. The kernel's own limit (net.core.somaxconn) is 4096.
BACKLOG = 1024
_PREFIX = ".door-"


class Door:
    def __init__(self, path: Path, edge_gid: int | None) -> None:
        self.path = path
        # Shorter than any NAME.sock can be. /proc/net/unix knows the socket and all its connections by it.
        self.bound = path.with_name(f"{_PREFIX}{token_hex(4)}")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        self.socket.bind(str(self.bound))
        dress_socket(self.bound, edge_gid)
        self.socket.listen(BACKLOG)
        self.hang()

    def hang(self) -> None:
        hang(self.bound, self.path)

    def close(self) -> None:
        if leads_to(self.path, self.bound):
            self.path.unlink()
        self.bound.unlink(missing_ok=True)
        self.socket.close()


def leads_to(path: Path, bound: Path) -> bool:
    try:
        return path.samefile(bound)
    except FileNotFoundError:
        return False


def hang(bound: Path, path: Path) -> None:
    """Make NAME.sock lead to this door. A stock process removes NAME.sock when it ends, whoever's it is by then."""
    if not leads_to(path, bound):
        fresh = bound.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        fresh.hardlink_to(bound)
        fresh.rename(path)


def clear_old_doors(folder: Path, living: set[Path]) -> None:
    """Second names of doors that a killed host left and nobody listens behind."""
    for left in folder.glob(f"{_PREFIX}*"):
        if left not in living:
            left.unlink(missing_ok=True)


def connections(bound: Path) -> int:
    """How many connections the listener bound as `bound` has, accepted or waiting, as the kernel counts them."""
    wanted, count = os.fsencode(bound), 0
    with open("/proc/net/unix", "rb") as table:
        for line in table:
            # Num RefCount Protocol Flags Type St Inode Path. 02: waits to be accepted; 03: connected.
            fields = line.split(None, 7)
            if len(fields) == 8 and fields[7].rstrip(b"\n") == wanted and fields[5] in (b"02", b"03"):
                count += 1
    return count
