"""What tests do with archives: change what is in one, and look whether anything was changed by one."""

import tarfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pyrage
from pyrage import x25519

from .keeper import Keeper
from .running_host import RunningHost, query


def everything(host: RunningHost) -> object:
    """What a restore could change: databases, roles, and every file with its time."""
    databases = query("SELECT datname FROM pg_database WHERE NOT starts_with(datname, 'spare_')")
    roles = query("SELECT rolname FROM pg_roles")
    files = {
        str(path): path.stat().st_mtime_ns
        for folder in ("homes", "manifests", "secrets", "restoring", "drilling")
        for path in (host.homes_folder / folder).rglob("*")
        if path.is_file() and "/logs/" not in str(path) and path.name not in ("home.lock", "lock")
    }
    return sorted(databases), sorted(roles), files


def rewritten(keeper: Keeper, archive: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The same archive with other content, whole and encrypted to the same key."""
    inside = keeper.opened(archive)
    change(inside)
    plain = BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        for name, body in inside.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(body)
            tar.addfile(entry, BytesIO(body))
    fresh = keeper.folder / f"{archive.name}.changed"
    fresh.write_bytes(pyrage.encrypt(plain.getvalue(), [x25519.Recipient.from_str(keeper.recipient)]))
    return fresh


def fewer(inside: dict[str, bytes]) -> None:
    del inside[next(name for name in inside if name.startswith("media/local_content"))]
