"""Says in a home's manifest which Synapse version it is to run on; everything else in it stays."""

import json

import yaml

from ..files import write_private
from ..layout import Layout


def wish(layout: Layout, name: str, version: str | None) -> None:
    """None: whichever the host serves."""
    path = layout.manifest(name)
    manifest = yaml.safe_load(path.read_text())
    before = dict(manifest)
    if version is None:
        manifest.pop("synapse", None)
    else:
        manifest["synapse"] = version
    if manifest != before:
        write_private(path, f"{json.dumps(manifest)}\n")
