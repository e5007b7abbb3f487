"""Makes one backup of one home, running or asleep, and reads it back."""

import fcntl
import json
import os
import time
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

import psycopg2

from ..database import Cluster, DatabaseProblem
from ..files import read_if_there
from ..layout import HomeFiles, Layout
from ..process import last_version
from .archive import (
    FORMAT,
    MEDIA_FOLDERS,
    Contents,
    End,
    contents_text,
    end_of_tar,
    member,
)
from .crypt import encrypt
from .dump import Snapshot, dump, snapshot
from .problem import BackupProblem
from .settings import BackupSettings
from .state import write_failure, write_success
from .store import Sink, Store, archive_key

_READ_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Made:
    archive: str
    size: int
    seconds: float


def backup_home(layout: Layout, cluster: Cluster, settings: BackupSettings, store: Store, name: str) -> Made:
    """Raises BackupProblem, after it was noted in the home's state. What failed is in no list of archives."""
    now, begun = datetime.now(UTC), time.monotonic()
    try:
        with _alone(layout.home(name)):
            key = archive_key(name, now)
            size = _write_and_read_back(layout, cluster, settings, store, name, now, key)
            made = Made(key, size, time.monotonic() - begun)
            write_success(layout, name, now, key, size, made.seconds)
            return made
    except (BackupProblem, DatabaseProblem, psycopg2.Error, OSError, ValueError) as problem:
        reason = " ".join(str(problem).split())
        write_failure(layout, name, now, reason)
        raise BackupProblem(f"{name} was not backed up: {reason}") from problem


@contextmanager
def _alone(files: HomeFiles) -> Iterator[None]:
    try:
        lock = os.open(files.folder / "backup.lock", os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except FileNotFoundError as error:
        raise BackupProblem("there is no such home here") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise BackupProblem("another backup of it is under way") from error
    finally:
        os.close(lock)


def _write_and_read_back(
    layout: Layout, cluster: Cluster, settings: BackupSettings, store: Store, name: str, now: datetime, key: str
) -> int:
    with closing(_pieces(layout, cluster, name, now)) as pieces, store.put(key) as place:
        written = _Hashing(place)
        encrypt(pieces, written, settings.recipients)
    read = sha256()
    with store.get(key) as source:
        while part := source.read(_READ_BYTES):
            read.update(part)
    if read.digest() != written.hash.digest():
        store.delete(key)
        raise BackupProblem("the archive read back is not what was written; it was deleted")
    return written.size


class _Hashing:
    def __init__(self, into: Sink) -> None:
        self._into = into
        self.hash = sha256()
        self.size = 0

    def write(self, part: bytes) -> int:
        self.hash.update(part)
        self.size += len(part)
        self._into.write(part)
        return len(part)

    def flush(self) -> None:
        self._into.flush()


def _pieces(layout: Layout, cluster: Cluster, name: str, now: datetime) -> Generator[bytes, None, None]:
    """The whole plain archive, piece by piece. The database first: whatever it names is then in the media folder."""
    files, when, end = layout.home(name), int(now.timestamp()), End()
    record, signing_key = read_if_there(files.record), read_if_there(files.signing_key)
    if record is None or signing_key is None:
        raise BackupProblem("it has no record or no signing key yet")
    database = json.loads(record)["database"]

    def file(path: str, content: bytes) -> Iterator[bytes]:
        return member(path, len(content), iter((content,)), when)

    with snapshot(cluster, database) as seen:
        yield from file("backup.json", contents_text(_contents(files, name, database, now, signing_key, seen)))
        for inside, path in (
            ("manifest.json", layout.manifest(name)),
            ("secrets.json", files.secrets / "secrets.json"),
        ):
            text = read_if_there(path)
            if text is not None:
                yield from file(inside, text.encode())
        yield from file("signing.key", signing_key.encode())
        for number, piece in enumerate(dump(cluster.admin_connection(database), seen.id)):
            end.database_bytes += len(piece)
            yield from file(f"database/{number:05}", piece)
    yield from _media(files.media, end)
    yield from file("end.json", json.dumps(asdict(end)).encode())
    yield end_of_tar()


def _contents(files: HomeFiles, name: str, database: str, now: datetime, signing_key: str, seen: Snapshot) -> Contents:
    return Contents(
        format=FORMAT,
        name=name,
        database=database,
        made=now.isoformat(),
        synapse=last_version(files) or version("matrix-synapse"),
        schema=seen.schema,
        key_id=key_id(signing_key),
        counts=seen.counts,
    )


def key_id(signing_key: str) -> str:
    """As the world sees it, of a key file in Synapse's format."""
    return ":".join(signing_key.split()[:2])


def _media(media: Path, end: End) -> Iterator[bytes]:
    for kind in MEDIA_FOLDERS:
        for folder, folders, names in os.walk(media / kind):
            folders.sort()
            for name in sorted(names):
                path = Path(folder, name)
                try:
                    file = path.open("rb")
                except FileNotFoundError:
                    continue  # deleted a moment ago
                with file:
                    status = os.fstat(file.fileno())
                    end.media_files += 1
                    end.media_bytes += status.st_size
                    inside = f"media/{path.relative_to(media)}"
                    yield from member(inside, status.st_size, _read(file, status.st_size), int(status.st_mtime))


def _read(file: BinaryIO, size: int) -> Iterator[bytes]:
    """So many bytes and no more: a file that is being written grows."""
    while size > 0 and (part := file.read(min(size, _READ_BYTES))):
        size -= len(part)
        yield part
