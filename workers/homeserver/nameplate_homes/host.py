"""The parent: makes what runs match what the manifests want, home by home, from one loop with one thread.

Every change of a home passes through `converge`, which looks at where it stands and takes the next step, if there is
one. What happens outside (the clerk answers, a process answers or ends, somebody knocks, a pause is over) changes the
home's phase and calls `converge` again.
"""

import signal
import time
from pathlib import Path

from .asked import Asked
from .clerk_line import ClerkLine, Problem
from .door import Door
from .events import Event, Events
from .files import write_private
from .fork import SERVED_VERSION
from .groups import Groups
from .home import Home, Phase, Waker
from .layout import Layout
from .log import say
from .loop import Loop
from .manifest import is_home_name
from .manifests import ManifestFolder
from .preparation import Preparation
from .process import adopt, is_lived_in
from .runaway import Runaways
from .runner import Runner
from .sleep import Sleep
from .versions import Versions

# The worker asks for a look when it changes something; this finds what a person or a mounted volume changed.
_LOOK_AGAIN_SECONDS = 2.0
# After a failure: 1 s, 2 s, 4 s ... 5 min.
_LONGEST_PAUSE_SECONDS = 300.0


class Host:
    def __init__(self, loop: Loop, layout: Layout, clerk: ClerkLine, early: dict[str, Door]) -> None:
        self.homes: dict[str, Home] = {}
        self.events = Events()
        # The interpreter of the host that takes this one's place when the loop has ended.
        self.successor: Path | None = None
        self._loop = loop
        self._layout = layout
        self._clerk = clerk
        self._manifests = ManifestFolder(layout)
        self._asked = Asked(layout)
        self._groups = Groups(layout.settings.homes_folder)
        self._versions = Versions(layout.settings.synapse_versions, SERVED_VERSION)
        self._preparation = Preparation(layout, clerk, self._groups, self._versions)
        self._runner = Runner(loop, layout, self._groups, self._versions)
        self._sleep = Sleep(loop, layout, clerk, self._runner, self.events, self.wake, early)
        self._runner.answers = self._answers
        self._runner.ended_as_asked = self._ended_as_asked
        self._runner.failed = self._fail
        self._runner.renew = self._renew
        self._runner.about_to_start = self._sleep.no_more_callers
        self._runaways = Runaways(layout.settings.runaway_seconds)
        self._leaving = False
        self._beginning = False

    @property
    def held_by(self) -> str:
        """What keeps each home to its share of the machine."""
        return self._groups.offered

    def memory_bytes(self) -> dict[str, int]:
        """What each awake home takes for itself, its files in the kernel's cache included, where a group counts it."""
        counted = ((home.name, self._groups.memory_bytes(home.name)) for home in self.homes.values())
        return {name: size for name, size in counted if size is not None}

    def begin(self) -> None:
        """Adopt what an earlier host left, then make everything as wanted and keep it so."""
        say("what holds each home to its share", "info" if self._groups.held else "warn", by=self._groups.offered)
        self._beginning = True
        for folder in self._layout.homes.iterdir():
            if is_home_name(folder.name):
                self.homes[folder.name] = Home(folder.name)
        self.look_at_all()
        for home in list(self.homes.values()):
            self.converge(home)
        self._sleep.clear_old_doors(self.homes.values())
        self._beginning = False
        self._look_regularly()
        self._look_for_runaways()

    def leave(self) -> None:
        """Stop every home, then the loop."""
        self._leaving = True
        say("stopping every home", homes=sum(home.process is not None for home in self.homes.values()))
        for home in self.homes.values():
            self.converge(home)
        self._end_when_empty()

    def become(self, version: str) -> Problem | None:
        """Have the next host, which serves this version, take our place and our homes."""
        python = self._versions.python(version)
        if python is None:
            return self._versions.missing(version)
        write_private(self._layout.host_version, version)
        say("leaving the homes to a host of another version", version=version)

        def go(problem: Problem | None) -> None:
            if problem is None:
                self.successor = python
                self._loop.stop()

        self._clerk.ask_last(python, go)
        return None

    def look_at_all(self) -> None:
        try:
            changed = self._manifests.changed()
        except OSError as error:
            # Not the same as an empty folder: nothing is stopped because a disk is away.
            say("the manifests cannot be listed", "error", reason=str(error))
            return
        for name in changed:
            self.look_at(name)

    def look_at(self, name: str) -> Home | None:
        """Read this home's manifest now; None when there is no such home."""
        seen = self._manifests.read(name)
        home = self.homes.get(name)
        if home is None:
            if seen.manifest is None and seen.broken is None:
                return None
            home = self.homes[name] = Home(name)
        if home.manifest != seen.manifest or (home.broken and home.broken.reason) != seen.broken:
            home.manifest = seen.manifest
            home.unmet = None
            home.broken = Problem("bad-manifest", seen.broken) if seen.broken else None
            say("a manifest changed", home=name, want=home.want, broken=seen.broken)
            self.forgive(home)
        elif home.phase is Phase.RUNNING and not self._preparation.is_done(home):
            # Such as secrets that were handed over anew: a sleeper has them when it wakes, this one after a restart.
            self._prepare_again(home)
        return home

    def forgive(self, home: Home) -> None:
        """Try at once what would have waited for the end of a pause."""
        if home.retry is not None:
            home.retry.cancel()
            home.retry = None
        home.failure = None
        self.converge(home)

    def wake(self, home: Home, waker: Waker) -> None:
        """Let it run, whatever for. Harmless when it does."""
        if home.phase not in (Phase.STARTING, Phase.RUNNING) and home.waker in (None, "housekeeping"):
            home.waker = waker
            home.woken_at = self._loop.now()
            self._sleep.await_start(home)
        self.converge(home)

    def converge(self, home: Home) -> None:
        want = "stopped" if self._leaving else home.want
        match home.phase:
            case Phase.IDLE if home.failure is None and home.process is None:
                self._from_idle(home, want)
            case Phase.ASLEEP:
                self._from_asleep(home, want)
            case Phase.QUEUED if want in ("stopped", "gone"):
                self._runner.dequeue(home)
                home.phase = Phase.IDLE
                self.converge(home)
            case Phase.STARTING | Phase.RUNNING | Phase.DROWSY if want in ("stopped", "gone"):
                self._sleep.give_up(home)
                self._runner.stop(home)
            case Phase.RUNNING if want == "running" and home.manifest != home.prepared:
                self._prepare_again(home)
            case _:
                pass  # as wanted, or something is under way that calls again
        self._tell(home)

    def _from_idle(self, home: Home, want: str | None) -> None:
        files = self._layout.home(home.name)
        if (left := adopt(files)) is not None:
            say("adopted", home=home.name, pid=left.pid)
            self._groups.adopt(home.name, left.pid)
            self._sleep.find_door(home, left)
            self._runner.attend(home, left)
            self.converge(home)
        elif want == "running" and is_lived_in(files):
            self._fail(home, Problem("already-running", "another process already runs this home"))
        elif want == "running":
            home.removed = False
            if not files.config.exists():
                home.waker = home.waker or "birth"
            elif not self._beginning and home.reception is None:
                home.waker = home.waker or "asked"
            if (problem := self._sleep.receive(home)) is not None:
                self._fail(home, problem)
                return
            home.phase = Phase.ASLEEP
            self.converge(home)
        else:
            self._sleep.close(home)
            self._take_away(home, want)

    def _take_away(self, home: Home, want: str | None) -> None:
        if want == "gone" and self._layout.home(home.name).leaves_traces:
            home.phase = Phase.REMOVING
            self._clerk.ask("remove", home.name, None, lambda problem: self._removed(home, problem))
        elif want == "gone":
            home.removed = True

    def _from_asleep(self, home: Home, want: str | None) -> None:
        if want in ("stopped", "gone"):
            home.phase = Phase.IDLE
            home.waker = None
            self.converge(home)
        elif not self._preparation.is_done(home):
            self._preparation.do(home, self._prepared)
        elif home.waker is not None:
            home.prepared = home.manifest or home.prepared
            self._sleep.await_start(home)
            self._runner.enqueue(home)
        elif home.manifest is not None and not home.manifest.sleep:
            self.wake(home, "asked")

    def _prepared(self, home: Home, problem: Problem | None) -> None:
        home.phase = Phase.IDLE if problem is not None else Phase.ASLEEP
        if problem is not None:
            self._fail(home, problem)
        else:
            self.converge(home)

    def _prepare_again(self, home: Home) -> None:
        # A manifest that changed meanwhile is prepared for next.
        self._preparation.do_again(home, self._runner.outdate, self.converge)

    def _renew(self, home: Home) -> None:
        home.waker = "asked"
        self._sleep.begin(home)

    def _removed(self, home: Home, problem: Problem | None) -> None:
        home.phase = Phase.IDLE
        if problem is not None:
            self._fail(home, problem)
            return
        say("removed", home=home.name)
        self.events.forget(home.name)
        self.converge(home)

    def _answers(self, home: Home) -> None:
        home.failure = home.unmet = None
        home.changing = False
        home.woken_by, home.waker = home.waker, None
        home.since = time.time()
        seconds = self._loop.now() - home.woken_at
        pid = home.process.pid if home.process else None
        if home.woken_by in ("request", "housekeeping"):
            self.events.tell("woke", home.name, seconds, by=home.woken_by, pid=pid)
        elif home.woken_by is not None:
            self.events.tell("born" if home.woken_by == "birth" else "started", home.name, pid=pid)
        self._sleep.served(home)
        self.converge(home)

    def _ended_as_asked(self, home: Home) -> None:
        self._sleep.ended(home)
        home.since = time.time()
        self.converge(home)
        if self._leaving:
            self._end_when_empty()

    def _fail(self, home: Home, problem: Problem) -> None:
        pause = min(_LONGEST_PAUSE_SECONDS, 2.0**home.failures_in_a_row)
        home.failures_in_a_row += 1
        home.failure = problem
        home.since = time.time()
        home.fell = {"code": problem.code, "reason": problem.reason, "time": round(home.since, 3)}
        again = self._loop.now() + pause
        home.retry = self._loop.after(pause, lambda: self.forgive(home))
        event: Event = "crashed" if problem.code in ("crashed", "out-of-memory", "runaway") else "failed"
        if event == "crashed":
            self._preparation.distrust(home)
        self.events.tell(event, home.name, code=problem.code, reason=problem.reason, again_in_seconds=pause)
        self._sleep.failed(home, again)
        self._tell(home)
        if self._leaving:
            self._end_when_empty()

    def _tell(self, home: Home) -> None:
        kept = []
        for waiter in home.waiters:
            done = home.state == "running" if waiter.awake else home.as_wanted
            if done or home.state == "failed":
                waiter.deadline.cancel()
                waiter.reply(home.describe())
            else:
                kept.append(waiter)
        home.waiters = kept

    def _look_regularly(self) -> None:
        if not self._leaving:
            self._loop.after(_LOOK_AGAIN_SECONDS, self._look_regularly)
            self.look_at_all()
            for name in self._asked.look(self.homes.values()):
                self.events.tell("asked", name)

    def _look_for_runaways(self) -> None:
        self._loop.after(self._runaways.look_every, self._look_for_runaways)
        for home in self._runaways.look(self.homes.values(), self._loop.now()):
            if home.process is not None:
                share, seconds = home.limits.cpu_cores, self._layout.settings.runaway_seconds
                words = f"the homeserver used its whole share of {share} cores for {seconds:.0f} seconds on end"
                home.killed_for = Problem("runaway", words)
                home.process.send(signal.SIGKILL)

    def _end_when_empty(self) -> None:
        if all(home.process is None for home in self.homes.values()):
            self._loop.stop()
