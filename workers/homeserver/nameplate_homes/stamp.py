"""Whether what the clerk prepared for a home still fits: a wake then needs no clerk, which saves it some 50 ms."""

import hashlib
import os
from dataclasses import asdict
from pathlib import Path

from . import config
from .files import read_if_there, write_private
from .layout import HomeFiles
from .manifest import Manifest
from .settings import Settings


def stamp(manifest: Manifest, files: HomeFiles, settings: Settings, version: str) -> str:
    """Of everything that a home's configuration is made from. Secrets are told apart by their files' times."""
    wanted = {key: value for key, value in asdict(manifest).items() if key not in ("want", "sleep")}
    # A home without its key must not start: Synapse would make another.
    made_of = [files.secrets / "secrets.json", files.signing_key, files.config, files.log_config, files.rules]
    if settings.edge_ca_file is not None:
        made_of.append(settings.edge_ca_file)
    # Not root any more, or root now: files change their owner.
    parts = (version, wanted, settings, _code, os.geteuid() == 0, *map(_time, made_of))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def is_prepared(files: HomeFiles, wanted: str) -> bool:
    return files.config.exists() and read_if_there(files.prepared) == wanted


def keep_stamp(files: HomeFiles, made: str) -> None:
    write_private(files.prepared, made)


def _time(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino


# How a configuration is written changes with our own code.
_code = hashlib.sha256(Path(config.__file__).read_bytes()).hexdigest()
