"""Reads an archive once, and lays it out in a folder and a database that nobody uses yet."""

import json
import re
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from .archive import FORMAT, MEDIA_FOLDERS, Contents, End, read_contents
from .problem import BackupProblem

# What may be in a small file of ours; more is none of them.
_LARGEST_TEXT = 65_536
_TEXTS = ("backup.json", "manifest.json", "secrets.json", "signing.key", "end.json")
_MEDIA = re.compile(rf"media/(?:{'|'.join(MEDIA_FOLDERS)})(?:/[A-Za-z0-9_][A-Za-z0-9_.+-]*)+")
_PIECE = re.compile(r"database/\d{5,}")


@dataclass(frozen=True)
class Unpacked:
    contents: Contents
    manifest: str | None
    secrets: str | None
    signing_key: str
    media: Path
    media_files: int


def unpack(
    plain: BinaryIO,
    folder: Path,
    check: Callable[[Contents], None],
    load: Callable[[], AbstractContextManager[IO[bytes]]],
) -> Unpacked:
    """`check` sees the contents before anything is written and may raise; `load` opens where the dump goes.

    Raises BackupProblem unless the archive is whole.
    """
    try:
        with tarfile.open(fileobj=plain, mode="r|") as tar:
            return _Unpacking(tar, folder, check, load).run()
    except (tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise BackupProblem(f"this is no archive of ours, or not all of one: {error}") from error


class _Unpacking:
    def __init__(
        self,
        tar: tarfile.TarFile,
        folder: Path,
        check: Callable[[Contents], None],
        load: Callable[[], AbstractContextManager[IO[bytes]]],
    ) -> None:
        self._tar = tar
        self._folder = folder
        self._check = check
        self._load = load
        self._texts: dict[str, bytes] = {}
        self._seen = End()

    def run(self) -> Unpacked:
        contents = self._read_contents()
        with ExitStack() as loading:
            into: IO[bytes] | None = None
            for entry in self._files():
                if _PIECE.fullmatch(entry.name):
                    into = into or loading.enter_context(self._load())
                    self._seen.database_bytes += entry.size
                    self._copy(entry, into)
                elif _MEDIA.fullmatch(entry.name):
                    # All of the dump has been read: the tool may end, and say whether it was content.
                    loading.close()
                    self._take_media(entry)
                else:
                    self._take_text(entry)
        if "end.json" not in self._texts or End(**json.loads(self._texts["end.json"])) != self._seen:
            raise BackupProblem("the archive is not whole: its last page is missing or tells of something else")
        manifest, secrets = self._texts.get("manifest.json"), self._texts.get("secrets.json")
        return Unpacked(
            contents=contents,
            manifest=None if manifest is None else manifest.decode(),
            secrets=None if secrets is None else secrets.decode(),
            signing_key=self._texts["signing.key"].decode(),
            media=self._folder / "media",
            media_files=self._seen.media_files,
        )

    def _read_contents(self) -> Contents:
        first = self._tar.next()
        if first is None or first.name != "backup.json":
            raise BackupProblem("this is no archive of ours: it does not begin with its contents")
        self._take_text(first)
        stated = json.loads(self._texts["backup.json"]).get("format")
        if stated != FORMAT:
            raise BackupProblem(f"the archive has the form {stated}, and this program reads {FORMAT}")
        contents = read_contents(self._texts["backup.json"])
        self._check(contents)
        return contents

    def _files(self) -> Iterator[tarfile.TarInfo]:
        while (entry := self._tar.next()) is not None:
            if not entry.isreg():
                raise BackupProblem(f"the archive holds something that is no file: {entry.name[:100]}")
            yield entry

    def _take_text(self, entry: tarfile.TarInfo) -> None:
        if entry.name not in _TEXTS or entry.size > _LARGEST_TEXT:
            raise BackupProblem(f"the archive holds a file that does not belong there: {entry.name[:100]}")
        self._texts[entry.name] = self._body(entry).read()

    def _take_media(self, entry: tarfile.TarInfo) -> None:
        path = self._folder / entry.name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("xb") as file:
            self._copy(entry, file)
        self._seen.media_files += 1
        self._seen.media_bytes += entry.size

    def _copy(self, entry: tarfile.TarInfo, into: IO[bytes]) -> None:
        shutil.copyfileobj(self._body(entry), into)

    def _body(self, entry: tarfile.TarInfo) -> IO[bytes]:
        body = self._tar.extractfile(entry)
        if body is None:
            raise BackupProblem(f"the archive holds something that is no file: {entry.name[:100]}")
        return body
