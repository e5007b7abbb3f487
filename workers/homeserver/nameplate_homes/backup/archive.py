"""The archive's form: one tar stream, in this order, all of it encrypted with age (NAME/TIME.tar.age).

backup.json            whose, when, by which Synapse, and what is in it (Contents)
manifest.json          the home's manifest
secrets.json           what the worker handed over
signing.key            as Synapse reads it
database/00000 ...     pg_dump's custom format in pieces, for its length is not known when it begins
media/local_content/... media/local_thumbnails/...
end.json               what was written: an archive without it is not whole
"""

import json
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

FORMAT = 1
DATABASE_PIECE_BYTES = 4 * 1024 * 1024
# Media of our own people, and what can only be made from them. Everything else in the folder is fetched again.
MEDIA_FOLDERS = ("local_content", "local_thumbnails")


@dataclass(frozen=True)
class Message:
    """One message that must be readable after a restore, known by the hash of its content only."""

    room: str
    event: str
    content_sha256: str


@dataclass(frozen=True)
class Counts:
    users: int
    rooms: int
    events: int
    media: int
    message: Message | None


@dataclass(frozen=True)
class Contents:
    """What backup.json holds."""

    format: int
    name: str
    database: str
    made: str
    synapse: str
    schema: int
    key_id: str
    counts: Counts


@dataclass
class End:
    """What end.json holds."""

    database_bytes: int = 0
    media_files: int = 0
    media_bytes: int = 0


def contents_text(contents: Contents) -> bytes:
    return json.dumps(asdict(contents), indent=1).encode()


def read_contents(text: bytes) -> Contents:
    """Raises ValueError, KeyError or TypeError when it is not as `contents_text` writes it."""
    given: dict[str, Any] = json.loads(text)
    counts: dict[str, Any] = given.pop("counts")
    message = counts.pop("message")
    return Contents(**given, counts=Counts(**counts, message=Message(**message) if message else None))


def member(name: str, size: int, body: Iterator[bytes], when: int) -> Iterator[bytes]:
    """One file of a tar stream. The body must yield `size` bytes."""
    head = tarfile.TarInfo(name)
    head.size, head.mtime, head.mode = size, when, 0o600
    yield head.tobuf(tarfile.PAX_FORMAT)
    written = 0
    for part in body:
        written += len(part)
        yield part
    if written != size:
        raise ValueError(f"{name} has {written} bytes instead of {size}")
    yield bytes(-size % tarfile.BLOCKSIZE)


def end_of_tar() -> bytes:
    return bytes(2 * tarfile.BLOCKSIZE)
