"""The parent: makes what runs match what the manifests want, home by home, from one loop with one thread.

Every change of a home passes through `converge`, which looks at where it stands and takes the next step, if there is
one. What happens outside (the clerk answers, a process answers or ends, a pause is over) changes the home's phase and
calls `converge` again.
"""

import os
import signal
from collections import deque
from pathlib import Path

from .cgroup import Groups
from .clerk_line import ClerkLine, Problem
from .fork import ALREADY_RUNNING, start_home
from .home import Home, Phase
from .layout import Layout
from .log import say
from .loop import Loop
from .manifest import is_home_name
from .manifests import ManifestFolder
from .probe import Probe
from .process import Process, adopt, lives_here
from .record import RecordProblem, owner_of

# The worker asks for a look when it changes something; this finds what a person or a mounted volume changed.
_LOOK_AGAIN_SECONDS = 2.0
# A start takes a quarter of a second; a database migration after an upgrade may take long, a hung one must end.
_LONGEST_START_SECONDS = 60.0
# Synapse stops in 0.02 s when idle; requests it is answering get this long. A supervisor gives us 10 s.
_LONGEST_STOP_SECONDS = 6.0
# After a failure: 1 s, 2 s, 4 s ... 5 min. A home that ran that long begins anew.
_LONGEST_PAUSE_SECONDS = 300.0


class Host:
    def __init__(self, loop: Loop, layout: Layout, clerk: ClerkLine) -> None:
        self.homes: dict[str, Home] = {}
        self._loop = loop
        self._layout = layout
        self._clerk = clerk
        self._manifests = ManifestFolder(layout)
        # A start needs about 0.4 s of a core: as many at once as there are cores, the others wait their turn.
        self._cores = len(os.sched_getaffinity(0))
        self._queue: deque[Home] = deque()
        # Running on a config that has changed since: restarted as cores are free.
        self._outdated: deque[Home] = deque()
        self._groups = Groups(layout.settings.homes_folder)
        self._leaving = False

    def begin(self) -> None:
        """Adopt what an earlier host left, then make everything as wanted and keep it so."""
        say("what holds each home to its share", "info" if self._groups.held else "warn", by=self._groups.offered)
        for folder in self._layout.homes.iterdir():
            if is_home_name(folder.name):
                self.homes[folder.name] = Home(folder.name)
        self.look_at_all()
        for home in list(self.homes.values()):
            self.converge(home)
        self._look_regularly()

    def leave(self) -> None:
        """Stop every home, then the loop."""
        self._leaving = True
        say("stopping every home", homes=sum(home.process is not None for home in self.homes.values()))
        for home in self.homes.values():
            self.converge(home)
        self._end_when_empty()

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
            home.broken = Problem("bad-manifest", seen.broken) if seen.broken else None
            say("a manifest changed", home=name, want=home.want, broken=seen.broken)
            self.forgive(home)
        return home

    def forgive(self, home: Home) -> None:
        """Try at once what would have waited for the end of a pause."""
        if home.retry is not None:
            home.retry.cancel()
            home.retry = None
        home.failure = None
        self.converge(home)

    def converge(self, home: Home) -> None:
        want = "stopped" if self._leaving else home.want
        match home.phase:
            case Phase.IDLE if home.failure is None and home.process is None:
                self._from_idle(home, want)
            case Phase.QUEUED if want != "running":
                self._queue.remove(home)
                home.phase = Phase.IDLE
                self.converge(home)
            case Phase.STARTING | Phase.RUNNING if want in ("stopped", "gone"):
                self._stop(home)
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
            self._attend(home, left)
            self.converge(home)
        elif want == "running" and home.manifest is not None:
            home.removed = False
            home.phase = Phase.PREPARING
            home.prepared = home.manifest
            self._clerk.ask("prepare", home.name, home.manifest, lambda problem: self._prepared(home, problem))
        elif want == "gone" and files.leaves_traces:
            home.phase = Phase.REMOVING
            self._clerk.ask("remove", home.name, None, lambda problem: self._removed(home, problem))
        elif want == "gone":
            home.removed = True

    def _prepared(self, home: Home, problem: Problem | None) -> None:
        home.phase = Phase.IDLE
        if problem is not None:
            self._fail(home, problem)
        elif self._leaving or home.want != "running":
            self.converge(home)
        else:
            home.phase = Phase.QUEUED
            self._queue.append(home)
            self._start_next()

    def _prepare_again(self, home: Home) -> None:
        """A running home whose manifest changed: its share at once, the rest with a restart if it takes one."""
        if home.manifest is None:
            return
        home.prepared = home.manifest
        self._groups.limit(home.name, home.manifest.limits.share)
        self._clerk.ask("prepare", home.name, home.manifest, lambda problem: self._prepared_again(home, problem))

    def _prepared_again(self, home: Home, problem: Problem | None) -> None:
        if problem is not None:
            # What runs goes on as it is; the next start would fail for this reason, and says so then.
            say("not prepared for its new manifest", "warn", home=home.name, code=problem.code, reason=problem.reason)
        elif self._layout.home(home.name).is_outdated and home not in self._outdated:
            self._outdated.append(home)
            self._start_next()

    def _removed(self, home: Home, problem: Problem | None) -> None:
        home.phase = Phase.IDLE
        if problem is not None:
            self._fail(home, problem)
            return
        say("removed", home=home.name)
        self.converge(home)

    def _start_next(self) -> None:
        starting = sum(home.phase is Phase.STARTING for home in self.homes.values())
        while self._queue and starting < self._cores:
            self._start(self._queue.popleft())
            starting += 1
        busy = starting + sum(home.phase is Phase.STOPPING for home in self.homes.values())
        while self._outdated and busy < self._cores:
            home = self._outdated.popleft()
            if home.phase is Phase.RUNNING and home.want == "running":
                say("restarting with its new config", home=home.name)
                self._stop(home)
                busy += 1

    def _start(self, home: Home) -> None:
        if home.manifest is None:
            return
        files = self._layout.home(home.name)
        try:
            owner = owner_of(files)
            group = self._groups.make(home.name, home.manifest.limits.share)
            process = start_home(home.name, files, owner, group)
        except RecordProblem as problem:
            home.phase = Phase.IDLE
            self._fail(home, Problem(problem.code, str(problem)))
        except OSError as error:
            home.phase = Phase.IDLE
            self._fail(home, Problem("no-process", f"no process could be started: {error.strerror}"))
        else:
            self._attend(home, process)

    def _attend(self, home: Home, process: Process) -> None:
        """From a process, new or adopted, to one that answers."""
        home.process = process
        home.phase = Phase.STARTING
        self._loop.watch(process.pidfd, lambda: self._ended(home, process))
        files = self._layout.home(home.name)
        home.probe = Probe(
            self._loop, files.socket, lambda: lives_here(files, process.pid), lambda: self._answers(home)
        )
        home.patience = self._loop.after(_LONGEST_START_SECONDS, lambda: process.send(signal.SIGKILL))

    def _answers(self, home: Home) -> None:
        home.probe = None
        if home.patience is not None:
            home.patience.cancel()
        home.phase = Phase.RUNNING
        home.running_since = self._loop.now()
        say("running", home=home.name, pid=home.process.pid if home.process else None)
        self.converge(home)
        self._start_next()

    def _stop(self, home: Home) -> None:
        process = home.process
        if process is None:
            return
        home.phase = Phase.STOPPING
        self._let_be(home)
        process.send(signal.SIGTERM)
        home.patience = self._loop.after(_LONGEST_STOP_SECONDS, lambda: process.send(signal.SIGKILL))

    def _ended(self, home: Home, process: Process) -> None:
        self._loop.unwatch(process.pidfd)
        how = process.ended()
        overrun = self._groups.leave(home.name)
        asked, answered = home.phase is Phase.STOPPING, home.phase is Phase.RUNNING
        self._let_be(home)
        home.process = None
        home.phase = Phase.IDLE
        if asked:
            say("stopped", home=home.name)
            self.converge(home)
        else:
            if answered and self._loop.now() - home.running_since > _LONGEST_PAUSE_SECONDS:
                home.failures_in_a_row = 0
            self._fail(home, self._why_ended(home, how, overrun))
        self._start_next()
        if self._leaving:
            self._end_when_empty()

    def _why_ended(self, home: Home, how: str, overrun: bool) -> Problem:
        if overrun and home.manifest is not None:
            most = home.manifest.limits.memory_megabytes
            return Problem("out-of-memory", f"the homeserver needed more than its {most} MB of memory, and {how}")
        if how == f"ended with code {ALREADY_RUNNING}":
            return Problem("already-running", "another process already runs this home")
        last = _last_line(self._layout.home(home.name).output)
        return Problem("crashed", f"the homeserver {how}" + (f": {last}" if last else ""))

    def _fail(self, home: Home, problem: Problem) -> None:
        pause = min(_LONGEST_PAUSE_SECONDS, 2.0**home.failures_in_a_row)
        home.failures_in_a_row += 1
        home.failure = problem
        home.retry = self._loop.after(pause, lambda: self.forgive(home))
        say("failed", "warn", home=home.name, code=problem.code, reason=problem.reason, again_in_seconds=pause)
        self._tell(home)

    def _let_be(self, home: Home) -> None:
        if home.probe is not None:
            home.probe.cancel()
            home.probe = None
        if home.patience is not None:
            home.patience.cancel()
            home.patience = None

    def _tell(self, home: Home) -> None:
        if home.as_wanted or home.state == "failed":
            waiters, home.waiters = home.waiters, []
            for waiter in waiters:
                waiter.deadline.cancel()
                waiter.reply(home.describe())

    def _look_regularly(self) -> None:
        if not self._leaving:
            self._loop.after(_LOOK_AGAIN_SECONDS, self._look_regularly)
            self.look_at_all()

    def _end_when_empty(self) -> None:
        if all(home.process is None for home in self.homes.values()):
            self._groups.close()
            self._loop.stop()


def _last_line(output: Path) -> str:
    """What the process said last. The end of the file is enough: a traceback's last line names the error."""
    try:
        with output.open("rb") as file:
            file.seek(max(0, output.stat().st_size - 4096))
            lines = file.read().decode(errors="replace").strip().splitlines()
    except OSError:
        return ""
    return lines[-1].strip()[:300] if lines else ""
