"""Writing files so that a crash leaves the old one or the new one, and nothing is written that is there already."""

import os
import re
import sys
from functools import cache
from pathlib import Path

from .home_log import without_values
from .settings import Owner

# The name of an error and its words, such as "psycopg2.errors.DuplicateTable: relation "x" already exists".
_ERROR = re.compile(r"(?:\w+\.)+[A-Z]\w+:.*|[A-Z]\w+(?:Error|Exception): .+")


def read_if_there(path: Path) -> str | None:
    try:
        return path.read_text()
    except FileNotFoundError:
        return None


def write_private(path: Path, text: str, reader: Owner | None = None) -> bool:
    """Make the file hold `text`, mode 0600, for `reader` alone; tell whether that took a write."""
    if read_if_there(path) == text:
        if reader is not None and path.stat().st_uid != reader.uid:
            os.chown(path, reader.uid, reader.gid)
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


def make_folder(path: Path, mode: int, uid: int | None = None, gid: int | None = None) -> None:
    """The folder with this mode, and as root with this owner; whatever it was before."""
    path.mkdir(mode=mode, exist_ok=True)
    status = path.stat()
    if status.st_mode & 0o7777 != mode:
        path.chmod(mode)
    if os.geteuid() == 0 and (status.st_uid, status.st_gid) != (uid or 0, gid or 0):
        os.chown(path, uid or 0, gid or 0)


def close_to_others(path: Path) -> None:
    """Whoever made it, and whatever its owner and group may do: nobody else lists or passes it."""
    mode = path.stat().st_mode & 0o7777
    if mode & 0o007:
        path.chmod(mode & ~0o007)


def hand_over(path: Path, owner: Owner) -> None:
    """Everything below becomes the owner's; the folder last, so that its own owner tells whether that was finished."""
    if path.stat().st_uid == owner.uid:
        return
    for folder, _, names in os.walk(path, topdown=False):
        for name in names:
            os.chown(Path(folder, name), owner.uid, owner.gid, follow_symlinks=False)
        os.chown(folder, owner.uid, owner.gid)


def dress_socket(path: Path, edge_gid: int | None) -> None:
    """For the host that made it: open to its own user and to the edge's group, and to no home, not even the one behind.

    A home is handed the listening socket open; who connects to it can act as a client of it, or as its administrator.
    """
    if edge_gid is not None:
        os.chown(path, -1, edge_gid)
    path.chmod(0o600 if edge_gid is None else 0o660)


def last_line(path: Path, most: int = 300) -> str:
    """What was written last, so many letters at most; a traceback's last line names the error.

    Synapse frames what went wrong at its start with stars: there it is the last line of the traceback within.
    """
    try:
        with path.open("rb") as file:
            # Some more than the line itself: empty ones may follow it.
            file.seek(max(0, path.stat().st_size - most - 4096))
            lines = without_values(file.read().decode(errors="replace")).strip().splitlines()
    except OSError:
        return ""
    if lines and lines[-1].startswith("**"):
        lines = [line for line in lines if _ERROR.fullmatch(line.strip())] or lines
    return lines[-1].strip()[:most] if lines else ""


@cache
def closed_folder(homes: Path, python: Path | None = None) -> Path | None:
    """The first folder on the way to homes, to Python or to this package through which only its own user may pass."""
    for path in (homes, python.parent if python else Path(sys.prefix), Path(__file__).parent):
        for folder in reversed([path, *path.parents]):
            if folder.is_dir() and not folder.stat().st_mode & 0o001:
                return folder
    return None
