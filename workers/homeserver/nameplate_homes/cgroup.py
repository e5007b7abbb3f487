"""One control group, in either version of the kernel's interface: the second where it offers both controllers."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# One slice of quota, in microseconds: the kernel's own choice. A home that used its share waits 0.1 s at most.
_PERIOD = 100_000
# A weight of 100 is one ordinary program's (v2), which v1 counts as 1024.
USUAL_WEIGHT, _USUAL_SHARES = 100, 1024


@dataclass(frozen=True)
class Share:
    """What one home may take of the machine."""

    memory_bytes: int
    cpu_cores: float
    cpu_weight: int


@dataclass(frozen=True)
class Group:
    """One home's group, or the host's own: one folder in version 2, two in version 1."""

    version: int
    memory: Path
    cpu: Path

    def below(self, name: str) -> "Group":
        return Group(self.version, self.memory / name, self.cpu / name)

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
            (self.cpu / "cpu.shares").write_text(str(max(2, weight * _USUAL_SHARES // USUAL_WEIGHT)))

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


def group_of(pid: int, ending: str = "") -> Group | None:
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
