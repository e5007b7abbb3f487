"""Archives in a folder, for instance a mounted disk of another machine."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from .problem import BackupProblem
from .store import Kept, read_key

# Its ending is no archive's: an interrupted one never looks like a backup.
_PARTIAL = ".partial"
_FORGOTTEN_SECONDS = 86_400


class FolderStore:
    def __init__(self, root: Path) -> None:
        self._root = root

    @contextmanager
    def put(self, key: str) -> Iterator[BinaryIO]:
        whole = self._root / key
        whole.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = whole.with_name(f"{whole.name}.{uuid4().hex[:8]}{_PARTIAL}")
        try:
            with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            partial.rename(whole)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        for folder in (whole.parent, self._root):
            _sync_folder(folder)

    @contextmanager
    def get(self, key: str) -> Iterator[BinaryIO]:
        try:
            file = (self._root / key).open("rb")
        except FileNotFoundError as error:
            raise BackupProblem(f"there is no archive {key} in {self._root}") from error
        with file:
            yield file

    def archives(self, name: str | None = None) -> Sequence[Kept]:
        found = (read_key(str(path.relative_to(self._root)), path.stat().st_size) for path in self._files(name))
        return sorted((kept for kept in found if kept is not None), key=lambda kept: (kept.made, kept.name))

    def delete(self, key: str) -> None:
        (self._root / key).unlink(missing_ok=True)

    def tidy(self) -> None:
        for path in self._files(None):
            if path.name.endswith(_PARTIAL) and time.time() - path.stat().st_mtime > _FORGOTTEN_SECONDS:
                path.unlink(missing_ok=True)

    def _files(self, name: str | None) -> list[Path]:
        return list(self._root.glob(f"{name or '*'}/*"))


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
