"""Moves one home to another version and sees it well, or leaves it on the version it came from."""

import time
from dataclasses import dataclass

from ..ask_host import ask_host
from ..database import Cluster
from ..layout import Layout
from ..manifest import read_manifest
from .environment import Environment
from .look import what_is_wrong
from .problem import UpgradeProblem
from .progress import Moving
from .schema import read_schema, wait_until_left
from .wish import wish

# The host gives a migration 600 s; its own waiting list and a slow start are in the rest.
_LONGEST_MOVE_SECONDS = 700.0
# Back on a database that it knows, a home needs no migration.
_LONGEST_RETURN_SECONDS = 120.0
_LOOK_SECONDS = 0.02


@dataclass(frozen=True)
class _Outcome:
    seconds: float
    # Why it does not run as it should.
    wrong: str | None


class Mover:
    def __init__(self, layout: Layout, cluster: Cluster, to: Environment, came_from: dict[str, Environment]) -> None:
        """`came_from`: the versions that homes can go back to."""
        self._layout = layout
        self._cluster = cluster
        self._to = to
        self._came_from = came_from

    def move(self, moving: Moving) -> float:
        """The gap in seconds: from the wish to the first answer. Raises UpgradeProblem, with the home as it says."""
        outcome = self._run_on(moving, self._to.version, _LONGEST_MOVE_SECONDS)
        if outcome.wrong is None:
            return outcome.seconds
        raise UpgradeProblem(self._return(moving, outcome.wrong))

    def _run_on(self, moving: Moving, version: str, longest: float) -> _Outcome:
        """Have the home run on this version, and look whether it is well."""
        name, begun = moving.name, time.monotonic()
        wish(self._layout, name, version)
        self._ask("converge", name)
        while True:
            now = self._ask("state", name)
            if now["state"] == "asleep":
                # It sleeps again as soon as it was looked at.
                now = self._ask("wake", name, seconds=0, briefly=True)
            seconds = time.monotonic() - begun
            if now["state"] == "running" and now.get("version") == version:
                break
            if "code" in now:
                return _Outcome(seconds, f"{now['reason']} ({now['code']})")
            if now["state"] not in ("running", "starting"):
                return _Outcome(seconds, f"it is {now['state']}")
            if seconds > longest:
                return _Outcome(seconds, f"it did not run on {version} after {longest:.0f} s")
            time.sleep(_LOOK_SECONDS)
        wrong = what_is_wrong(self._layout.home(name))
        if wrong is None and self._ask("state", name).get("pid") not in (now["pid"], None):
            wrong = "it started again while it was looked at"
        return _Outcome(seconds, wrong)

    def _return(self, moving: Moving, wrong: str) -> str:
        """After a failure: back to where it came from if its database lets it; says how it stands."""
        name, back = moving.name, self._came_from.get(moving.came_from)
        happened = f"{name} does not run well on {self._to.version}: {wrong}."
        database = read_manifest(self._layout.manifest(name)).database
        if self._ask("state", name)["state"] == "failed":
            wait_until_left(self._cluster, database)
        now = read_schema(self._cluster, database)
        changed = f"Its database was not changed ({now})"
        if now != moving.before:
            changed = f"Its database was migrated from {moving.before} to {now}"
        if back is None:
            return f"{happened} {changed}. It stays there: Synapse {moving.came_from} is no longer here to go back to."
        if now.compat > back.schema:
            too_old = f"which Synapse {back.version} (schema {back.schema}) cannot use"
            return f"{happened} {changed}, {too_old}: {_stays(moving)}"
        again = self._run_on(moving, back.version, _LONGEST_RETURN_SECONDS)
        if again.wrong is None:
            kept = "" if now == moving.before else f", which Synapse {back.version} can use"
            return f"{happened} {changed}{kept}: it runs on {back.version} again, after {again.seconds:.1f} s."
        return f"{happened} {changed}, but it does not run on {back.version} any more either: {again.wrong}."

    def _ask(self, do: str, name: str, **more: object) -> dict[str, object]:
        return ask_host(self._layout.settings.host_socket, do, 0.0, name=name, **more)


def _stays(moving: Moving) -> str:
    if moving.backup is None:
        return "it stays down until it runs on the new version. No backup was made before."
    return (
        "it stays down until it runs on the new version. To go back instead, losing what came since: have it removed"
        " (want: gone, then delete its manifest) and run: python -m nameplate_homes.backup"
        f" restore {moving.name} --from {moving.backup} --identity FILE"
    )
