"""Homes' doors, from falling asleep to being served again: who holds a home's socket at each moment, and who answers.

Going to sleep loses nothing: a new door is hung first, so that whoever comes from then on waits at the host, while the
process answers those it has and then ends.
"""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from .clerk_line import ClerkLine, Problem
from .door import Door, clear_old_doors, connections, hang
from .events import Events
from .home import Home, Phase, Waker
from .idle import Idle
from .layout import Layout
from .log import say
from .loop import Loop
from .process import Process
from .reception import Reception
from .runner import Runner
from .use_log import read_addresses
from .wake_limits import WakeLimits

# Whoever waits for a home that is still not there is told to come back. A wake takes 0.3 s, thirty at once some 6 s.
_LONGEST_WAKE_SECONDS = 15.0
_BACK_SECONDS = 5.0
# A process that is to end answers what it has: looked at so often, and for so long. What it then cuts off is a long
# poll, which the edge and every app ask again.
_LOOK_SECONDS = 0.02
_LONGEST_DRAIN_SECONDS = 5.0
# When it is only started afresh, whoever comes waits for that: an open app's long poll, which would be cut off anyhow,
# must not make everybody else wait the whole time. Other requests take milliseconds.
_LONGEST_RESTART_DRAIN_SECONDS = 1.0


class Sleep:
    def __init__(
        self,
        loop: Loop,
        layout: Layout,
        clerk: ClerkLine,
        runner: Runner,
        events: Events,
        wake: Callable[[Home, Waker], None],
        early: dict[str, Door],
    ) -> None:
        self._loop = loop
        self._layout = layout
        self._runner = runner
        self._events = events
        self._wake = wake
        self._early = early
        self._limits = WakeLimits()
        self._idle = Idle(loop, layout, clerk, self.begin, wake)

    def receive(self, home: Home) -> Problem | None:
        """It has no process: whoever comes is received here."""
        reception = self._reception(home)
        if reception is None:
            return Problem("no-process", "its socket cannot be made")
        home.since = time.time()
        reception.judge()
        self._idle.asleep(home)
        return None

    def await_start(self, home: Home) -> None:
        """It is on its way up: whoever came waits. Until its daily waking is its turn, somebody may still come."""
        if home.waker != "housekeeping":
            self.no_more_callers(home)

    def no_more_callers(self, home: Home) -> None:
        """Its process takes over who is here, and soon accepts whoever comes; nobody waits for it for ever."""
        if home.reception is None:
            return
        home.reception.hold()
        if home.excuse is None:
            home.excuse = self._loop.after(_LONGEST_WAKE_SECONDS, lambda: self._excuse(home))

    def served(self, home: Home) -> None:
        """Its process answers."""
        self._no_excuse(home)
        if home.reception is not None:
            home.reception.served()
        self._idle.awake(home)

    def begin(self, home: Home) -> None:
        """From a process that answers to none, without losing a request."""
        if home.process is None:
            return
        bound = Path(home.process.identity.bound or self._layout.home(home.name).socket)
        before, home.reception = home.reception, None
        reception = self._reception(home)
        if reception is None:
            home.reception = before
            self._idle.awake(home)
            return
        home.old_door = before.door if before is not None else None
        home.phase = Phase.DROWSY
        home.falling_asleep = True
        if home.waker is None:
            reception.judge()
        else:
            self.await_start(home)
        longest = _LONGEST_DRAIN_SECONDS if home.waker is None else _LONGEST_RESTART_DRAIN_SECONDS
        self._drain(home, bound, self._loop.now() + longest)

    def _drain(self, home: Home, bound: Path, until: float) -> None:
        def look() -> None:
            if home.phase is not Phase.DROWSY:
                return
            if connections(bound) == 0 or self._loop.now() > until:
                self._runner.stop(home)
            else:
                self._drain(home, bound, until)

        self._loop.after(_LOOK_SECONDS, look)

    def ended(self, home: Home) -> None:
        """Its process ended because it was to."""
        if home.falling_asleep and home.reception is not None:
            if home.old_door is not None:
                home.reception.take(home.old_door)
            home.reception.door.hang()
            home.phase = Phase.ASLEEP
            # Otherwise it is only started afresh.
            self._events.tell("stopped" if home.waker == "asked" else "slept", home.name)
            self._idle.asleep(home)
        else:
            self._events.tell("stopped", home.name)
        self._close_old_door(home)
        home.falling_asleep = False

    def failed(self, home: Home, again: float) -> None:
        """It is to run and cannot, until `again`."""
        self._idle.forget(home)
        self._no_excuse(home)
        home.falling_asleep = False
        self._close_old_door(home)
        if home.reception is None and not self._may_receive(home):
            return
        reception = self._reception(home)
        if reception is None:
            return
        if home.waker in ("crash", "asked", "upgrade") and home.failures_in_a_row == 1:
            # It ran until now, and is back in two seconds; or an upgrade takes it back to the version that ran.
            self.await_start(home)
        else:
            reception.refuse(lambda: again - self._loop.now())

    def give_up(self, home: Home) -> None:
        """It is to stop, not to sleep."""
        home.falling_asleep = False
        home.waker = None
        self._idle.forget(home)

    def close(self, home: Home) -> None:
        """Nobody is received any more."""
        self._idle.forget(home)
        self._no_excuse(home)
        self._close_old_door(home)
        home.waker = None
        if home.reception is not None:
            home.reception.close()
            home.reception = None

    def find_door(self, home: Home, left: Process) -> None:
        """The host that was killed may have hung a door of its own before this process's."""
        bound = Path(left.identity.bound)
        if left.identity.bound and bound.exists():
            hang(bound, self._layout.home(home.name).socket)

    def clear_old_doors(self, homes: Iterable[Home]) -> None:
        for door in self._early.values():
            door.close()
        self._early.clear()
        living = {Path(home.process.identity.bound) for home in homes if home.process is not None}
        living |= {home.reception.door.bound for home in homes if home.reception is not None}
        clear_old_doors(self._layout.settings.socket_folder, living)

    def _may_receive(self, home: Home) -> bool:
        """Nobody else answers there, and it is a home that was born."""
        strange = home.failure is not None and home.failure.code == "already-running"
        return home.want == "running" and not strange and self._layout.home(home.name).config.exists()

    def _reception(self, home: Home) -> Reception | None:
        if home.reception is None:
            files, gid = self._layout.home(home.name), self._layout.settings.edge_gid
            path, used = files.socket, files.used
            try:
                door = self._early.pop(home.name, None) or Door(path, gid)
            except OSError as error:
                say("no socket can be made", "error", home=home.name, reason=str(error))
                return None
            home.reception = Reception(
                self._loop,
                home.name,
                door,
                self._limits,
                lambda: read_addresses(used),
                lambda: self._wake(home, "request"),
            )
        return home.reception

    def _excuse(self, home: Home) -> None:
        home.excuse = None
        if home.reception is not None and home.phase is not Phase.RUNNING:
            home.reception.refuse(lambda: _BACK_SECONDS)

    def _no_excuse(self, home: Home) -> None:
        if home.excuse is not None:
            home.excuse.cancel()
            home.excuse = None

    def _close_old_door(self, home: Home) -> None:
        if home.old_door is not None:
            home.old_door.close()
            home.old_door = None
