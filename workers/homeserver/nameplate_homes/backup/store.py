"""Where archives lie: a folder or a bucket, both of which show an archive only when it is whole."""

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from .settings import Bucket, Place

_KEY = re.compile(r"([a-z0-9.-]+)/(\d{8}T\d{6}\.\d{3}Z)\.tar\.age")
_TIME = "%Y%m%dT%H%M%S.%fZ"


@dataclass(frozen=True)
class Kept:
    """One archive in a store. Its key is NAME/TIME.tar.age."""

    key: str
    name: str
    made: datetime
    size: int


class Sink(Protocol):
    def write(self, part: bytes, /) -> int: ...
    def flush(self) -> None: ...


class Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Store(Protocol):
    def put(self, key: str) -> AbstractContextManager[Sink]:
        """The archive is there when the block ends, and nothing is when it ends by an exception."""

    def get(self, key: str) -> AbstractContextManager[Source]: ...

    def archives(self, name: str | None = None) -> Sequence[Kept]:
        """Whole archives, the oldest first; of one name, or of all."""

    def delete(self, key: str) -> None: ...

    def tidy(self) -> None:
        """Take away what interrupted writes of more than a day ago left."""


def open_store(place: Place) -> Store:
    if isinstance(place, Bucket):
        # Loaded where it is needed: 25 MB that a folder has no use for.
        from .s3_store import S3Store

        return S3Store(place)
    from .folder_store import FolderStore

    return FolderStore(place)


def archive_key(name: str, made: datetime) -> str:
    """To the millisecond: strftime writes six digits of a second, of which three are kept."""
    moment = made.astimezone(UTC).strftime(_TIME)
    return f"{name}/{moment[:-4]}Z.tar.age"


def read_key(key: str, size: int) -> Kept | None:
    """None: whatever this is, it is no archive of ours."""
    found = _KEY.fullmatch(key)
    if found is None:
        return None
    return Kept(key, found[1], datetime.strptime(found[2], _TIME).replace(tzinfo=UTC), size)
