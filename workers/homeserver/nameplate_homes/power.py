"""What a home's process gives up for good before it runs a line of Synapse."""

import ctypes
import os
import resource

from .settings import Owner

_PR_SET_DUMPABLE = 4
_PR_SET_KEEPCAPS = 8
_PR_SET_NAME = 15
_PR_SET_NO_NEW_PRIVS = 38
_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE = 47, 2
# From linux/capability.h: the third layout, and the right to read what and pass where files' modes forbid it.
_CAPABILITY_VERSION = 0x20080522
_CAP_DAC_READ_SEARCH = 2
# Three connections to the database, one or two an open app, one a server it writes to: some hundreds at most.
_MOST_FILES = 2048
# Threads count too: Synapse has about thirty. A program that copies itself without end stops here.
_MOST_PROCESSES = 256
# No file of a home outgrows this, what it prints included: the largest upload has 50 MB, its log turns over at 5.
_LARGEST_FILE = 64 * 1024 * 1024


def call_process(name: str, libc: ctypes.CDLL) -> None:
    """How it is called in lists of processes; the kernel keeps 15 bytes."""
    libc.prctl(_PR_SET_NAME, f"home:{name}".encode()[:15])


def give_up_power(owner: Owner | None, libc: ctypes.CDLL) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the signing key
    _lower(resource.RLIMIT_NOFILE, _MOST_FILES)
    _lower(resource.RLIMIT_FSIZE, _LARGEST_FILE)
    if owner is not None:
        os.setgroups([])
        os.setresgid(owner.gid, owner.gid, owner.gid)
        # Counted for each user: without a user of its own a home would count its neighbours in.
        _lower(resource.RLIMIT_NPROC, _MOST_PROCESSES)
        libc.prctl(_PR_SET_KEEPCAPS, int(owner.passes_closed_folders), 0, 0, 0)
        os.setresuid(owner.uid, owner.uid, owner.uid)
        if owner.passes_closed_folders:
            _keep_passing(libc)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    hide_memory(libc)


def hide_memory(libc: ctypes.CDLL) -> None:
    """No debugger and no reader of /proc/PID/mem, not even one of the same user. An exec undoes it."""
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _keep_passing(libc: ctypes.CDLL) -> None:
    """Of all that root may, only this, and across an exec too."""
    kept = 1 << _CAP_DAC_READ_SEARCH
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    # Effective, permitted and inheritable, for capabilities 0 to 31 and 32 to 63.
    if libc.capset(header, (ctypes.c_uint32 * 6)(kept, kept, kept, 0, 0, 0)) != 0:
        raise PermissionError("a home's user cannot be let through a closed folder")
    libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, _CAP_DAC_READ_SEARCH, 0, 0)


def _lower(limit: int, most: int) -> None:
    soft, hard = resource.getrlimit(limit)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    kept = allowed if soft == resource.RLIM_INFINITY else min(soft, allowed)
    resource.setrlimit(limit, (kept, allowed))
