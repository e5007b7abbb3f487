"""A home's process, ours or adopted: known by pid and start time, watched and signalled through a pidfd."""

import fcntl
import json
import os
import signal
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from .layout import HomeFiles
from .manifest import Isolation


@dataclass(frozen=True)
class Identity:
    """What a home's process writes about itself. A pid is used again; pid, start and boot together are not."""

    pid: int
    # Clock ticks after boot, field 22 of /proc/PID/stat.
    started: int
    boot: str
    version: str
    # The name its listening socket was bound under, by which the kernel's table knows its connections (door.py).
    bound: str = ""
    # Forked from the host, or exec'ed into an interpreter of its own (own_process.py).
    isolation: Isolation = "shared"


class Process:
    def __init__(self, identity: Identity, pidfd: int, is_child: bool) -> None:
        self.identity = identity
        self.pidfd = pidfd
        self._is_child = is_child

    @property
    def pid(self) -> int:
        return self.identity.pid

    def send(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):  # it has ended: the loop will hear of it
            signal.pidfd_send_signal(self.pidfd, number)

    def ended(self) -> str:
        """Take the ended process off the machine's list and say how it ended."""
        try:
            if not self._is_child:
                return "ended"
            result = os.waitid(os.P_PIDFD, self.pidfd, os.WEXITED)
        finally:
            os.close(self.pidfd)
        if result is None:
            return "ended"
        if result.si_code == os.CLD_EXITED:
            return f"ended with code {result.si_status}"
        return f"was killed by {signal.Signals(result.si_status).name}"


def boot_id() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def started_ticks(pid: int) -> int | None:
    """When the process started, or None when there is none or it is only waiting to be reaped."""
    fields = _fields(pid)
    # After the command come state (field 3) and so on: the start time, field 22, is the twentieth.
    return None if not fields or fields[0] in "ZX" else int(fields[19])


def _parent_of(pid: int) -> int | None:
    fields = _fields(pid)
    return int(fields[1]) if fields else None


def _fields(pid: int) -> list[str]:
    """Of /proc/PID/stat, from the third on; none when there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def write_identity(files: HomeFiles, version: str, bound: str, isolation: Isolation) -> None:
    """Said by the new process itself, so that a host killed a moment after the fork leaves no stranger behind."""
    ticks = started_ticks(os.getpid())
    text = json.dumps(asdict(Identity(os.getpid(), ticks or 0, boot_id(), version, bound, isolation)))
    fresh = files.pid.with_suffix(".new")
    fresh.write_text(text)
    fresh.replace(files.pid)


def take_home(files: HomeFiles) -> int | None:
    """The home's lock, for as long as the descriptor is open, or its process lives; None when another holds it."""
    held = os.open(files.lock, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        return None
    return held


def is_lived_in(files: HomeFiles) -> bool:
    """Whether a process has this home, even one that we cannot find."""
    if not files.lock.exists():
        return False
    held = take_home(files)
    if held is not None:
        os.close(held)
    return held is None


def child_process(pid: int, version: str, bound: str, isolation: Isolation) -> Process:
    identity = Identity(pid, started_ticks(pid) or 0, boot_id(), version, bound, isolation)
    return Process(identity, os.pidfd_open(pid), is_child=True)


def last_version(files: HomeFiles) -> str | None:
    """The Synapse version of the home's process, or of the last one it had."""
    try:
        return str(json.loads(files.pid.read_text())["version"])
    except (OSError, ValueError, KeyError):
        return None


def adopt(files: HomeFiles) -> Process | None:
    """The process that an earlier host left running for this home, if it is that very one."""
    try:
        identity = Identity(**json.loads(files.pid.read_text()))
        pidfd = os.pidfd_open(identity.pid)
    except (OSError, ValueError, TypeError):
        return None
    # A host that became another one (successor.py) is still the parent of its homes.
    is_child = _parent_of(identity.pid) == os.getpid()
    # Compared after the pidfd is held: from here on it cannot come to mean another process.
    if identity.boot == boot_id() and started_ticks(identity.pid) == identity.started:
        return Process(identity, pidfd, is_child)
    if is_child:  # it ended in that moment, and nobody else takes it off the machine's list
        os.waitid(os.P_PIDFD, pidfd, os.WEXITED | os.WNOHANG)
    os.close(pidfd)
    return None
