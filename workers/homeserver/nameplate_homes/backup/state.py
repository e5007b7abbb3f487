"""How a home's latest backup went, in homes/NAME/backup.json: read by the schedule, by metrics and by staff."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from ..files import read_if_there, write_private
from ..layout import Layout


@dataclass(frozen=True)
class BackupState:
    """Times are ISO 8601 in UTC. `failed` and `reason` are of the latest attempt, and None when it went well."""

    made: str | None = None
    archive: str | None = None
    bytes: int | None = None
    seconds: float | None = None
    failed: str | None = None
    reason: str | None = None

    def age_seconds(self, now: datetime) -> float | None:
        return None if self.made is None else (now - datetime.fromisoformat(self.made)).total_seconds()


def state_file(layout: Layout, name: str) -> Path:
    return layout.home(name).folder / "backup.json"


def read_state(layout: Layout, name: str) -> BackupState:
    """Empty when there was no backup yet, or when the file was spoilt: the next backup writes it anew."""
    try:
        return BackupState(**json.loads(read_if_there(state_file(layout, name)) or "{}"))
    except (ValueError, TypeError):
        return BackupState()


def write_success(layout: Layout, name: str, made: datetime, archive: str, size: int, seconds: float) -> None:
    _write(layout, name, BackupState(made.isoformat(), archive, size, round(seconds, 3)))


def write_failure(layout: Layout, name: str, when: datetime, reason: str) -> None:
    _write(layout, name, replace(read_state(layout, name), failed=when.isoformat(), reason=reason[:300]))


def _write(layout: Layout, name: str, state: BackupState) -> None:
    # A home that is being removed takes its state along.
    if layout.home(name).record.exists():
        write_private(state_file(layout, name), json.dumps(asdict(state)))
