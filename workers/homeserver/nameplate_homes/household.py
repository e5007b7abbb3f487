"""The rules of a household, as its home is given them."""

import json

from .files import hand_over, write_private
from .layout import HomeFiles
from .manifest import Manifest
from .settings import Owner


def settle_rules(manifest: Manifest, files: HomeFiles, owner: Owner | None) -> None:
    """Written whole, and read by the home itself within two seconds: no restart."""
    if not manifest.has_children:
        return
    files.household.mkdir(mode=0o700, exist_ok=True)
    if owner is not None:
        hand_over(files.household, owner)
    write_private(files.rules, json.dumps(manifest.household), owner)


def forget_rules(manifest: Manifest, files: HomeFiles) -> None:
    """Of a household whose last child grew up: once no configuration names them any more."""
    if not manifest.has_children:
        files.rules.unlink(missing_ok=True)
