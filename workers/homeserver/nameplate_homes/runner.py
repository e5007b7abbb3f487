"""Homes' processes, from the queue for a core to their end."""

import signal
from collections import deque
from collections.abc import Callable

from .clerk_line import Problem
from .files import last_line
from .fork import ALREADY_RUNNING, start_home
from .groups import Groups
from .home import Home, Phase
from .layout import Layout
from .log import say
from .loop import Loop
from .probe import Probe
from .process import Process, last_version
from .record import RecordProblem, owner_of
from .starts import Starts
from .versions import Versions

# A start takes a quarter of a second, at most some seconds on a busy machine; a hung one must end. On another version
# than the last it may have to migrate its database, which takes milliseconds for a small one.
_LONGEST_START_SECONDS, _LONGEST_MIGRATION_SECONDS = 60.0, 600.0
# Synapse stops in 0.02 s when idle; requests it is answering get this long. A supervisor gives us 10 s.
_LONGEST_STOP_SECONDS = 6.0
# A home that ran that long before it failed begins its pauses anew.
_STEADY_SECONDS = 300.0

Told = Callable[[Home], None]


class Runner:
    def __init__(self, loop: Loop, layout: Layout, groups: Groups, versions: Versions) -> None:
        self._loop = loop
        self._layout = layout
        self._groups = groups
        self._versions = versions
        self._queue = Starts()
        self._starting = 0
        # Running on a configuration that has changed since: started afresh one at a time.
        self._outdated: deque[Home] = deque()
        # Set by the host.
        self.answers: Told
        self.ended_as_asked: Told
        self.failed: Callable[[Home, Problem], None]
        self.renew: Told
        self.about_to_start: Told

    def enqueue(self, home: Home) -> None:
        home.phase = Phase.QUEUED
        self._queue.add(home)
        self.start_next()

    def dequeue(self, home: Home) -> None:
        self._queue.remove(home)

    def start_next(self) -> None:
        while (home := self._queue.next(self._starting)) is not None:
            self._start(home)
        while self._outdated and not self._starting:
            home = self._outdated.popleft()
            if home.phase is Phase.RUNNING and home.want == "running":
                say("restarting with its new config", home=home.name)
                self.renew(home)
                return

    def outdate(self, home: Home) -> None:
        if home not in self._outdated:
            self._outdated.append(home)
            self.start_next()

    def _start(self, home: Home) -> None:
        files = self._layout.home(home.name)
        kind = self._versions.kind_of(home)
        if home.reception is None:
            return
        if isinstance(kind, Problem):
            self._fail(home, kind)
            return
        same = last_version(files) in (None, kind.version)
        try:
            owner = owner_of(files, kind.python)
            group = self._groups.make(home.name, home.limits.share)
            self.about_to_start(home)
            door, callers = home.reception.door, home.reception.hand_over()
            process = start_home(home.name, files, owner, group, door, callers, kind)
        except RecordProblem as problem:
            self._fail(home, Problem(problem.code, str(problem)))
        except OSError as error:
            self._fail(home, Problem("no-process", f"no process could be started: {error.strerror}"))
        else:
            self.attend(home, process, _LONGEST_START_SECONDS if same else _LONGEST_MIGRATION_SECONDS)

    def _fail(self, home: Home, problem: Problem) -> None:
        home.phase = Phase.IDLE
        self.failed(home, problem)

    def attend(self, home: Home, process: Process, longest: float = _LONGEST_START_SECONDS) -> None:
        """From a process, new or adopted, to one that answers."""
        home.process = process
        home.phase = Phase.STARTING
        self._starting += 1
        self._loop.watch(process.pidfd, lambda: self._ended(home, process))
        home.probe = Probe(self._loop, self._layout.home(home.name).socket, lambda: self._answers(home))
        home.patience = self._loop.after(longest, lambda: process.send(signal.SIGKILL))

    def _answers(self, home: Home) -> None:
        self._let_be(home)
        home.phase = Phase.RUNNING
        home.running_since = self._loop.now()
        self.answers(home)
        self.start_next()

    def stop(self, home: Home) -> None:
        process = home.process
        if process is None:
            return
        self._let_be(home)
        home.phase = Phase.STOPPING
        process.send(signal.SIGTERM)
        home.patience = self._loop.after(_LONGEST_STOP_SECONDS, lambda: process.send(signal.SIGKILL))

    def _ended(self, home: Home, process: Process) -> None:
        self._loop.unwatch(process.pidfd)
        how = process.ended()
        overrun = self._groups.leave(home.name)
        # One that was to stop anyhow, as soon as it had answered everybody, did so.
        asked = home.phase in (Phase.STOPPING, Phase.DROWSY)
        steady = home.phase is Phase.RUNNING and self._loop.now() - home.running_since > _STEADY_SECONDS
        if home.phase is Phase.RUNNING:
            home.waker = "crash"
        self._let_be(home)
        home.process = None
        home.phase = Phase.IDLE
        if asked:
            self.ended_as_asked(home)
        else:
            if steady:
                home.failures_in_a_row = 0
            self.failed(home, self._why_ended(home, how, overrun))
        self.start_next()

    def _why_ended(self, home: Home, how: str, overrun: bool) -> Problem:
        if home.killed_for is not None:
            problem, home.killed_for = home.killed_for, None
            return problem
        if overrun:
            most = home.limits.memory_megabytes
            return Problem("out-of-memory", f"the homeserver needed more than its {most} MB of memory, and {how}")
        if how == f"ended with code {ALREADY_RUNNING}":
            return Problem("already-running", "another process already runs this home")
        last = last_line(self._layout.home(home.name).output)
        return Problem("crashed", f"the homeserver {how}" + (f": {last}" if last else ""))

    def _let_be(self, home: Home) -> None:
        if home.phase is Phase.STARTING:
            self._starting -= 1
        if home.probe is not None:
            home.probe.cancel()
            home.probe = None
        if home.patience is not None:
            home.patience.cancel()
            home.patience = None
