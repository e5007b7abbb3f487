"""A control group a home: the kernel itself keeps one home from another's memory and cores.

Groups lie below the one the host was started in, so that whatever bounds the host bounds its homes too. A home enters
its group itself, before it gives up its power, and cannot leave it afterwards. Homes have no group in common: a home
weighs as one program beside the edge and PostgreSQL, however many others are awake, and can use no other's weight.
"""

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from .cgroup import USUAL_WEIGHT, Group, Share, group_of
from .log import say


class Groups:
    """The groups of one host's homes. Where the kernel offers none, homes run without, and that is said."""

    def __init__(self, homes_folder: Path) -> None:
        # Two hosts on one machine must not take each other's groups for leftovers.
        self._mark = f"nameplate-{sha256(os.fsencode(homes_folder)).hexdigest()[:8]}-"
        self._homes: dict[str, Group] = {}
        self.why_not = ""
        self._place = self._find_place()

    @property
    def held(self) -> bool:
        return self._place is not None

    @property
    def offered(self) -> str:
        """For people: which kind holds the homes, or why none does."""
        return f"cgroup v{self._place.version}" if self._place else f"none: {self.why_not}"

    def make(self, home: str, share: Share) -> Group | None:
        """A fresh group for a home about to start, with its counters at nothing."""
        if self._place is None:
            return None
        group = self._place.below(self._folder_name(home))
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
        if (group := group_of(pid, f"/{self._folder_name(home)}")) is not None:
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
        return overrun

    def _folder_name(self, home: str) -> str:
        return f"{self._mark}home-{home}"

    def _find_place(self) -> Group | None:
        """The host's own group, once it may hold others: left ones of ours that are empty are taken away."""
        own = group_of(os.getpid())
        if own is None:
            self.why_not = "no memory and cpu controllers are mounted"
            return None
        try:
            if own.version == 2:
                _open_to_children(own, f"{self._mark}host")
            _try_one(own.below(f"{self._mark}try"))
        except OSError as error:
            self.why_not = f"{error.strerror}: {error.filename}"
            return None
        for left in own.children():
            if left.startswith(f"{self._mark}home-"):
                own.below(left).remove()
        return own


def _try_one(group: Group) -> None:
    """Raises OSError where groups cannot be made, or hold nobody to anything."""
    group.remove()
    group.make()
    try:
        group.weigh(USUAL_WEIGHT)
    finally:
        group.remove()


def _open_to_children(own: Group, aside_name: str) -> None:
    """In version 2 a group holds either processes or groups with limits: the host's own two step aside first."""
    control = own.memory / "cgroup.subtree_control"
    if {"memory", "cpu"} <= set(control.read_text().split()):
        return
    aside = own.memory / aside_name
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
