"""Finds homes that burn their whole share of the cores for minutes without a pause: no family does that.

Their quota keeps them from harming anybody meanwhile; left alone they would cost a core for ever.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .home import Home, Phase

# Of its share; at a full stop for the collector or the database the rest is lost.
_BURNING = 0.9
# The time is looked at in so many parts: one quiet part is a pause, and begins it anew.
_PARTS = 10
_TICKS = os.sysconf("SC_CLK_TCK")
# A part need not begin with a slice of the quota (cgroup.py), and the kernel tells whole ticks of 10 ms.
_BLURRED_SECONDS = 0.11


@dataclass
class _Burning:
    pid: int
    since: float
    part_since: float
    part_cpu: float


class Runaways:
    def __init__(self, seconds: float) -> None:
        """Whoever burns for `seconds` is one."""
        self._seconds = seconds
        self._seen: dict[str, _Burning] = {}

    @property
    def look_every(self) -> float:
        return self._seconds / _PARTS

    def look(self, homes: Iterable[Home], now: float) -> list[Home]:
        running = {home.name: home for home in homes if home.phase is Phase.RUNNING and home.process is not None}
        self._seen = {name: seen for name, seen in self._seen.items() if name in running}
        return [home for home in running.values() if self._is_one(home, now)]

    def _is_one(self, home: Home, now: float) -> bool:
        if home.process is None or (cpu := cpu_seconds(home.process.pid)) is None:
            return False
        seen = self._seen.get(home.name)
        if seen is None or seen.pid != home.process.pid or not self._burned(home, seen, now, cpu):
            self._seen[home.name] = _Burning(home.process.pid, now, now, cpu)
            return False
        seen.part_since, seen.part_cpu = now, cpu
        return now - seen.since >= self._seconds

    def _burned(self, home: Home, seen: _Burning, now: float, cpu: float) -> bool:
        # Python uses one core at a time, whatever more its share would allow.
        share = min(1.0, home.limits.cpu_cores)
        return cpu - seen.part_cpu >= _BURNING * share * (now - seen.part_since - _BLURRED_SECONDS)


def cpu_seconds(pid: int) -> float | None:
    """Of all its threads since it started; None when there is no such process."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    # utime and stime, fields 14 and 15; after the command comes field 3.
    return (int(fields[11]) + int(fields[12])) / _TICKS
