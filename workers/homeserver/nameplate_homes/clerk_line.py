"""The parent's end of the line to the clerk: questions go out, answers call back, nothing waits."""

import json
import socket
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import Any, Literal

from .loop import Loop
from .manifest import Manifest

Errand = Literal["prepare", "remove", "owes", "become"]


@dataclass(frozen=True)
class Problem:
    """Why a home is not as wanted: `code` for programs, `reason` for staff."""

    code: str
    reason: str


Done = Callable[[Problem | None], None]
# How much of each kind the home owes to other servers (owes.py).
Owed = dict[str, int]


class ClerkLine:
    def __init__(self, loop: Loop, line: socket.socket, lost: Callable[[], None]) -> None:
        line.setblocking(False)
        self._loop = loop
        self._line = line
        self._lost = lost
        self._numbers = count()
        self._waiting: dict[int, Callable[[Problem | None, dict[str, Any]], None]] = {}
        self._heard = b""
        self._unsaid = b""
        self._over = False
        loop.watch(line.fileno(), self._hear)

    def ask(self, errand: Errand, name: str, manifest: Manifest | None, done: Done) -> None:
        self._ask(errand, name, manifest, lambda problem, _: done(problem))

    def ask_owed(self, manifest: Manifest, done: Callable[[Problem | None, Owed], None]) -> None:
        self._ask("owes", manifest.name, manifest, lambda problem, answer: done(problem, answer.get("owed", {})))

    def ask_last(self, python: Path, done: Done) -> None:
        """Have the clerk go on in another interpreter. It finishes what it has; nothing more is asked of it by us."""
        self._ask("become", str(python), None, lambda problem, _: done(problem))
        self._over = True

    def _ask(
        self,
        errand: Errand,
        name: str,
        manifest: Manifest | None,
        done: Callable[[Problem | None, dict[str, Any]], None],
    ) -> None:
        if self._over:
            return
        number = next(self._numbers)
        self._waiting[number] = done
        wanted = asdict(manifest) if manifest is not None else None
        question = {"id": number, "do": errand, "name": name, "manifest": wanted}
        self._unsaid += json.dumps(question).encode() + b"\n"
        self._speak()

    def _speak(self) -> None:
        try:
            self._unsaid = self._unsaid[self._line.send(self._unsaid) :]
        except BlockingIOError:
            pass
        except OSError:
            self._lost()
            return
        self._loop.watch(self._line.fileno(), self._hear, self._speak if self._unsaid else None)

    def _hear(self) -> None:
        try:
            part = self._line.recv(65_536)
        except OSError:
            part = b""
        if not part:
            self._loop.unwatch(self._line.fileno())
            self._lost()
            return
        *lines, self._heard = (self._heard + part).split(b"\n")
        for line in lines:
            answer = json.loads(line)
            problem = Problem(answer["code"], answer["reason"]) if "code" in answer else None
            self._waiting.pop(answer["id"])(problem, answer)
