"""A grown home moves to a process of its own and back by one field of its manifest, and keeps everything."""

import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from .family import Family, move_in, say
from .running_host import RunningHost, until

SMITH, JONES = "smith.family", "jones.family"


@pytest.fixture(scope="module")
def smith(host: RunningHost) -> Family:
    host.birth(SMITH)
    host.birth(JONES)
    return move_in(host, SMITH)


def command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def status(pid: int, field: str) -> str:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(line.partition(":")[2].strip() for line in lines if line.startswith(f"{field}:"))


def move(host: RunningHost, isolation: str) -> int:
    """By the manifest alone; the new process's pid, when it answers."""
    before = host.ask("state", SMITH)["pid"]
    host.write_manifest(SMITH, isolation=isolation)
    host.ask("converge", SMITH)
    until("it moved", lambda: host.ask("state", SMITH).get("pid") not in (None, before))
    assert host.wait(SMITH)["state"] == "running"
    return int(host.ask("state", SMITH)["pid"])


def test_a_home_moves_to_a_process_of_its_own_and_keeps_everything(host: RunningHost, smith: Family) -> None:
    shared, keys = host.ask("state", SMITH)["pid"], host.served_keys(SMITH)
    pid = move(host, "own")
    assert "nameplate_homes.own_process" in command(pid)
    assert "nameplate_homes.parent" in command(host.ask("state", JONES)["pid"])
    assert host.served_keys(SMITH) == keys
    assert smith.lives_in(host)
    assert say(host, SMITH, smith.room, "from our own house", smith.token)
    assert not Path(f"/proc/{shared}").exists()


def test_it_has_the_walls_of_any_home(host: RunningHost, smith: Family) -> None:
    own, other = host.ask("state", SMITH)["pid"], host.ask("state", JONES)["pid"]
    assert status(own, "NoNewPrivs") == "1"
    assert status(own, "Uid").split() == status(own, "Uid").split()[:1] * 4
    assert status(own, "Uid") != status(other, "Uid")
    assert Path(f"/proc/{own}/limits").read_text() == Path(f"/proc/{other}/limits").read_text()
    groups = [Path(f"/proc/{pid}/cgroup").read_text().replace(name, "") for pid, name in ((own, SMITH), (other, JONES))]
    assert groups[0] == groups[1]
    environment = Path(f"/proc/{own}/environ").read_bytes()
    assert b"TENANT_DATABASE_URL" not in environment and b"BACKUP" not in environment


def test_it_outlives_a_killed_host_and_is_adopted(host: RunningHost, smith: Family) -> None:
    pid = host.ask("state", SMITH)["pid"]
    host.end(signal.SIGKILL)
    assert smith.lives_in(host)
    host.begin()
    assert host.wait(SMITH)["pid"] == pid
    # Adopted, it is where it is wanted: nothing has to move.
    assert host.ask("state", SMITH)["pid"] == pid


def test_it_moves_back_with_no_request_lost_and_hardly_a_pause(host: RunningHost, smith: Family) -> None:
    for isolation, command_line in (("shared", "nameplate_homes.parent"), ("own", "nameplate_homes.own_process")):
        longest = longest_wait_while(host, partial(move, host, isolation))
        print(f"to {isolation}: the slowest request took {longest:.2f} s")
        assert longest < 5
        assert command_line in command(host.ask("state", SMITH)["pid"])
        assert smith.lives_in(host)


def longest_wait_while(host: RunningHost, moving: Callable[[], object]) -> float:
    """The slowest of the requests that come all the while, every one of which is answered."""
    waits: list[float] = []
    refused: list[object] = []
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            begun = time.monotonic()
            try:
                code, _ = host.call(SMITH, "GET", "/_matrix/client/versions")
            except OSError as error:
                refused.append(error)
            else:
                if code != 200:
                    refused.append(code)
            waits.append(time.monotonic() - begun)
            time.sleep(0.01)

    asking = threading.Thread(target=ask)
    asking.start()
    moving()
    over.set()
    asking.join()
    assert refused == []
    return max(waits)
