"""A home on its own: stock Synapse in an interpreter that shares no memory with the host or with another home.

For a home that has grown, and for one that is to run on another version of Synapse than the host has imported.

It is entered by exec from the child that the host forked for it. Pid and start time, user, group, limits, lock, door
and the callers who wait are those it would have had anyhow, so the host starts, adopts, stops and wakes it like any
other. It takes about 110 MB and a second and a half to start.
"""

import ctypes
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from .layout import HomeFiles
from .power import call_process, hide_memory


def enter(python: Path, name: str, files: HomeFiles, lock: int, door: int, callers: Sequence[int]) -> NoReturn:
    """In the forked child, when it has given up its power. The interpreter may hold another version of Synapse."""
    for descriptor in (lock, door, *callers):
        os.set_inheritable(descriptor, True)
    command = [str(python), "-m", f"{__package__}.own_process", name, str(files.config), str(door)]
    # The host may have found this package by the folder it was started in, which the child has left.
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    os.execve(python, [*command, *map(str, callers)], environment)


def main(name: str, config: str, door: str, *callers: str) -> None:
    libc = ctypes.CDLL(None)
    call_process(name, libc)
    hide_memory(libc)
    from twisted.internet.main import installReactor

    from .handed_reactor import HandedReactor

    # Before anything of Synapse is imported that would make a reactor of Twisted's own choice.
    installReactor(HandedReactor(int(door), [int(caller) for caller in callers]))
    import synapse.app.homeserver as homeserver

    sys.argv = ["synapse", "-c", config]
    homeserver.main()


if __name__ == "__main__":
    main(*sys.argv[1:])
