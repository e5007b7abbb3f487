"""How old each home's latest backup is, read from homes/NAME/backup.json: true when the host is down too."""

from collections.abc import Iterator
from datetime import UTC, datetime

from prometheus_client.core import GaugeMetricFamily, Metric

from ..backup.state import read_state
from ..layout import Layout
from ..manifest import is_home_name


def backup_families(layout: Layout, now: float) -> Iterator[Metric]:
    age = GaugeMetricFamily("nameplate_home_backup_age_seconds", "Since a home's latest good backup.", labels=["home"])
    never, failing, moment = 0, 0, datetime.fromtimestamp(now, UTC)
    for name in _names(layout):
        state = read_state(layout, name)
        seconds = state.age_seconds(moment)
        if seconds is None:
            never += 1
        else:
            age.add_metric([name], seconds)
        failing += state.failed is not None
    yield age
    yield GaugeMetricFamily("nameplate_homes_never_backed_up", "Homes without any backup yet.", value=never)
    yield GaugeMetricFamily("nameplate_homes_backup_failing", "Homes whose latest backup failed.", value=failing)


def _names(layout: Layout) -> list[str]:
    """Of the homes that were made, as the host keeps them; none while its folder is away."""
    try:
        folders = [folder.name for folder in layout.homes.iterdir()]
    except OSError:
        return []
    return sorted(name for name in folders if is_home_name(name) and layout.home(name).record.exists())
