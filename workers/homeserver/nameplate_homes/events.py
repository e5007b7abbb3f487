"""What happened to homes: counted for the metrics, and told as it happens to whoever listens."""

from bisect import bisect_left
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Literal

from .log import say
from .status import Answer, Reply

Event = Literal["born", "started", "woke", "slept", "stopped", "crashed", "failed", "asked"]
# Seconds that tell wakes apart in the metrics: a usual one takes 0.2 to 0.4, our goal ends at 1, thirty at once take
# some 6 and may take 12, whoever waits hears 503 after 15, and a start is given up after 60.
WAKE_BOUNDS = (0.2, 0.3, 0.4, 0.6, 1.0, 2.0, 4.0, 8.0, 12.0, 15.0, 60.0)
# A worker listens, perhaps two while one takes over from another, and a curious operator.
_MOST_LISTENERS = 16


@dataclass
class Counts:
    born: int = 0
    started: int = 0
    woke: int = 0
    slept: int = 0
    stopped: int = 0
    crashed: int = 0
    failed: int = 0
    asked: int = 0
    # From the request that woke it, or the clock, to its first answer; all wakes together, and the latest.
    wake_seconds: float = 0.0
    last_wake_seconds: float = 0.0


class Wakes:
    """How long wakes took, counted between WAKE_BOUNDS and beyond the last of them."""

    def __init__(self) -> None:
        self._counts = [0] * (len(WAKE_BOUNDS) + 1)
        self._seconds = 0.0

    def count(self, seconds: float) -> None:
        self._counts[bisect_left(WAKE_BOUNDS, seconds)] += 1
        self._seconds += seconds

    def numbers(self) -> Answer:
        return {"counts": self._counts, "seconds": round(self._seconds, 4)}


class Events:
    def __init__(self) -> None:
        self.total = Counts()
        # By who woke it: a person waits for a request's answer, and nobody for the daily waking's.
        self._wakes: dict[str, Wakes] = {"request": Wakes(), "housekeeping": Wakes()}
        # By the code of the failure.
        self._failures: Counter[str] = Counter()
        self._homes: dict[str, Counts] = {}
        self._listeners: list[Reply] = []

    def of(self, name: str) -> Counts:
        return self._homes.setdefault(name, Counts())

    def forget(self, name: str) -> None:
        self._homes.pop(name, None)

    def tell(self, event: Event, name: str, seconds: float | None = None, **more: object) -> None:
        for counts in (self.total, self.of(name)):
            setattr(counts, event, getattr(counts, event) + 1)
            if event == "woke" and seconds is not None:
                counts.wake_seconds += seconds
                counts.last_wake_seconds = round(seconds, 4)
        if event == "woke" and seconds is not None:
            self._wakes[str(more["by"])].count(seconds)
        if "code" in more:
            self._failures[str(more["code"])] += 1
        timed = {} if seconds is None else {"seconds": round(seconds, 4)}
        say(event, "warn" if event in ("crashed", "failed") else "info", home=name, **timed, **more)
        line: Answer = {"event": event, "name": name, "time": datetime.now(UTC).isoformat(timespec="milliseconds")}
        line |= {**timed, **more}
        self._listeners = [listener for listener in self._listeners if listener(line)]

    def listen(self, reply: Reply) -> None:
        """One line an event from now on, until the listener goes. Who does not read is left (status.py)."""
        if len(self._listeners) >= _MOST_LISTENERS:
            reply({"error": f"{_MOST_LISTENERS} listen already"})
        elif reply({"listening": True}):
            self._listeners.append(reply)

    def numbers(self) -> Answer:
        return {
            "total": asdict(self.total),
            "wake_bounds": WAKE_BOUNDS,
            "wakes": {by: wakes.numbers() for by, wakes in self._wakes.items()},
            "failures": dict(self._failures),
            "homes": {name: asdict(counts) for name, counts in self._homes.items()},
        }
