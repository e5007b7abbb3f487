"""When a home may sleep, and when a sleeping one is woken for its own housekeeping."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from .clerk_line import ClerkLine, Owed, Problem
from .door import connections
from .home import Home, Phase, Waker
from .layout import Layout
from .log import say
from .loop import Loop

# A home that a request woke and that nobody known used since, such as for a stranger who looks for weaknesses.
_UNUSED_SECONDS = 60.0
# One that an upgrade woke has been looked at by then.
_CHECKED_SECONDS = 1.0
# What is in flight keeps a home awake for at most so many times the usual: a connection that somebody only holds open
# must not do so for ever. An app's long poll ends every half minute, and counts as a use then.
_LONGEST_IN_FLIGHT = 3
_IN_FLIGHT_SECONDS = 5.0
# What is owed to other servers is sent within seconds of a minute after the start; who cannot be reached in an hour is
# tried again at the daily waking.
_LONGEST_OWING_SECONDS = 3600.0
_OWING_SECONDS = 30.0
# Homes whose time came while no host ran are spread over the next hour, or a part of a shorter day.
_SPREAD_SECONDS, _SPREAD_PART = 3600.0, 24


class Idle:
    def __init__(
        self,
        loop: Loop,
        layout: Layout,
        clerk: ClerkLine,
        fall_asleep: Callable[[Home], None],
        wake: Callable[[Home, Waker], None],
    ) -> None:
        self._loop = loop
        self._layout = layout
        self._settings = layout.settings
        self._clerk = clerk
        self._fall_asleep = fall_asleep
        self._wake = wake

    def awake(self, home: Home) -> None:
        self._again(home, min(self._patience(home), self._settings.sleep_after))

    def asleep(self, home: Home) -> None:
        self.forget(home)
        home.idle = self._loop.after(self._until_housekeeping(home), lambda: self._wake(home, "housekeeping"))

    def forget(self, home: Home) -> None:
        if home.idle is not None:
            home.idle.cancel()
            home.idle = None

    def _again(self, home: Home, seconds: float) -> None:
        self.forget(home)
        home.idle = self._loop.after(seconds, lambda: self._look(home))

    def _look(self, home: Home) -> None:
        if home.phase is not Phase.RUNNING or home.process is None:
            return
        quiet = self._quiet(home)
        patience = self._patience(home)
        bound = Path(home.process.identity.bound or self._layout.home(home.name).socket)
        if home.manifest is None or not home.manifest.sleep or home.want != "running":
            self._again(home, self._settings.sleep_after)
        elif quiet < patience:
            self._again(home, patience - quiet)
        elif quiet < _LONGEST_IN_FLIGHT * patience and connections(bound) > 0:
            self._again(home, min(_IN_FLIGHT_SECONDS, patience))
        else:
            self._clerk.ask_owed(home.manifest, lambda problem, owed: self._owes(home, problem, owed))

    def _owes(self, home: Home, problem: Problem | None, owed: Owed) -> None:
        if home.phase is not Phase.RUNNING:
            return
        quiet, patience = self._quiet(home), self._patience(home)
        if problem is not None:
            say("whether it owes anything is not known", "warn", home=home.name, reason=problem.reason)
            self._again(home, _OWING_SECONDS)
        elif quiet < patience:
            self._again(home, patience - quiet)
        elif any(owed.values()) and quiet < _LONGEST_OWING_SECONDS:
            say("stays awake: it owes other servers something", home=home.name, owed=owed)
            self._again(home, min(_OWING_SECONDS, self._settings.sleep_after))
        else:
            if self._awake_for(home) >= self._settings.housekeeping_seconds:
                with suppress(OSError):  # a full disk: then it is woken once more than it needs
                    self._layout.home(home.name).tended.touch(0o600)
            self.forget(home)
            self._fall_asleep(home)

    def _patience(self, home: Home) -> float:
        """How long it must be quiet."""
        if home.woken_by == "housekeeping":
            return self._settings.housekeeping_seconds
        if home.woken_by == "upgrade" and self._used_ago(home) > self._awake_for(home):
            return _CHECKED_SECONDS
        if home.woken_by == "request" and self._used_ago(home) > self._awake_for(home):
            return min(_UNUSED_SECONDS, self._settings.sleep_after)
        return self._settings.sleep_after

    def _quiet(self, home: Home) -> float:
        return min(self._awake_for(home), self._used_ago(home))

    def _awake_for(self, home: Home) -> float:
        return self._loop.now() - home.running_since

    def _used_ago(self, home: Home) -> float:
        """Infinite for one that nobody ever used."""
        return _age(self._layout.home(home.name).used)

    def _until_housekeeping(self, home: Home) -> float:
        files = self._layout.home(home.name)
        return until_housekeeping(
            home.name, min(_age(files.tended), _age(files.config)), self._settings.housekeeping_every
        )


def until_housekeeping(name: str, age: float, every: float) -> float:
    """A day after the last time, less a part of it that is each home's own, so that not all wake in one minute."""
    own = crc32(name.encode()) / 2**32
    rest = every * (1 - 0.1 * own) - age
    return rest if rest > 0 else own * min(_SPREAD_SECONDS, every / _SPREAD_PART)


def _age(path: Path) -> float:
    try:
        return max(0.0, time.time() - path.stat().st_mtime)
    except OSError:
        return float("inf")
