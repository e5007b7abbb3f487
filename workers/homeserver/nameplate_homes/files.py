"""Writing files so that a crash leaves the old one or the new one, and nothing is written that is there already."""

import os
from pathlib import Path

from .settings import Owner


def read_if_there(path: Path) -> str | None:
    try:
        return path.read_text()
    except FileNotFoundError:
        return None


def write_private(path: Path, text: str, reader: Owner | None = None) -> bool:
    """Make the file hold `text`, mode 0600, for `reader` alone; tell whether that took a write."""
    if read_if_there(path) == text:
        return False
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        if reader is not None:
            os.fchown(handle, reader.uid, reader.gid)
        file.flush()
        os.fsync(handle)
    fresh.rename(path)
    return True


def make_folder(path: Path, mode: int, owner: Owner | None = None) -> None:
    path.mkdir(mode=mode, exist_ok=True)
    if owner is not None and path.stat().st_uid != owner.uid:
        os.chown(path, owner.uid, owner.gid)
