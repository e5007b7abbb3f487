"""The settings of the host's two processes, read from the environment once and checked all together."""

import grp
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# A name has at most 70 characters and ".sock" five more; a socket path ends at 107 bytes.
LONGEST_SOCKET_FOLDER = 30
LONGEST_SOCKET_PATH = 107
# Nobody's on a usual machine: systemd sets this end of the numbers aside for nothing (its document UIDS-GIDS), and
# adduser, containers and subuid ranges stay below it.
USUAL_UIDS = range(1_900_000_000, 1_900_100_000)


@dataclass(frozen=True)
class Owner:
    """The Unix user a home runs as: a number without a name, and a group of the same number with nobody else in it."""

    uid: int
    # The way to its files leads through a folder closed to others, such as /root: it is let through, and could read
    # other homes' files too.
    passes_closed_folders: bool = False

    @property
    def gid(self) -> int:
        return self.uid


@dataclass(frozen=True)
class Settings:
    homes_folder: Path
    socket_folder: Path
    host_socket: Path
    relay_url: str | None
    edge_ca_file: Path | None
    sandbox_loopback: bool
    # As root each home gets one of these for its own.
    tenant_uids: range
    # Whoever is in it may connect to homes' sockets, besides the host's own user: the edge, where it is not that user.
    edge_gid: int | None
    # Databases made ahead, so that nobody waits the 0.12 s of copying one.
    ready_databases: int
    # A home that nobody used for so long sleeps.
    sleep_after: float
    # It is woken so often for its own housekeeping, for so long: what Synapse does every few minutes or hours.
    housekeeping_every: float
    housekeeping_seconds: float
    # A home that uses its whole share of the cores for so long without a pause is stopped and started again.
    runaway_seconds: float
    # Turn on the kernel's merging of equal pages, for the whole machine (merging.py).
    merge_pages: bool
    # Python environments with other Synapse versions, each in a folder called by its version (versions.py).
    synapse_versions: Path | None


class SettingsProblem(Exception):
    """Everything wrong with the environment at once, one line each."""


def read_settings(env: Mapping[str, str]) -> Settings:
    problems: list[str] = []

    def needed(key: str) -> str:
        value = env.get(key, "")
        if not value:
            problems.append(f"  {key} is missing")
        return value

    homes, sockets, host_socket = needed("HOMES_FOLDER"), needed("SOCKET_FOLDER"), needed("HOST_SOCKET")
    if len(os.fsencode(sockets)) > LONGEST_SOCKET_FOLDER:
        problems.append(f"  SOCKET_FOLDER has more than {LONGEST_SOCKET_FOLDER} characters: {sockets}")
    if len(os.fsencode(host_socket)) > LONGEST_SOCKET_PATH:
        problems.append(f"  HOST_SOCKET has more than {LONGEST_SOCKET_PATH} characters: {host_socket}")
    uids = _uids(env.get("TENANT_UIDS", ""), problems)
    edge_gid = _group(env.get("EDGE_GROUP", ""), problems)
    ready = env.get("READY_DATABASES") or "3"
    if not ready.isdecimal():
        problems.append(f"  READY_DATABASES is not a whole number: {ready}")
    sleep_after = _seconds(env, "SLEEP_AFTER_SECONDS", 600, problems)
    every = _seconds(env, "HOUSEKEEPING_EVERY_SECONDS", 86_400, problems)
    housekeeping = _seconds(env, "HOUSEKEEPING_SECONDS", 300, problems)
    runaway = _seconds(env, "RUNAWAY_SECONDS", 600, problems)
    if problems:
        raise SettingsProblem("\n".join(problems))
    ca, versions = env.get("EDGE_CA_FILE", ""), env.get("SYNAPSE_VERSIONS", "")
    return Settings(
        homes_folder=Path(homes).absolute(),
        socket_folder=Path(sockets).absolute(),
        host_socket=Path(host_socket).absolute(),
        relay_url=env.get("RELAY_URL") or None,
        edge_ca_file=Path(ca).absolute() if ca else None,
        sandbox_loopback=env.get("SANDBOX_LOOPBACK", "").lower() in ("1", "true", "yes"),
        tenant_uids=uids,
        edge_gid=edge_gid,
        ready_databases=int(ready),
        sleep_after=sleep_after,
        housekeeping_every=every,
        housekeeping_seconds=housekeeping,
        runaway_seconds=runaway,
        merge_pages=env.get("MERGE_PAGES", "").lower() in ("1", "true", "yes"),
        synapse_versions=Path(versions).absolute() if versions else None,
    )


def _seconds(env: Mapping[str, str], key: str, usual: float, problems: list[str]) -> float:
    text = env.get(key) or str(usual)
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e9:
        problems.append(f"  {key} is not a number of seconds: {text}")
    return seconds


def _uids(text: str, problems: list[str]) -> range:
    if not text:
        return USUAL_UIDS
    first, _, last = text.partition("-")
    # 0 is root, and 2^31 the first number that some programs take for a negative one.
    if not (first.isdecimal() and last.isdecimal() and 0 < int(first) <= int(last) < 2**31):
        problems.append(f"  TENANT_UIDS is not two numbers like 200000-299999: {text}")
        return USUAL_UIDS
    return range(int(first), int(last) + 1)


def _group(name: str, problems: list[str]) -> int | None:
    if not name:
        return None
    try:
        return grp.getgrnam(name).gr_gid
    except KeyError:
        problems.append(f"  EDGE_GROUP is not a group of this machine: {name}")
        return None
