"""What each verb of the command line does."""

import ctypes
import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import yaml

from ..database import Cluster
from ..files import write_private
from ..layout import Layout
from ..log import say
from ..manifest import is_home_name
from ..settings import SettingsProblem, read_settings
from .backup_home import backup_home
from .crypt import read_identities
from .drill import drill
from .due import due_homes
from .problem import BackupProblem
from .prune import prune
from .restore import Restored, restore
from .settings import BackupSettings, read_backup_settings, read_place
from .store import Source, Store, open_store

_PR_SET_PDEATHSIG = 1


class Command:
    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        url = env.get("TENANT_DATABASE_URL", "")
        problems = "" if url else "  TENANT_DATABASE_URL is missing\n"
        try:
            self._layout = Layout(read_settings(env))
        except SettingsProblem as more:
            problems += str(more)
        if problems:
            raise SettingsProblem(problems.rstrip())
        self._cluster = Cluster(url)

    def backup(self, names: list[str], *, everything: bool, due: bool) -> int:
        settings = self._backup_settings()
        store, now = open_store(settings.to), datetime.now(UTC)
        if everything:
            names = sorted(path.name for path in self._layout.homes.iterdir() if is_home_name(path.name))
        elif due:
            _end_with_the_clerk()
            names = due_homes(self._layout, settings, now)
        elif not names:
            raise BackupProblem("say which homes, or --all")
        failed = 0
        for name in names:
            try:
                made = backup_home(self._layout, self._cluster, settings, store, name)
                say("backed up", home=name, archive=made.archive, bytes=made.size, seconds=round(made.seconds, 3))
            except BackupProblem as problem:
                failed += 1
                say("backup failed", "error", home=name, reason=str(problem))
        for key in prune(self._layout, settings, store, now):
            say("an old backup was deleted", archive=key)
        return 1 if failed else 0

    def list(self, name: str | None) -> int:
        for kept in self._store().archives(name):
            sys.stdout.write(f"{kept.made.isoformat()}  {kept.size:>12}  {kept.key}\n")
        return 0

    def restore(self, name: str, source: str, identity: str | None, *, stopped: bool) -> int:
        identities = read_identities(self._identity(identity))
        with self._open(name, source) as archive:
            done = restore(self._layout, self._cluster, name, archive, identities)
        self._write_manifest(done, stopped)
        counts = done.contents.counts
        sys.stdout.write(
            f"{name} is restored as of {done.contents.made}, in {done.seconds:.1f} s: {counts.users} accounts,"
            f" {counts.rooms} rooms, {counts.events} events, {done.media_files} media files,"
            f" key {done.contents.key_id}. {'It is stopped.' if stopped else 'The host starts it now.'}\n"
        )
        return 0

    def drill(self, name: str | None, source: str, identity: str | None) -> int:
        identities = read_identities(self._identity(identity))
        name = name or self._next_to_drill()
        with self._open(name, source) as archive:
            report = drill(self._layout, self._cluster, name, archive, identities)
        sys.stdout.write(report.text())
        return 0 if report.good else 1

    def _write_manifest(self, done: Restored, stopped: bool) -> None:
        """Last of all: from here on the host looks after it."""
        path = self._layout.manifest(done.manifest.name)
        want = "stopped" if stopped or done.manifest.want == "stopped" else "running"
        write_private(path, json.dumps({**yaml.safe_load(done.manifest_text), "want": want}))

    def _next_to_drill(self) -> str:
        """One a day, in turn: the same one all day, so that a drill that failed can be repeated."""
        names = sorted({kept.name for kept in self._store().archives()})
        if not names:
            raise BackupProblem("there is no backup yet")
        return names[datetime.now(UTC).toordinal() % len(names)]

    @contextmanager
    def _open(self, name: str, source: str) -> Iterator[Source]:
        if source != "latest" and os.path.isfile(source):
            with open(source, "rb") as file:
                yield file
            return
        store = self._store()
        if source == "latest":
            archives = store.archives(name)
            if not archives:
                raise BackupProblem(f"there is no backup of {name}")
            source = archives[-1].key
        with store.get(source) as archive:
            yield archive

    def _store(self) -> Store:
        problems: list[str] = []
        place = read_place(self._env, problems)
        if problems:
            raise SettingsProblem("\n".join(problems))
        if place is None:
            raise SettingsProblem("  BACKUP_TO is missing: there are no backups without it")
        return open_store(place)

    def _backup_settings(self) -> BackupSettings:
        settings = read_backup_settings(self._env)
        if settings is None:
            raise SettingsProblem("  BACKUP_TO is missing: there are no backups without it")
        return settings

    def _identity(self, file: str | None) -> Path:
        path = file or self._env.get("BACKUP_IDENTITY_FILE")
        if not path:
            raise BackupProblem("say --identity FILE: only the private key of BACKUP_RECIPIENT opens a backup")
        return Path(path)


def _end_with_the_clerk() -> None:
    """Whoever stops the host stops its backups too; the next host makes them."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
