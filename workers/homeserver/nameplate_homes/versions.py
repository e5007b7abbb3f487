"""Synapse versions side by side: the one that the host imported, and Python environments that hold others.

Those lie in one folder, each under its version (SYNAPSE_VERSIONS/1.163.2/bin/python), and are looked for when a home
wants one: a new version can be put there while the host runs.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from .clerk_line import Problem
from .home import Home
from .manifest import Isolation


@dataclass(frozen=True)
class Kind:
    """What a home's process is to be."""

    version: str
    isolation: Isolation
    python: Path


class Versions:
    def __init__(self, folder: Path | None, served: str) -> None:
        self._folder = folder
        self.served = served

    def kind_of(self, home: Home) -> Kind | Problem:
        version = home.synapse or self.served
        if version == self.served:
            return Kind(version, home.isolation, Path(sys.executable))
        python = self.python(version)
        # Only what the host itself imported can be forked from it.
        return Kind(version, "own", python) if python is not None else self.missing(version)

    def python(self, version: str) -> Path | None:
        python = python_of(self._folder, version)
        return python if python is not None and python.exists() else None

    def missing(self, version: str) -> Problem:
        where = f"it is not in {self._folder}" if self._folder else "SYNAPSE_VERSIONS names no folder of others"
        words = f"Synapse {version} is wanted, the host serves {self.served}, and {where}"
        return Problem("no-such-version", words)

    def fits(self, home: Home, kind: Kind) -> bool:
        """Whether its process is what the manifest asks for. If that names no version, any that runs will do."""
        if home.process is None:
            return False
        is_now = home.process.identity
        if home.synapse is None and is_now.version != self.served:
            return True
        if is_now.version == kind.version != self.served and home.isolation == "shared":
            return True  # perhaps forked from the host before this one: cheaper than what we could start now
        return (is_now.version, is_now.isolation) == (kind.version, kind.isolation)


def python_of(folder: Path | None, version: str) -> Path | None:
    return folder / version / "bin" / "python" if folder is not None else None
