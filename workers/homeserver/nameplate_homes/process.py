"""A home's process, ours or adopted: known by pid and start time, watched and signalled through a pidfd."""

import json
import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .layout import HomeFiles


@dataclass(frozen=True)
class Identity:
    """What a home's process writes about itself. A pid is used again; pid, start and boot together are not."""

    pid: int
    # Clock ticks after boot, field 22 of /proc/PID/stat.
    started: int
    boot: str
    version: str


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
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    # After the command come state (field 3) and so on: the start time, field 22, is the twentieth.
    return None if fields[0] in "ZX" else int(fields[19])


def write_identity(files: HomeFiles, version: str) -> None:
    """Said by the new process itself, so that a host killed a moment after the fork leaves no stranger behind."""
    ticks = started_ticks(os.getpid())
    text = json.dumps({"pid": os.getpid(), "started": ticks, "boot": boot_id(), "version": version})
    fresh = files.pid.with_suffix(".new")
    fresh.write_text(text)
    fresh.replace(files.pid)


def lives_here(files: HomeFiles, pid: int) -> bool:
    """Whether this process has taken the home: until it has, another one's socket may answer."""
    try:
        return bool(json.loads(files.pid.read_text())["pid"] == pid)
    except (OSError, ValueError, KeyError):
        return False


def child_process(pid: int, version: str) -> Process:
    return Process(Identity(pid, started_ticks(pid) or 0, boot_id(), version), os.pidfd_open(pid), is_child=True)


def adopt(files: HomeFiles) -> Process | None:
    """The process that an earlier host left running for this home, if it is that very one."""
    try:
        identity = Identity(**json.loads(files.pid.read_text()))
        pidfd = os.pidfd_open(identity.pid)
    except (OSError, ValueError, TypeError):
        return None
    # Compared after the pidfd is held: from here on it cannot come to mean another process.
    if identity.boot == boot_id() and started_ticks(identity.pid) == identity.started:
        return Process(identity, pidfd, is_child=False)
    os.close(pidfd)
    return None
