"""An upgrade of Synapse that is under way or stopped, as its own file tells (upgrade/progress.py)."""

import json
from collections.abc import Iterator
from typing import Any

from ..files import read_if_there
from ..upgrade.progress import progress_file
from .amounts import span
from .case import Case
from .finding import Finding, note, wrong
from .settings import DoctorSettings


def check_upgrade(settings: DoctorSettings) -> Iterator[Finding]:
    if (said := _read(settings)) is None:
        return
    done = f"the upgrade to Synapse {said['to']}, with {len(said['moved'])} homes moved"
    if (why := said.get("stopped")) is not None:
        do = f"Mend what stopped it, then run it again: python -m nameplate_homes.upgrade --to {said['to']}"
        yield wrong("upgrade", f"It stopped: {done}: {why}", do)
    elif (moving := said.get("moving")) is not None:
        yield note("upgrade", f"It is at {moving['name']}, or was killed there: {done}")


def check_own_upgrade(case: Case) -> Iterator[Finding]:
    said = _read(case.settings) or {"moved": {}}
    moving = said.get("moving") or {}
    if moving.get("name") == case.name:
        yield note("upgrade", f"It is being moved from Synapse {moving['came_from']} to {said['to']}")
    elif case.name in said["moved"]:
        gap = span(said["moved"][case.name])
        yield note("upgrade", f"The upgrade to Synapse {said['to']} kept it away for {gap}")
    if case.manifest is not None and case.manifest.synapse is not None:
        yield note("version", f"Its manifest holds it to Synapse {case.manifest.synapse}")


def _read(settings: DoctorSettings) -> dict[str, Any] | None:
    try:
        said = json.loads(read_if_there(progress_file(settings.layout)) or "null")
    except ValueError:
        return None
    return said if isinstance(said, dict) and "to" in said and "moved" in said else None
