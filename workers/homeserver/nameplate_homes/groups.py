"""A control group a home: the kernel itself keeps one home from another's memory and cores.

Groups lie below the one the host was started in, so that whatever bounds the host bounds its homes too. A home enters
its group itself, before it gives up its power, and cannot leave it afterwards.
"""

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from .cgroup import USUAL_WEIGHT, Group, Share, group_of
from .log import say

# All homes together weigh as eight programs: at one, PostgreSQL's many processes would starve them all.
_TOGETHER = 8


class Groups:
    """The groups of one host's homes. Where the kernel offers none, homes run without, and that is said."""

    def __init__(self, homes_folder: Path) -> None:
        # Two hosts on one machine must not take each other's groups for leftovers.
        self._name = f"nameplate-{sha256(os.fsencode(homes_folder)).hexdigest()[:8]}"
        self._homes: dict[str, Group] = {}
        self.why_not = ""
        self._parent = self._make_parent()

    @property
    def held(self) -> bool:
        return self._parent is not None

    @property
    def offered(self) -> str:
        """For people: which kind holds the homes, or why none does."""
        return f"cgroup v{self._parent.version}" if self._parent else f"none: {self.why_not}"

    def make(self, home: str, share: Share) -> Group | None:
        """A fresh group for a home about to start, with its counters at nothing."""
        if self._parent is None:
            return None
        group = self._parent.below(_folder_name(home))
        group.remove()
        try:
            group.make()
            group.limit(share)
        except OSError as error:
            say("a home runs without a control group", "warn", home=home, reason=str(error))
            group.remove()
            return None
        self._homes[home] = group
        return group

    def adopt(self, home: str, pid: int) -> None:
        """The group in which an earlier host put this process, wherever that host had been started."""
        if (group := group_of(pid, f"/{_folder_name(home)}")) is not None:
            self._homes[home] = group

    def limit(self, home: str, share: Share) -> None:
        if (group := self._homes.get(home)) is not None:
            group.limit(share)

    def memory_bytes(self, home: str) -> int | None:
        group = self._homes.get(home)
        return group.memory_bytes() if group is not None else None

    def leave(self, home: str) -> bool:
        """After the process ended: take the group away, and tell whether its memory had been full."""
        group = self._homes.pop(home, None)
        if group is None:
            return False
        overrun = group.kills() > 0
        group.remove()
        if self._parent is None or group.memory.parent != self._parent.memory:
            group.above().remove()  # an earlier host's, with its last home
        return overrun

    def close(self) -> None:
        if self._parent is not None:
            self._parent.remove()

    def _make_parent(self) -> Group | None:
        own = group_of(os.getpid())
        if own is None:
            self.why_not = "no memory and cpu controllers are mounted"
            return None
        parent = own.below(self._name)
        try:
            if own.version == 2:
                _open_to_children(own, self._name)
            parent.make()
            if own.version == 2:
                (parent.memory / "cgroup.subtree_control").write_text("+memory +cpu")
            parent.weigh(_TOGETHER * USUAL_WEIGHT)
        except OSError as error:
            self.why_not = f"{error.strerror}: {error.filename}"
            return None
        for left in parent.children():
            parent.below(left).remove()
        return parent


def _folder_name(home: str) -> str:
    """The family "memory.events" must not be taken for the kernel's own file of that name."""
    return f"home-{home}"


def _open_to_children(own: Group, name: str) -> None:
    """In version 2 a group holds either processes or groups with limits: the host's own two step aside first."""
    control = own.memory / "cgroup.subtree_control"
    if {"memory", "cpu"} <= set(control.read_text().split()):
        return
    aside = own.memory / f"{name}-host"
    aside.mkdir(exist_ok=True)
    for pid in (own.memory / "cgroup.procs").read_text().split():
        if _is_of_this_host(int(pid)):
            (aside / "cgroup.procs").write_text(pid)
    control.write_text("+memory +cpu")


def _is_of_this_host(pid: int) -> bool:
    """The parent or its clerk. Anybody else in the group is not ours to move: the kernel then refuses the rest."""
    with suppress(OSError):
        parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        return pid == os.getpid() or parent == os.getpid()
    return False
