"""When a home is to be backed up: once a night, each at a moment of its own, so that they do not all come at once."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from ..layout import Layout
from ..manifest import is_home_name
from .settings import BackupSettings
from .state import read_state

# After a failure there is another try, not before this long.
_AGAIN = timedelta(hours=1)


def due_moment(settings: BackupSettings, name: str, now: datetime) -> datetime:
    """The home's latest moment that has come."""
    share = int.from_bytes(sha256(name.encode()).digest()[:4]) / 2**32
    offset = timedelta(hours=settings.from_hour + settings.hours * share)
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + offset
    while today > now:
        today -= timedelta(days=1)
    return today


def due_homes(layout: Layout, settings: BackupSettings, now: datetime) -> list[str]:
    """Names of homes whose moment came and was not used, the longest waiting first."""
    waiting = []
    for folder in layout.homes.iterdir():
        if not is_home_name(folder.name) or not (record := layout.home(folder.name).record).exists():
            continue
        moment, state = due_moment(settings, folder.name, now), read_state(layout, folder.name)
        since = datetime.fromisoformat(state.made) if state.made else _born(record.stat().st_mtime)
        failed = datetime.fromisoformat(state.failed) if state.failed else None
        if since < moment and (failed is None or now - failed > _AGAIN):
            waiting.append((since, folder.name))
    return [name for _, name in sorted(waiting)]


def _born(timestamp: float) -> datetime:
    return datetime.fromtimestamp(timestamp, UTC)
