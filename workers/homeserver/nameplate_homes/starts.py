"""Whose turn it is to start. A start needs about 0.4 s of a core: as many at once as there are cores."""

import os
from collections import deque

from .home import Home


class Starts:
    def __init__(self) -> None:
        self._cores = len(os.sched_getaffinity(0))
        self._queue: deque[Home] = deque()

    def add(self, home: Home) -> None:
        self._queue.append(home)

    def remove(self, home: Home) -> None:
        self._queue.remove(home)

    def next(self, starting: int) -> Home | None:
        """Somebody waits for the others; a daily waking has time."""
        if not self._queue or starting >= self._cores:
            return None
        home = next((one for one in self._queue if one.waker != "housekeeping"), self._queue[0])
        self._queue.remove(home)
        return home
