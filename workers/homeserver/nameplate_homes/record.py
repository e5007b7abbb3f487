"""What is written down of a home before anything of it is made, and never changes: its database and its Unix user."""

import json
import os
import pwd
import threading
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

from .files import closed_folder, read_if_there, write_private
from .layout import HomeFiles, Layout
from .settings import Owner


class RecordProblem(Exception):
    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True)
class Record:
    name: str
    database: str
    # None where the host does not run as root: then every home runs as the host's own user.
    uid: int | None = None


def read_record(files: HomeFiles) -> Record | None:
    text = read_if_there(files.record)
    return None if text is None else Record(**json.loads(text))


def owner_of(files: HomeFiles, python: Path | None = None) -> Owner | None:
    """Whom the home's process becomes. As root there is always somebody: no home ever runs as root."""
    record = read_record(files)
    if record is not None and record.uid is not None and os.geteuid() == 0:
        return Owner(record.uid, closed_folder(files.folder.parent, python) is not None)
    if os.geteuid() == 0:
        raise RecordProblem("no-user", "no Unix user is written down for this home")
    return None


class RecordBook:
    """Keeps the records, and gives each home a Unix user of its own. One a clerk; its threads share it.

    The next number is written down before it is used, so a crash wastes one and gives none away twice. Numbers of homes
    that are gone come round again only when the whole range has been used.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._lock = threading.Lock()
        known = (read_record(layout.home(folder.name)) for folder in layout.homes.iterdir() if folder.is_dir())
        self._taken = {record.uid for record in known if record is not None and record.uid is not None}

    def keep(self, name: str, database: str) -> Record:
        files = self._layout.home(name)
        with self._lock:
            record = read_record(files)
            if record is not None and record.database != database:
                raise RecordProblem("database", f"{name} lives in the database {record.database}, not in {database}")
            uid = record.uid if record is not None else None
            if uid is None and os.geteuid() == 0:
                uid = self._next_uid()
            fresh = Record(name, database, uid)
            if fresh != record:
                write_private(files.record, json.dumps(asdict(fresh)))
            return fresh

    def forget(self, record: Record) -> None:
        """Its folder is gone."""
        with self._lock:
            self._taken.discard(record.uid or 0)

    def _next_uid(self) -> int:
        uids = self._layout.settings.tenant_uids
        written = read_if_there(self._layout.next_uid)
        first = int(written) if written is not None and int(written) in uids else uids.start
        for uid in chain(range(first, uids.stop), range(uids.start, first)):
            if uid not in self._taken and not _is_somebody(uid):
                write_private(self._layout.next_uid, str(uid + 1))
                self._taken.add(uid)
                return uid
        reason = f"every Unix user from {uids.start} to {uids.stop - 1} is taken: widen TENANT_UIDS"
        raise RecordProblem("no-user", reason)


def _is_somebody(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True
