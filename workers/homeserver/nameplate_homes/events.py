"""What happened to homes: counted for the metrics, and told as it happens to whoever listens."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Literal

from .log import say
from .status import Answer, Reply

Event = Literal["born", "started", "woke", "slept", "stopped", "crashed", "failed"]
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
    # From the request that woke it, or the clock, to its first answer; all wakes together, and the latest.
    wake_seconds: float = 0.0
    last_wake_seconds: float = 0.0


class Events:
    def __init__(self) -> None:
        self.total = Counts()
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
        return {"total": asdict(self.total), "homes": {name: asdict(counts) for name, counts in self._homes.items()}}
