"""Deletes archives that have had their time, those of homes that are gone included."""

from datetime import datetime
from itertools import groupby

from ..layout import Layout
from .retention import outdated
from .settings import BackupSettings
from .store import Store


def prune(layout: Layout, settings: BackupSettings, store: Store, now: datetime) -> list[str]:
    """The keys of what was deleted."""
    deleted = []
    archives = sorted(store.archives(), key=lambda kept: kept.name)
    for name, of_name in groupby(archives, key=lambda kept: kept.name):
        lives = layout.home(name).record.exists()
        for kept in outdated(of_name, now, settings.keep_daily, settings.keep_weekly, lives):
            store.delete(kept.key)
            deleted.append(kept.key)
    store.tidy()
    return deleted
