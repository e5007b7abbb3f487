"""The host's only loop: file descriptors that became ready, and times that came. One thread, nothing that blocks."""

import heapq
import selectors
import time
from collections.abc import Callable
from itertools import count

Action = Callable[[], None]
# Up to so many it is not worth looking for cancelled ones.
_FEW_TIMERS = 1000


class Timer:
    def __init__(self, when: float, action: Action) -> None:
        self.when = when
        self._action: Action | None = action

    @property
    def waits(self) -> bool:
        return self._action is not None

    def cancel(self) -> None:
        self._action = None

    def run(self) -> None:
        action, self._action = self._action, None
        if action is not None:
            action()


class Loop:
    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._timers: list[tuple[float, int, Timer]] = []
        self._order = count()
        self._sweep_at = _FEW_TIMERS
        self._stopped = False

    def now(self) -> float:
        """Seconds that only grow."""
        return time.monotonic()

    def after(self, seconds: float, action: Action) -> Timer:
        timer = Timer(self.now() + seconds, action)
        heapq.heappush(self._timers, (timer.when, next(self._order), timer))
        if len(self._timers) > self._sweep_at:
            self._forget_cancelled()
        return timer

    def _forget_cancelled(self) -> None:
        """Most timers are cancelled long before their time, some of which is a day away."""
        self._timers = [entry for entry in self._timers if entry[2].waits]
        heapq.heapify(self._timers)
        self._sweep_at = max(_FEW_TIMERS, 2 * len(self._timers))

    def watch(self, fd: int, read: Action | None = None, write: Action | None = None) -> None:
        """Call `read` or `write` whenever the descriptor is ready for it, instead of what was asked before."""
        events = (selectors.EVENT_READ if read else 0) | (selectors.EVENT_WRITE if write else 0)
        actions = {selectors.EVENT_READ: read, selectors.EVENT_WRITE: write}
        if fd in self._selector.get_map():
            self._selector.modify(fd, events, actions)
        else:
            self._selector.register(fd, events, actions)

    def unwatch(self, fd: int) -> None:
        self._selector.unregister(fd)

    def stop(self) -> None:
        self._stopped = True

    def run(self) -> None:
        while not self._stopped:
            for key, ready in self._selector.select(self._patience()):
                for event in (selectors.EVENT_READ, selectors.EVENT_WRITE):
                    # An earlier action of this round may have closed it or asked for something else.
                    if ready & event and self._selector.get_map().get(key.fd) is key:
                        key.data[event]()
            while self._timers and self._timers[0][0] <= self.now():
                heapq.heappop(self._timers)[2].run()

    def _patience(self) -> float | None:
        return max(0.0, self._timers[0][0] - self.now()) if self._timers else None
