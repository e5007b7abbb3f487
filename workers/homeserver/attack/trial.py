"""One attack: what it is called, what it is tried on, and what came of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from .world import Target, World

# Of an attack, held: nothing came of it. through: something did. impossible: something did, and no server could have
# stopped it. Of what is allowed: works or lost. broken: it could not be tried.
Outcome = Literal["held", "through", "impossible", "broken", "works", "lost"]


@dataclass
class Trial:
    """What an attack says of itself while it runs."""

    leaks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)
    took: float | None = None
    # Of a child's encrypted messages: how many a stranger's app was given, and how many it opened.
    seen: int = 0
    opened: int = 0

    def begin(self) -> None:
        """The attack proper begins here: what came before was making ready."""
        self.begun = time.monotonic()

    def end(self) -> None:
        """It is decided now; what follows only looks."""
        self.took = time.monotonic() - self.begun

    def leak(self, what: str, is_so: object = True) -> None:
        """Something that was to be kept apart and was not."""
        if is_so:
            self.leaks.append(what)

    def saw(self, seen: int, opened: int) -> None:
        self.seen += seen
        self.opened += opened

    def note(self, what: str) -> None:
        self.notes.append(what)


Work = Callable[["World", "Target", Trial], None]


@dataclass(frozen=True)
class Attack:
    sentence: str
    work: Work
    # Why no server can stop it; such a one may leak and is said so.
    impossible: str | None
    # Which children of world.py it is tried on.
    on: tuple[str, ...]
    # No attack, but what must go on all the same.
    is_usual: bool = False


attacks: list[Attack] = []


def attack(
    sentence: str, *, on: tuple[str, ...] = ("mia", "leo"), impossible: str | None = None
) -> Callable[[Work], Work]:
    def add(work: Work) -> Work:
        attacks.append(Attack(sentence, work, impossible, on))
        return work

    return add


def usual(sentence: str, *, on: tuple[str, ...] = ("mia", "leo")) -> Callable[[Work], Work]:
    def add(work: Work) -> Work:
        attacks.append(Attack(sentence, work, None, on, is_usual=True))
        return work

    return add
