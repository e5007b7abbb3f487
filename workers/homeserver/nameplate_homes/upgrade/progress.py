"""Where an upgrade stands, in HOMES_FOLDER/upgrade.json: an upgrade that was killed goes on from there."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ..files import read_if_there, write_private
from ..layout import Layout
from .schema import Schema


@dataclass
class Moving:
    """The home that is being moved, noted before its manifest changes."""

    name: str
    came_from: str
    before: Schema
    backup: str | None


@dataclass
class Progress:
    to: str
    moving: Moving | None = None
    # Why it stopped, if it did.
    stopped: str | None = None
    # With the gap in seconds.
    moved: dict[str, float] = field(default_factory=dict)


def progress_file(layout: Layout) -> Path:
    return layout.settings.homes_folder / "upgrade.json"


class ProgressFile:
    def __init__(self, layout: Layout) -> None:
        self._path = progress_file(layout)

    def read(self, to: str) -> Progress:
        """Of the upgrade to this version; a fresh one if there is none."""
        text = read_if_there(self._path)
        if text is None:
            return Progress(to)
        said = json.loads(text)
        moving = said.pop("moving")
        if said["to"] != to:
            return Progress(to)
        if moving is not None:
            moving = Moving(**{**moving, "before": Schema(**moving["before"])})
        return Progress(**said, moving=moving)

    def write(self, progress: Progress) -> None:
        write_private(self._path, json.dumps(asdict(progress)))
