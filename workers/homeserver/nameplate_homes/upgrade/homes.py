"""Which homes there are to move, and in which order."""

from dataclasses import dataclass
from typing import Any

from ..layout import Layout
from ..manifest import BrokenManifest, read_manifest
from ..process import last_version


@dataclass(frozen=True)
class Known:
    """A home as the host and its files tell of it."""

    name: str
    database: str
    # running, asleep, stopped, failed ...
    state: str
    # The Synapse version that it runs on, or last ran on; None for one that never ran.
    version: str | None
    wish: str | None
    # Unix time of its latest use, 0 for one that nobody used.
    used: float


def known_homes(layout: Layout, listed: list[dict[str, Any]]) -> list[Known]:
    """Those that the host lists and that have a manifest, least recently used first."""
    found = (known_home(layout, one) for one in listed)
    return sorted((one for one in found if one is not None), key=lambda one: (one.used, one.name))


def known_home(layout: Layout, listed: dict[str, Any]) -> Known | None:
    name = str(listed["name"])
    files = layout.home(name)
    try:
        manifest = read_manifest(layout.manifest(name))
    except BrokenManifest:
        return None
    try:
        used = files.used.stat().st_mtime
    except OSError:
        used = 0.0
    version = listed.get("version") or last_version(files)
    return Known(name, manifest.database, str(listed["state"]), version, manifest.synapse, used)
