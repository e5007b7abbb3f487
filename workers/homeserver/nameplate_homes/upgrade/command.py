"""The whole upgrade: a canary, then the others one at a time; it stops at the first home that fails."""

import fcntl
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from ..backup.backup_home import backup_home
from ..backup.problem import BackupProblem
from ..backup.settings import BackupSettings, read_backup_settings
from ..backup.store import open_store
from ..database import Cluster
from ..layout import Layout
from ..settings import SettingsProblem, read_settings
from .environment import Environment, build_template, find_environment, try_out
from .homes import Known
from .host import RunningHost
from .move import Mover
from .problem import UpgradeProblem
from .progress import Moving, ProgressFile
from .schema import read_schema
from .wish import wish


class Upgrade:
    def __init__(self, env: Mapping[str, str], to: str) -> None:
        self._url = env.get("TENANT_DATABASE_URL", "")
        if not self._url:
            raise SettingsProblem("  TENANT_DATABASE_URL is missing")
        self._layout = Layout(read_settings(env))
        self._backups = read_backup_settings(env)
        self._cluster = Cluster(self._url)
        self._file = ProgressFile(self._layout)
        self._progress = self._file.read(to)
        self._host = RunningHost(self._layout)
        self._host.wait()
        self._served = self._host.version()
        self._to = self._find(to)

    def run(self, canary: str | None, only: list[str], dry_run: bool, keep_host: bool) -> int:
        homes = self._choose(only)
        waiting = [home for home in homes if self._is_to_move(home)]
        canary = self._canary(waiting, canary)
        waiting.sort(key=lambda home: home.name != canary)
        self._refuse_too_new(waiting)
        try_out(self._to)
        self._announce(homes, waiting, canary)
        if dry_run:
            return 0
        self._be_alone()
        say(f"  template database: {build_template(self._to, self._url)}")
        mover = Mover(self._layout, self._cluster, self._to, dict(self._ways_back(waiting)))
        for home in waiting:
            # Others may have taken hours: it may be gone, or have failed for its own reasons.
            now = self._host.home(home.name)
            if now is None or not self._is_to_move(now):
                continue
            # Once the canary is well: from a host of their own version homes are forked, in a third of the memory.
            if self._progress.moved and not (only or keep_host):
                self._take_host_along()
            self._move(mover, now)
        if not (only or keep_host):
            self._take_host_along()
        return self._finish(only)

    def _be_alone(self) -> None:
        """Until this process ends: two upgrades at once would take each other's homes away."""
        lock = os.open(
            self._layout.settings.homes_folder / "upgrade.lock", os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600
        )
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UpgradeProblem("Another upgrade is under way.") from error

    def _choose(self, only: list[str]) -> list[Known]:
        known = self._host.homes()
        unknown = sorted(set(only) - {home.name for home in known})
        if unknown:
            raise UpgradeProblem(f"There is no such home: {', '.join(unknown)}.")
        return [home for home in known if (not only or home.name in only)]

    def _is_there(self, home: Known) -> bool:
        """Nothing is to be done for it. What is stopped moves when it is started, and what never ran begins there."""
        if home.version is None or home.state in ("stopped", "gone", "unknown"):
            return True
        # One whose process could not start has left its version behind, too.
        is_there = {home.version, home.wish or self._served} == {self._to.version} and home.state != "failed"
        return is_there and not self._is_moving(home)

    def _is_to_move(self, home: Known) -> bool:
        """What fails already is not for us to mend; it stays as it is, on its version."""
        return not self._is_there(home) and (home.state != "failed" or self._is_moving(home))

    def _is_moving(self, home: Known) -> bool:
        return self._progress.moving is not None and self._progress.moving.name == home.name

    def _canary(self, waiting: list[Known], wanted: str | None) -> str | None:
        """One that a killed upgrade left half-way comes first of all; then the least recently used."""
        if self._progress.moving is not None:
            return self._progress.moving.name
        if wanted is not None and wanted not in [home.name for home in waiting]:
            raise UpgradeProblem(f"{wanted} cannot be the canary: it is not among the homes to move.")
        return wanted or (waiting[0].name if waiting else None)

    def _refuse_too_new(self, waiting: list[Known]) -> None:
        """Before anything is touched: no home may be sent to a version that refuses its database."""
        for home in waiting:
            schema = read_schema(self._cluster, home.database)
            if schema.compat > self._to.schema:
                raise UpgradeProblem(
                    f"Synapse {self._to.version} knows schema {self._to.schema}, and the database of {home.name} can"
                    f" only be used from schema {schema.compat} on. Nothing was changed."
                )

    def _announce(self, homes: list[Known], waiting: list[Known], canary: str | None) -> None:
        say(f"To Synapse {self._to.version} (schema {self._to.schema}); the host serves {self._served}.")
        say(f"  {len(waiting)} of {len(homes)} homes are to move")
        for home in homes:
            if not (self._is_there(home) or self._is_to_move(home)):
                say(f"  {home.name}: FAILED already, stays on {home.version}; scripts/doctor {home.name} says why")
        if self._backups is None:
            say("  no backups are made before: BACKUP_TO is not set")
        for home in waiting:
            schema = read_schema(self._cluster, home.database)
            first = ", the canary" if home.name == canary else ""
            say(f"  {home.name}: {home.state}, from {home.version} ({schema}){first}")

    def _ways_back(self, waiting: list[Known]) -> Iterator[tuple[str, Environment]]:
        for version in sorted({home.version for home in waiting if home.version is not None}):
            try:
                yield version, self._find(version)
            except UpgradeProblem as problem:
                say(f"  no way back to {version}: {problem}")

    def _move(self, mover: Mover, home: Known) -> None:
        moving = self._progress.moving
        if moving is None or not self._is_moving(home):
            came_from = home.version or self._served
            # A backup that is made now then restores to the version it is of.
            wish(self._layout, home.name, came_from)
            moving = Moving(
                name=home.name,
                came_from=came_from,
                before=read_schema(self._cluster, home.database),
                backup=self._back_up(home.name),
            )
            self._progress.moving = moving
            self._file.write(self._progress)
        try:
            seconds = mover.move(moving)
        except UpgradeProblem as problem:
            self._progress.moving, self._progress.stopped = None, str(problem)
            self._file.write(self._progress)
            raise
        self._progress.moved[home.name] = round(seconds, 2)
        self._progress.moving = self._progress.stopped = None
        self._file.write(self._progress)
        before, after = moving.before, read_schema(self._cluster, home.database)
        say(f"{home.name}: {seconds:.2f} s, {f'{before} to {after}' if before != after else f'{after}'}")

    def _take_host_along(self) -> None:
        if self._served != self._to.version:
            self._host.become(self._to.version)
            self._served = self._to.version
            say(f"the host serves {self._served} now; homes lived on")

    def _back_up(self, name: str) -> str | None:
        settings: BackupSettings | None = self._backups
        if settings is None:
            return None
        try:
            return backup_home(self._layout, self._cluster, settings, open_store(settings.to), name).archive
        except BackupProblem as problem:
            raise UpgradeProblem(f"Nothing was changed at {name}: {problem}") from problem

    def _finish(self, only: list[str]) -> int:
        """When every home is on the host's own version, manifests need not name it any more."""
        homes = self._host.homes()
        rest = [home.name for home in homes if not self._is_there(home)]
        if rest:
            say(f"Not on {self._to.version}: {', '.join(rest)}.")
            return 0 if only else 1
        if self._served == self._to.version:
            for home in homes:
                wish(self._layout, home.name, None)
            say("Every home is there, and so is the host.")
        else:
            say(f"Every home is there; the host still serves {self._served}.")
        say(f"Done at {datetime.now(UTC).isoformat(timespec='seconds')}.")
        return 0

    def _find(self, version: str) -> Environment:
        return find_environment(self._layout.settings.synapse_versions, self._served, version)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
