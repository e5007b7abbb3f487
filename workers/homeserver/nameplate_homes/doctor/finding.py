"""One thing that was looked at, in words for a person."""

from dataclasses import dataclass
from typing import Literal

# note: worth knowing, and nobody has to do anything. unseen: it could not be looked at, for the reason in words.
Level = Literal["well", "note", "unseen", "wrong"]


@dataclass(frozen=True)
class Finding:
    what: str
    level: Level
    words: str
    # The next thing to do, in one sentence; only where something is wrong.
    do: str = ""


def well(what: str, words: str) -> Finding:
    return Finding(what, "well", words)


def note(what: str, words: str) -> Finding:
    return Finding(what, "note", words)


def unseen(what: str, words: str) -> Finding:
    return Finding(what, "unseen", words)


def wrong(what: str, words: str, do: str) -> Finding:
    return Finding(what, "wrong", words, do)
