"""The parent's process: started by __main__ without any credential in its environment."""

import fcntl
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable

from .clerk_line import ClerkLine
from .early_doors import open_early_doors
from .layout import Layout
from .log import say
from .loop import Loop
from .merging import switch_on
from .settings import read_settings
from .status import StatusServer
from .successor import become


def main() -> int:
    layout = Layout(read_settings(os.environ))
    layout.make_folders()
    held = os.open(layout.host_lock, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("another host already keeps this folder", "error", folder=str(layout.settings.homes_folder))
        return 1
    # A process and a door a home, and callers: the usual 1024 would do for some 400 homes.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    early = open_early_doors(layout)
    # A second's work, of importing Synapse. Whoever comes for a sleeping home waits at its door by now.
    from . import fork
    from .desk import Desk
    from .host import Host

    fork.freeze()
    switch_on(layout.settings.merge_pages)
    loop = Loop()
    outcome = 0

    def lost_clerk() -> None:
        # Homes live on; the next host adopts them.
        nonlocal outcome
        outcome = 1
        say("the clerk is gone: leaving the homes to the next host", "error")
        loop.stop()

    clerk = ClerkLine(loop, socket.socket(fileno=int(sys.argv[1])), lost_clerk)
    host = Host(loop, layout, clerk, early)
    _on_signals(loop, host.leave)
    host.begin()
    server = StatusServer(loop, layout.settings.host_socket, Desk(loop, host).handle)
    say("the tenant host is ready", synapse=fork.SERVED_VERSION, homes=len(host.homes))
    loop.run()
    server.close()
    if host.successor is not None:
        become(host.successor, int(sys.argv[1]))
    return outcome


def _on_signals(loop: Loop, leave: Callable[[], None]) -> None:
    """Signals arrive as bytes on a socket, so that the loop wakes up for them."""
    heard, told = socket.socketpair()
    for end in (heard, told):
        end.setblocking(False)
    signal.set_wakeup_fd(told.fileno())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)

    def hear() -> None:
        heard.recv(64)
        leave()

    loop.watch(heard.fileno(), hear)
    _kept.append(told)


# The wakeup descriptor stays open as long as the process.
_kept: list[socket.socket] = []


if __name__ == "__main__":
    sys.exit(main())
