"""A control group a home: the kernel itself keeps one home from another's memory and cores.

Version 2 is used where it offers both controllers, else version 1. Groups lie below the one the host was started in, so
that whatever bounds the host bounds its homes too. A home enters its group itself, before it gives up its power, and
cannot leave it afterwards.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from .log import say

# One slice of quota, in microseconds: the kernel's own choice. A home that used its share waits 0.1 s at most.
_PERIOD = 100_000
# A weight of 100 is one ordinary program's (v2), which v1 counts as 1024.
_USUAL_WEIGHT, _USUAL_SHARES = 100, 1024
# All homes together weigh as eight programs: at one, PostgreSQL's many processes would starve them all.
_TOGETHER = 8


@dataclass(frozen=True)
class Share:
    """What one home may take of the machine."""

    memory_bytes: int
    cpu_cores: float
    cpu_weight: int


@dataclass(frozen=True)
class Group:
    """One home's group, or the parent of them all: one folder in version 2, two in version 1."""

    version: int
    memory: Path
    cpu: Path

    def below(self, name: str) -> "Group":
        return Group(self.version, self.memory / name, self.cpu / name)

    def above(self) -> "Group":
        return Group(self.version, self.memory.parent, self.cpu.parent)

    def enter(self) -> None:
        for folder in self._folders():
            (folder / "cgroup.procs").write_text("0")

    def make(self) -> None:
        for folder in self._folders():
            folder.mkdir(exist_ok=True)

    def limit(self, share: Share) -> None:
        """May be said again at any time, to a group in use too."""
        quota = str(int(share.cpu_cores * _PERIOD))
        if self.version == 2:
            (self.memory / "memory.max").write_text(str(share.memory_bytes))
            _write_if_there(self.memory / "memory.swap.max", "0")
            (self.cpu / "cpu.max").write_text(f"{quota} {_PERIOD}")
        else:
            (self.memory / "memory.limit_in_bytes").write_text(str(share.memory_bytes))
            _write_if_there(self.memory / "memory.swappiness", "0")
            (self.cpu / "cpu.cfs_period_us").write_text(str(_PERIOD))
            (self.cpu / "cpu.cfs_quota_us").write_text(quota)
        self.weigh(share.cpu_weight)

    def weigh(self, weight: int) -> None:
        if self.version == 2:
            (self.cpu / "cpu.weight").write_text(str(weight))
        else:
            (self.cpu / "cpu.shares").write_text(str(max(2, weight * _USUAL_SHARES // _USUAL_WEIGHT)))

    def kills(self) -> int:
        """How often the kernel ended a process here because the group's memory was full."""
        file = "memory.events" if self.version == 2 else "memory.oom_control"
        with suppress(OSError):
            for line in (self.memory / file).read_text().splitlines():
                key, _, value = line.partition(" ")
                if key == "oom_kill":
                    return int(value)
        return 0

    def memory_bytes(self) -> int | None:
        file = "memory.current" if self.version == 2 else "memory.usage_in_bytes"
        with suppress(OSError):
            return int((self.memory / file).read_text())
        return None

    def remove(self) -> None:
        """Goes only when empty; what a dying process still holds is taken away at the next start."""
        for folder in self._folders():
            with suppress(OSError):
                folder.rmdir()

    def children(self) -> list[str]:
        names: set[str] = set()
        for folder in self._folders():
            with suppress(OSError), os.scandir(folder) as entries:
                names |= {entry.name for entry in entries if entry.is_dir(follow_symlinks=False)}
        return sorted(names)

    def _folders(self) -> list[Path]:
        return [self.memory] if self.memory == self.cpu else [self.memory, self.cpu]


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
        if (group := _group_of(pid, f"/{_folder_name(home)}")) is not None:
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
        own = _group_of(os.getpid())
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
            parent.weigh(_TOGETHER * _USUAL_WEIGHT)
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


def _group_of(pid: int, ending: str = "") -> Group | None:
    """Where a process is, in the version that offers both controllers; None, too, if that does not end as given."""
    try:
        paths = [line.split(":", 2)[1:] for line in Path(f"/proc/{pid}/cgroup").read_text().splitlines()]
    except OSError:
        return None
    inside = {controller: path for controllers, path in paths for controller in controllers.split(",")}
    mounts = _mounts()
    found = _folder(mounts.get("v2"), inside.get(""))
    if found is not None and {"memory", "cpu"} <= set((found / "cgroup.controllers").read_text().split()):
        group = Group(2, found, found)
    else:
        memory = _folder(mounts.get("memory"), inside.get("memory"))
        cpu = _folder(mounts.get("cpu"), inside.get("cpu"))
        if memory is None or cpu is None:
            return None
        group = Group(1, memory, cpu)
    return group if str(group.memory).endswith(ending) else None


def _folder(mount: tuple[Path, str] | None, path: str | None) -> Path | None:
    if mount is None or path is None:
        return None
    point, root = mount
    # In a container the mount may show only a part of the tree, and the path be told from another root.
    inside = path.removeprefix(root) if path.startswith(root) else path
    folder = point / inside.lstrip("/")
    return folder if folder.is_dir() else point


def _mounts() -> dict[str, tuple[Path, str]]:
    """Mount point and shown root of version 2 ("v2") and of each controller of version 1."""
    found: dict[str, tuple[Path, str]] = {}
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        before, _, after = line.partition(" - ")
        kind, _, options = after.split(" ", 2)
        place = (Path(before.split(" ")[4]), before.split(" ")[3])
        if kind == "cgroup2":
            found["v2"] = place
        elif kind == "cgroup":
            found |= {option: place for option in options.split(",") if option in ("memory", "cpu")}
    return found


def _write_if_there(path: Path, text: str) -> None:
    """A file that only some kernels have."""
    with suppress(FileNotFoundError):
        path.write_text(text)
