"""The settings of the host's two processes, read from the environment once and checked all together."""

import os
import pwd
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# A name has at most 70 characters and ".sock" five more; a socket path ends at 107 bytes.
LONGEST_SOCKET_FOLDER = 30
LONGEST_SOCKET_PATH = 107


@dataclass(frozen=True)
class Owner:
    """The Unix user a home runs as."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Settings:
    homes_folder: Path
    socket_folder: Path
    host_socket: Path
    relay_url: str | None
    edge_ca_file: Path | None
    sandbox_loopback: bool
    tenant_user: Owner | None
    # Databases made ahead, so that nobody waits the 0.12 s of copying one.
    ready_databases: int


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
    owner = _owner(env.get("TENANT_USER", ""), problems)
    ready = env.get("READY_DATABASES") or "3"
    if not ready.isdecimal():
        problems.append(f"  READY_DATABASES is not a whole number: {ready}")
    if problems:
        raise SettingsProblem("\n".join(problems))
    ca = env.get("EDGE_CA_FILE", "")
    return Settings(
        homes_folder=Path(homes).absolute(),
        socket_folder=Path(sockets).absolute(),
        host_socket=Path(host_socket).absolute(),
        relay_url=env.get("RELAY_URL") or None,
        edge_ca_file=Path(ca).absolute() if ca else None,
        sandbox_loopback=env.get("SANDBOX_LOOPBACK", "").lower() in ("1", "true", "yes"),
        tenant_user=owner,
        ready_databases=int(ready),
    )


def _owner(name: str, problems: list[str]) -> Owner | None:
    if not name:
        return None
    if os.geteuid() != 0:
        problems.append("  TENANT_USER needs the host to be started as root")
        return None
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        problems.append(f"  TENANT_USER is not a user of this machine: {name}")
        return None
    return Owner(name, entry.pw_uid, entry.pw_gid)
