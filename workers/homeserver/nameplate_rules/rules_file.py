"""The rules' file, which the host writes, and the last good copy, which the home keeps: looked at every two seconds.

A file that is missing or broken changes nothing: the last good rules go on, also after a start. A home with children
and no rules at all does not start, for it would hold nobody back; the host then writes the file anew.
"""

import logging
import os
from pathlib import Path

from .rules import BrokenRules, Rules, parse_rules

logger = logging.getLogger(__name__)

# How often the file is looked at.
LOOK_EVERY_SECONDS = 2
Version = tuple[int, int, int]


class RulesFile:
    def __init__(self, path: Path, kept: Path) -> None:
        """`kept` is where this home may write its copy."""
        self._path = path
        self._kept = kept
        self._seen: Version | None = None
        self.rules = self._begin()

    def _begin(self) -> Rules:
        reasons = []
        for path in (self._path, self._kept):
            try:
                text = path.read_bytes()
                rules = parse_rules(text)
            except (OSError, BrokenRules) as problem:
                reasons.append(f"{path.name}: {problem}")
                continue
            if path == self._path:
                self._seen = _version(path)
                self._keep(text)
            return rules
        raise BrokenRules(f"there are no rules for the children of this home: {'; '.join(reasons)}")

    def look(self) -> bool:
        """Whether other rules hold from now on."""
        version = _version(self._path)
        if version is None or version == self._seen:
            return False
        # Also when it is broken: one warning a file, not one every two seconds.
        self._seen = version
        try:
            text = self._path.read_bytes()
            rules = parse_rules(text)
        except (OSError, BrokenRules) as problem:
            logger.warning("The children's rules stay as they were: %s", problem)
            return False
        changed = rules != self.rules
        self.rules = rules
        self._keep(text)
        return changed

    def _keep(self, text: bytes) -> None:
        fresh = self._kept.with_name(f"{self._kept.name}.new")
        try:
            if self._kept.exists() and self._kept.read_bytes() == text:
                return
            fresh.write_bytes(text)
            fresh.replace(self._kept)
        except OSError as problem:  # a full disk: the rules hold all the same
            logger.warning("No copy of the children's rules could be kept: %s", problem)


def _version(path: Path) -> Version | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size
