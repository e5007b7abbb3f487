"""What the parent keeps in mind of one home, and how that is told to others."""

from dataclasses import dataclass, field
from enum import Enum

from .clerk_line import Problem
from .loop import Timer
from .manifest import Manifest, Want
from .probe import Probe
from .process import Process
from .status import Answer, Reply


class Phase(Enum):
    IDLE = "idle"  # no process, nothing under way
    PREPARING = "preparing"  # the clerk makes database, role and files
    QUEUED = "queued"  # prepared, waiting for a core
    STARTING = "starting"  # a process that does not answer yet
    RUNNING = "running"
    STOPPING = "stopping"
    REMOVING = "removing"  # the clerk takes database, role and files away


@dataclass
class Waiter:
    reply: Reply
    deadline: Timer


@dataclass
class Home:
    name: str
    manifest: Manifest | None = None
    # What is wrong with the manifest; the home is left as it is until that is mended.
    broken: Problem | None = None
    phase: Phase = Phase.IDLE
    process: Process | None = None
    probe: Probe | None = None
    # The kill after a stop or start that takes too long.
    patience: Timer | None = None
    # Why it is not as wanted; kept through the pause before the next attempt.
    failure: Problem | None = None
    retry: Timer | None = None
    failures_in_a_row: int = 0
    running_since: float = 0.0
    removed: bool = False
    # The manifest for which the clerk last made database, role and files.
    prepared: Manifest | None = None
    waiters: list[Waiter] = field(default_factory=list)

    @property
    def want(self) -> Want | None:
        """None: leave it alone. Without a manifest it stops and keeps everything; only `gone` removes."""
        if self.broken is not None:
            return None
        return self.manifest.want if self.manifest is not None else "stopped"

    @property
    def as_wanted(self) -> bool:
        match self.want:
            case "running":
                return self.phase is Phase.RUNNING
            case "stopped":
                return self.phase is Phase.IDLE and self.failure is None
            case "gone":
                return self.phase is Phase.IDLE and self.removed
            case _:
                return False

    @property
    def state(self) -> str:
        """running, starting, stopped, failed or gone. What is on its way down still runs."""
        if self.phase is Phase.RUNNING:
            return "running"
        if self.phase is Phase.STOPPING:
            return "starting" if self.want == "running" else "running"
        if self.failure is not None or (self.broken is not None and self.process is None):
            return "failed"
        if self.want == "running" or self.process is not None:
            return "starting"
        return "gone" if self.phase is Phase.IDLE and self.removed else "stopped"

    def describe(self) -> Answer:
        answer: Answer = {"state": self.state}
        problem = self.broken or self.failure
        if problem is not None:
            answer |= {"code": problem.code, "reason": problem.reason}
        if self.process is not None:
            answer |= {"pid": self.process.pid, "version": self.process.identity.version}
        return answer
