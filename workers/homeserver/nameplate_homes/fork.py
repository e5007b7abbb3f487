"""The trick: import Synapse once, fork a child for each home, and let the child be an unpatched Synapse.

The parent never runs a reactor, opens a database connection or reads a secret, and has one thread. A child puts a real
reactor behind the proxy which Twisted's modules already hold, then calls Synapse's own main(). Importing this module
takes about a second and costs about 75 MB that all homes share.
"""

import ctypes
import gc
import os
import random
import signal
import sys
import threading
import traceback
from collections.abc import Sequence

from synapse.app.complement_fork_proxied_reactor import ProxiedReactor
from twisted.internet.main import installReactor

_reactor = ProxiedReactor()
installReactor(_reactor)  # before anything of Twisted is imported that would make its own

# Synapse imports these when it first connects; once here is better than once in each home.
import synapse.app.homeserver as homeserver  # noqa: E402
import synapse.storage.engines.postgres  # noqa: E402, F401
from synapse.util import SYNAPSE_VERSION  # noqa: E402

import nameplate_rules.module  # noqa: E402, F401

from . import locked_out, media_total, own_process, service_login, use_log  # noqa: E402, F401
from .cgroup import Group  # noqa: E402
from .door import Door  # noqa: E402
from .handed_reactor import HandedReactor  # noqa: E402
from .layout import HomeFiles  # noqa: E402
from .merging import offer_image  # noqa: E402
from .power import call_process, give_up_power  # noqa: E402
from .process import Process, child_process, take_home, write_identity  # noqa: E402
from .settings import Owner  # noqa: E402
from .versions import Kind  # noqa: E402

SERVED_VERSION: str = SYNAPSE_VERSION
# A child that finds its home already lived in ends with this code (EX_TEMPFAIL): the host then looks for that process.
ALREADY_RUNNING = 75


def freeze() -> None:
    """Call once, when everything is imported: the collector then leaves shared pages alone, worth half the memory."""
    if threading.active_count() != 1:
        raise RuntimeError("forking needs a parent with one thread")
    # Each pass can free what the pass before made unreachable.
    for _ in range(3):
        gc.collect()
    gc.freeze()
    offer_image()


def start_home(
    name: str,
    files: HomeFiles,
    owner: Owner | None,
    group: Group | None,
    door: Door,
    callers: Sequence[int],
    kind: Kind,
) -> Process:
    """Fork the home's process, into its group if it has one. The caller watches its pidfd.

    It inherits the door it is to listen at and the connections of those who came while it slept. A home that is to be
    on its own leaves what it shares with us by exec, and stays the same process, known, held and locked as any other.
    """
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = _live(name, files, owner, group, door, callers, kind)
        except BaseException:  # whatever it is, this process must not go on as a second host
            traceback.print_exc()
        finally:
            os._exit(code)
    return child_process(pid, kind.version, str(door.bound), kind.isolation)


def _live(
    name: str,
    files: HomeFiles,
    owner: Owner | None,
    group: Group | None,
    door: Door,
    callers: Sequence[int],
    kind: Kind,
) -> int:
    handed = door.socket.fileno()
    _leave_parent(files, {handed, *callers})
    if group is not None:
        group.enter()  # before any memory of its own is counted to the host
    # Held for life: two processes on one database and one key would ruin both.
    lock = take_home(files)
    if lock is None:
        return ALREADY_RUNNING
    write_identity(files, kind.version, str(door.bound), kind.isolation)
    libc = ctypes.CDLL(None)
    call_process(name, libc)
    give_up_power(owner, libc)
    if kind.isolation == "own":
        own_process.enter(kind.python, name, files, lock, handed, callers)
    random.seed()  # or every home draws the parent's numbers
    _reactor._install_real_reactor(HandedReactor(handed, callers))
    sys.argv = ["synapse", "-c", str(files.config)]
    try:
        homeserver.main()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    return 0


def _leave_parent(files: HomeFiles, kept: set[int]) -> None:
    os.setsid()  # Ctrl-C in the host's terminal is for the host, which then stops us in its own way
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    output = os.open(files.output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(output, 1)
    os.dup2(output, 2)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    last = 2
    for descriptor in (*sorted(kept), os.sysconf("SC_OPEN_MAX")):
        os.closerange(last + 1, descriptor)
        last = descriptor
    os.chdir("/")
    os.umask(0o077)
