"""Receives callers at a home's door while no process does: judges them, keeps those who may wake it, refuses others.

While a process serves the home, the host keeps the door's socket but accepts nobody; what waits there is not lost when
the process crashes.
"""

import math
from collections.abc import Callable, Iterable
from enum import Enum
from http import HTTPStatus

from .caller import Caller, Head
from .door import Door
from .loop import Loop
from .wake_limits import WakeLimits

# Looked at or kept at the same time for one home; more wait in the kernel's queue. Each costs a descriptor.
_MOST_CALLERS = 32


class _Mode(Enum):
    SERVED = "served"  # a process accepts, or nobody
    JUDGING = "judging"  # asleep: whoever may, wakes it
    HOLDING = "holding"  # on its way up: those admitted are kept, others wait in the kernel's queue
    REFUSING = "refusing"  # it cannot start now: everybody gets an answer as soon as they ask


class Reception:
    def __init__(
        self,
        loop: Loop,
        name: str,
        door: Door,
        limits: WakeLimits,
        family: Callable[[], Iterable[str]],
        wake: Callable[[], None],
    ) -> None:
        self.door = door
        self._loop = loop
        self._name = name
        self._limits = limits
        self._family = family
        self._wake = wake
        self._mode = _Mode.SERVED
        self._looked_at: set[Caller] = set()
        self._kept: list[Caller] = []
        self._when_back: Callable[[], float] = lambda: 0.0
        self._watching = False

    def hand_over(self) -> list[int]:
        """The connections that a process which is forked now is to answer first. We keep our copies until it does."""
        for caller in self._looked_at:
            caller.stop_looking()
        self._kept += self._looked_at
        self._looked_at.clear()
        return [caller.client.fileno() for caller in self._kept]

    def judge(self) -> None:
        self._enter(_Mode.JUDGING)

    def hold(self) -> None:
        self._enter(_Mode.HOLDING)

    def refuse(self, when_back: Callable[[], float]) -> None:
        """Answer those who wait and all who come, with the seconds after which it is worth trying again.

        Whoever has not said yet what they want is heard first: hung up on in the middle of it, they would hear nothing.
        """
        self._when_back = when_back
        for caller in self._kept:
            self._say_unavailable(caller)
        self._kept.clear()
        self._enter(_Mode.REFUSING)

    def served(self) -> None:
        """A process answers: it has its own copies of the connections."""
        for caller in self._kept:
            caller.forget()
        self._kept.clear()
        self._enter(_Mode.SERVED)

    def take(self, old: Door) -> None:
        """Whoever still waits at a door that nobody answers any more, a moment's work of the kernel's, waits here."""
        self._accept(old, most=None)

    def close(self) -> None:
        """Those who wait get an answer; nobody is received any more."""
        self.refuse(lambda: 0.0)
        self._accept(self.door, most=None)
        for caller in self._looked_at:
            self._say_unavailable(caller)
        self._looked_at.clear()
        self._enter(_Mode.SERVED)
        self.door.close()

    def _enter(self, mode: _Mode) -> None:
        self._mode = mode
        self._watch()

    def _watch(self) -> None:
        """Ask the loop for callers only while we would take one."""
        room = len(self._looked_at) + len(self._kept) < _MOST_CALLERS
        wanted = room and self._mode in (_Mode.JUDGING, _Mode.REFUSING)
        if wanted and not self._watching:
            self._loop.watch(self.door.socket.fileno(), lambda: self._accept(self.door, _MOST_CALLERS))
        elif self._watching and not wanted:
            self._loop.unwatch(self.door.socket.fileno())
        self._watching = wanted

    def _accept(self, door: Door, most: int | None) -> None:
        while most is None or len(self._looked_at) + len(self._kept) < most:
            try:
                client, _ = door.socket.accept()
            except OSError:  # nobody more; or no descriptor is left, and they wait
                break
            self._looked_at.add(Caller(self._loop, client, self._heard, lambda: self._left()))
        self._watch()

    def _left(self) -> None:
        self._looked_at = {caller for caller in self._looked_at if caller.client.fileno() >= 0}
        self._watch()

    def _heard(self, caller: Caller, head: Head) -> None:
        self._looked_at.discard(caller)
        if self._mode is _Mode.REFUSING:
            self._say_unavailable(caller)
        elif head.method == "OPTIONS":
            caller.let_ask()
        elif self._mode is _Mode.JUDGING and (wait := self._seconds_to_wait(head)) > 0:
            words = "This home sleeps. Try again later."
            caller.refuse(HTTPStatus.TOO_MANY_REQUESTS, "M_LIMIT_EXCEEDED", words, math.ceil(wait))
        else:
            self._kept.append(caller)
            self._wake()
        self._watch()

    def _seconds_to_wait(self, head: Head) -> float:
        return self._limits.judge(self._name, head, self._loop.now(), self._family)

    def _say_unavailable(self, caller: Caller) -> None:
        words = "This home cannot answer just now. Try again in a moment."
        caller.refuse(HTTPStatus.SERVICE_UNAVAILABLE, "M_UNKNOWN", words, max(1, math.ceil(self._when_back())))
