"""What the parent keeps in mind of one home, and how that is told to others."""

import time
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from .clerk_line import Problem
from .door import Door
from .loop import Timer
from .manifest import Isolation, Limits, Manifest, Want, usual_limits
from .probe import Probe
from .process import Process
from .reception import Reception
from .status import Answer, Reply

# Why a home is to have a process: it is new, somebody asked for it by the manifest or the desk, it crashed while it was
# awake, a request came, it is its time of the day, or an upgrade looks whether it runs.
Waker = Literal["birth", "asked", "crash", "request", "housekeeping", "upgrade"]


class Phase(Enum):
    IDLE = "idle"  # no process, nothing under way, nobody received
    PREPARING = "preparing"  # the clerk makes database, role and files
    ASLEEP = "asleep"  # no process; whoever comes is received
    QUEUED = "queued"  # prepared, waiting for a core
    STARTING = "starting"  # a process that does not answer yet
    RUNNING = "running"
    DROWSY = "drowsy"  # a process that answers what it has, while whoever comes is received in its place
    STOPPING = "stopping"
    REMOVING = "removing"  # the clerk takes database, role and files away


@dataclass
class Waiter:
    reply: Reply
    deadline: Timer
    # Asleep will not do.
    awake: bool = False


@dataclass
class Home:
    name: str
    manifest: Manifest | None = None
    # What is wrong with the manifest; the home is left as it is until that is mended.
    broken: Problem | None = None
    # What the clerk prepared it for, or is preparing it for.
    prepared: Manifest | None = None
    phase: Phase = Phase.IDLE
    process: Process | None = None
    probe: Probe | None = None
    # The kill after a stop or start that takes too long.
    patience: Timer | None = None
    # Why it is not as wanted; kept through the pause before the next attempt.
    failure: Problem | None = None
    # A process that runs is prepared for another manifest, or is to be started again for it.
    changing: bool = False
    # Why it runs on as it was, though its manifest asks for something else.
    unmet: Problem | None = None
    retry: Timer | None = None
    failures_in_a_row: int = 0
    # How and when it last failed, since this host began; kept when it runs again.
    fell: Answer | None = None
    running_since: float = 0.0
    removed: bool = False
    # Why the host itself killed the process, until it has ended.
    killed_for: Problem | None = None
    waiters: list[Waiter] = field(default_factory=list)
    # None: it may sleep.
    waker: Waker | None = None
    # The waker of the process that runs, and when it was woken.
    woken_by: Waker | None = None
    woken_at: float = 0.0
    reception: Reception | None = None
    # Behind which the process that is to end still answers.
    old_door: Door | None = None
    # Its stop is not because the manifest wants it: for sleep, or for a start with another configuration.
    falling_asleep: bool = False
    # The next look whether it may sleep, or the daily waking.
    idle: Timer | None = None
    # The answer to callers when a start takes too long.
    excuse: Timer | None = None
    # Unix time since when it is in its present state, as others see it.
    since: float = field(default_factory=time.time)

    @property
    def want(self) -> Want | None:
        """None: leave it alone. Without a manifest it stops and keeps everything; only `gone` removes."""
        if self.broken is not None:
            return None
        return self.manifest.want if self.manifest is not None else "stopped"

    @property
    def limits(self) -> Limits:
        """What holds it while it runs."""
        manifest = self.prepared or self.manifest
        return manifest.limits if manifest is not None else usual_limits()

    @property
    def isolation(self) -> Isolation:
        manifest = self.prepared or self.manifest
        return manifest.isolation if manifest is not None else "shared"

    @property
    def synapse(self) -> str | None:
        """The version that its manifest asks for."""
        manifest = self.prepared or self.manifest
        return manifest.synapse if manifest is not None else None

    @property
    def may_run(self) -> bool:
        """A home whose manifest broke while it slept is left as it is: somebody who can be woken."""
        return self.want == "running" or self.want is None

    @property
    def as_wanted(self) -> bool:
        match self.want:
            case "running":
                return self.state == "asleep" or (self.state == "running" and not self.changing)
            case "stopped":
                return self.phase is Phase.IDLE and self.failure is None
            case "gone":
                return self.phase is Phase.IDLE and self.removed
            case _:
                return False

    @property
    def state(self) -> str:
        """running, asleep, starting, stopped, failed or gone. What is on its way down still runs."""
        if self.phase in (Phase.RUNNING, Phase.DROWSY):
            return "running"
        if self.phase is Phase.STOPPING:
            back = self.waker is not None if self.falling_asleep else self.want == "running"
            return "starting" if back else "running"
        if self.failure is not None or (self.broken is not None and self.process is None):
            return "failed"
        if self.waker is None and (self.phase is Phase.ASLEEP or self.reception is not None):
            return "asleep"
        if self.want == "running" or self.process is not None:
            return "starting"
        return "gone" if self.phase is Phase.IDLE and self.removed else "stopped"

    @property
    def problem(self) -> Problem | None:
        return self.broken or self.failure or self.unmet

    def describe(self) -> Answer:
        answer: Answer = {"state": self.state, "since": round(self.since, 3)}
        if self.problem is not None:
            answer |= {"code": self.problem.code, "reason": self.problem.reason}
        if self.retry is not None and self.retry.waits:
            answer["again_in_seconds"] = round(max(0.0, self.retry.when - time.monotonic()), 1)
        if self.fell is not None:
            answer["fell"] = self.fell
        if self.process is not None:
            answer |= {"pid": self.process.pid, "version": self.process.identity.version}
        return answer
