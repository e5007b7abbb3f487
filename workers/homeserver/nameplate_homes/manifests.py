"""The folder of manifests as it was last seen: tells what changed since, one home at a time."""

import os
from dataclasses import dataclass

from .layout import Layout
from .manifest import BrokenManifest, Manifest, is_home_name, read_manifest

# Replacing a file changes its inode, editing it in place its time or size.
_Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class Seen:
    """Exactly one of the two, or neither when there is no manifest (any more)."""

    manifest: Manifest | None = None
    broken: str | None = None


class ManifestFolder:
    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._stamps: dict[str, _Stamp] = {}

    def changed(self) -> list[str]:
        """Names whose manifest came, went or changed since the last time. Raises OSError when it cannot be listed."""
        now: dict[str, _Stamp] = {}
        with os.scandir(self._layout.manifests) as entries:
            for entry in entries:
                name, dot, ending = entry.name.rpartition(".")
                # Anything else in the folder, such as a file being written, is not a manifest.
                if dot and ending == "yaml" and is_home_name(name):
                    now[name] = _stamp(entry.stat())
        before = self._stamps
        self._stamps = now
        return [name for name in before.keys() | now.keys() if before.get(name) != now.get(name)]

    def read(self, name: str) -> Seen:
        path = self._layout.manifest(name)
        try:
            self._stamps[name] = _stamp(path.stat())
        except FileNotFoundError:
            self._stamps.pop(name, None)
            return Seen()
        try:
            return Seen(manifest=read_manifest(path))
        except BrokenManifest as problem:
            return Seen(broken=str(problem))


def _stamp(status: os.stat_result) -> _Stamp:
    return status.st_mtime_ns, status.st_ino, status.st_size
