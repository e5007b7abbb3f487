"""A birth is one operation that may be repeated: cut off by kill -9 at every step, it ends in the same home."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from nameplate_homes.manifest import manifest_of

from .running_host import PACKAGE, RunningHost, database_name, query, until

# Whatever changes the disk or the cluster on the way; the kill comes just before.
_STEPS = ["mkdir", "open", "rename", "replace", "link", "unlink", "chown", "fchown", "chmod", "fsync", "execute"]
_FILES = {"home.json", "signing.key", "database.password", "homeserver.yaml", "log.yaml", "media", "logs"}


@pytest.fixture
def crashing() -> Iterator[RunningHost]:
    """A host whose processes can be told where to end."""
    running = RunningHost(READY_DATABASES="1")
    hooks = running.folder / "hooks"
    shutil.copytree(Path(__file__).parent / "crashing", hooks)
    running.settings["PYTHONPATH"] = f"{PACKAGE}:{hooks}"
    yield running
    running.clean()


def crash_at(
    host: RunningHost, module: str, calls: list[str], nth: int, threads: str = "", child: bool = False
) -> Path:
    plan = {"module": module, "calls": calls, "nth": nth, "threads": threads, "in_child": child}
    file = host.folder / "hooks" / "crash.json"
    file.write_text(json.dumps(plan))
    return file


def prepare_with_a_clerk_alone(host: RunningHost, names: list[str]) -> list[str]:
    """The names that a clerk prepared before it ended, or was ended."""
    ours, theirs = socket.socketpair()
    clerk = subprocess.Popen(
        [sys.executable, "-m", "nameplate_homes.clerk", str(theirs.fileno())],
        env={**host.environment(), "PATH": os.environ["PATH"]},
        pass_fds=[theirs.fileno()],
        stdout=subprocess.DEVNULL,
    )
    theirs.close()
    prepared = []
    with ours, ours.makefile("rb") as answers:
        for name in names:
            fields = {"version": 1, "name": name, "database": database_name(name), "want": "running"}
            question = {"id": 1, "do": "prepare", "name": name, "manifest": asdict(manifest_of(fields))}
            ours.sendall(json.dumps(question).encode() + b"\n")
            line = answers.readline()
            if line and json.loads(line) == {"id": 1}:
                prepared.append(name)
    clerk.wait(10)
    return prepared


def test_a_birth_killed_before_any_of_its_steps_ends_in_the_same_home(crashing: RunningHost) -> None:
    keys: dict[str, str] = {}
    crashed = True
    while crashed:
        nth = len(keys) + 1
        name = f"birth{nth}.family"
        keys[name] = crashing.hand_over_secrets(name)
        plan = crash_at(crashing, "nameplate_homes.clerk", _STEPS, nth, threads="clerk")
        crashed = prepare_with_a_clerk_alone(crashing, [name]) == []
        # It ended where it was told to, and for no other reason.
        assert crashed is not plan.exists()
        plan.unlink(missing_ok=True)
    # Fewer would mean that the kills missed something: files alone take twenty steps.
    assert len(keys) > 30
    names = list(keys)
    assert prepare_with_a_clerk_alone(crashing, names) == names
    for name in names:
        assert crashing.home(name, "signing.key").read_text() == keys[name]
        assert {path.name for path in crashing.home(name).iterdir()} == _FILES
    _are_whole(names)
    crashing.begin()
    # Every fifth is enough: all of them hold the same files.
    for name in names[::5]:
        crashing.write_manifest(name)
        assert crashing.wake(name)["state"] == "running", crashing.output()
        algorithm, version, _ = keys[name].split(" ")
        assert list(crashing.served_keys(name)) == [f"{algorithm}:{version}"]


def _are_whole(names: list[str]) -> None:
    """One database and one role each, which alone may connect; no spare that nobody knows."""
    wanted = sorted(database_name(name) for name in names)
    found = query(
        "SELECT datname, shobj_description(oid, 'pg_database'), has_database_privilege('tenant_tables', oid, 'CONNECT')"
        ' FROM pg_database WHERE datname = ANY(%s) ORDER BY datname COLLATE "C"',
        wanted,
    )
    assert [row[0] for row in found] == wanted
    assert sorted(str(row[1]) for row in found) == sorted(names)
    assert not any(row[2] for row in found)
    roles = query("SELECT rolname FROM pg_roles WHERE rolname LIKE 't_birth%%' ORDER BY rolname COLLATE \"C\"")
    assert [row[0] for row in roles] == wanted


@pytest.mark.parametrize(
    ("calls", "child"),
    [
        (["fork"], False),  # prepared, nothing started
        (["pidfd_open"], False),  # started, and the parent does not know it yet
        (["setsid"], True),  # a process that has not left the parent
        (["flock"], True),  # in its group, without the home's lock
        (["replace", "rename"], True),  # with the lock, and nobody can tell yet
        (["setresuid", "prctl"], True),  # known, and still with all its power
    ],
    ids=["before the fork", "after the fork", "a new process", "unlocked", "unknown", "powerful"],
)
def test_a_start_killed_on_its_way_ends_in_one_running_home(
    crashing: RunningHost, calls: list[str], child: bool
) -> None:
    name = "start.family"
    key = crashing.hand_over_secrets(name)
    plan = crash_at(crashing, "nameplate_homes.parent", calls, 1, child=child)
    crashing.begin()
    crashing.write_manifest(name)
    until("the kill", lambda: not plan.exists())
    if not child:
        until("the host is gone", lambda: not crashing.lives)
        crashing.begin()
    until("it runs", lambda: crashing.wake(name)["state"] == "running")
    assert list(crashing.served_keys(name)) == [":".join(key.split(" ")[:2])]
    _are_whole_processes(crashing, name)
    crashing.end(signal.SIGTERM)
    crashing.begin()
    assert crashing.wake(name)["state"] == "running"


def _are_whole_processes(host: RunningHost, name: str) -> None:
    """The home has one process, the one the host knows."""
    lock = host.home(name, "home.lock").stat()
    holders = [
        int(line.split()[4])
        for line in Path("/proc/locks").read_text().splitlines()
        if line.split()[5].endswith(f":{lock.st_ino}")
    ]
    assert holders == [host.ask("state", name)["pid"]]
