"""Each home's share of the machine: a home that takes more is ended and reported, and its neighbours do not notice."""

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .running_host import RunningHost, until

GREEDY, QUIET = "greedy.family", "quiet.family"


def controllers() -> bool:
    groups = Path("/proc/self/cgroup").read_text()
    return os.geteuid() == 0 and (":memory:" in groups or os.path.exists("/sys/fs/cgroup/cgroup.controllers"))


pytestmark = pytest.mark.skipif(not controllers(), reason="this machine offers no control groups")


@pytest.fixture(scope="module")
def families() -> Iterator[RunningHost]:
    with RunningHost() as host:
        host.birth(GREEDY, limits={"memoryMegabytes": 128})
        host.birth(QUIET)
        yield host


def group_of(host: RunningHost, name: str, controller: str) -> Path:
    """The folder of the home's group, as the kernel tells it of the home's process."""
    pid = host.ask("state", name)["pid"]
    for line in Path(f"/proc/{pid}/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        if controller in controllers.split(","):
            return Path(f"/sys/fs/cgroup/{controller}{path}")
    raise AssertionError(f"{name} is in no group of {controller}")


def flood(host: RunningHost, name: str) -> None:
    """A stranger's request whose reading costs the home more than its memory: 16 million lists in 48 MB of JSON."""
    body = b'{"type":[' + b"[]," * 16_000_000 + b"0]}"
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(host.socket_folder / f"{name}.sock"))
        head = f"POST /_matrix/client/v3/login HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
        try:
            line.sendall(head.encode() + body)
            line.settimeout(30)
            line.recv(1)
        except (BrokenPipeError, ConnectionResetError):
            return  # it ended in the middle


def test_the_host_says_at_start_what_holds_its_homes(families: RunningHost) -> None:
    assert '"msg": "what holds each home to its share", "by": "cgroup v' in families.output()
    assert families.ask("list")["held_by"].startswith("cgroup v")


def test_a_home_weighs_as_one_program_and_shares_no_weight_with_others(families: RunningHost) -> None:
    """With one in common, a greedy home had the weight of all: its neighbours waited 5 times as long."""
    for controller in ("memory", "cpu"):
        groups = [group_of(families, name, controller) for name in (GREEDY, QUIET)]
        host = next(
            line for line in Path(f"/proc/{families.pid}/cgroup").read_text().splitlines() if f":{controller}" in line
        )
        assert {str(group.parent) for group in groups} == {
            f"/sys/fs/cgroup/{controller}{host.split(':', 2)[2]}".rstrip("/")
        }
    assert [(group_of(families, name, "cpu") / "cpu.shares").read_text().strip() for name in (GREEDY, QUIET)] == [
        "1024"
    ] * 2


def test_the_memory_of_each_awake_home_is_counted(families: RunningHost) -> None:
    counted = families.ask("metrics")["memory_bytes"]
    assert set(counted) == {GREEDY, QUIET}
    # A stock process takes 108 MB of its own.
    assert all(20_000_000 < size < 100_000_000 for size in counted.values())


def test_a_family_may_be_called_like_a_file_of_the_kernels(families: RunningHost) -> None:
    families.birth("memory.events")
    assert group_of(families, "memory.events", "memory").name.endswith("-home-memory.events")
    families.write_manifest("memory.events", want="gone")
    assert families.wait("memory.events")["state"] == "gone"


def test_a_home_that_takes_too_much_memory_is_ended_reported_and_started_again(families: RunningHost) -> None:
    slowest, answers = 0.0, 0
    over = threading.Event()

    def look() -> None:
        nonlocal slowest, answers
        while not over.is_set():
            begun = time.monotonic()
            assert families.call(QUIET, "GET", "/_matrix/client/versions")[0] == 200
            slowest, answers = max(slowest, time.monotonic() - begun), answers + 1
            time.sleep(0.02)

    neighbour = threading.Thread(target=look)
    neighbour.start()
    before = families.ask("state", QUIET)["pid"]
    try:
        flood(families, GREEDY)
        until("it is reported", lambda: '"code": "out-of-memory"' in families.output())
        assert "more than its 128 MB" in families.output()
        until("it is back", lambda: families.ask("state", GREEDY)["state"] == "running")
        assert families.call(GREEDY, "GET", "/_matrix/client/versions")[0] == 200
    finally:
        over.set()
        neighbour.join()
    assert families.ask("state", QUIET)["pid"] == before
    assert answers > 10
    # Undisturbed it is 5 ms; a second is a pause that a person notices.
    assert slowest < 1.0


def test_a_share_that_changes_reaches_a_running_home_without_a_restart(families: RunningHost) -> None:
    pid = families.ask("state", QUIET)["pid"]
    families.write_manifest(QUIET, limits={"memoryMegabytes": 256, "cpuCores": 0.5, "cpuWeight": 50})
    families.ask("converge", QUIET)
    memory, cpu = group_of(families, QUIET, "memory"), group_of(families, QUIET, "cpu")
    until(
        "its memory is limited anew",
        lambda: (memory / "memory.limit_in_bytes").read_text().strip() == str(256 * 1024 * 1024),
    )
    assert (cpu / "cpu.cfs_quota_us").read_text().strip() == "50000"
    assert (cpu / "cpu.shares").read_text().strip() == "512"
    assert families.ask("state", QUIET)["pid"] == pid


def test_a_home_that_burns_its_cores_gets_no_more_than_its_share(families: RunningHost) -> None:
    families.write_manifest(GREEDY, limits={"cpuCores": 0.2, "memoryMegabytes": 1024})
    families.ask("converge", GREEDY)
    group = group_of(families, GREEDY, "cpu")
    until("its quota is set", lambda: (group / "cpu.cfs_quota_us").read_text().strip() == "20000")
    pid = families.ask("state", GREEDY)["pid"]
    attack = threading.Thread(target=flood, args=(families, GREEDY))
    attack.start()
    time.sleep(0.5)
    ticks, begun = cpu_ticks(pid), time.monotonic()
    time.sleep(2)
    cores = (cpu_ticks(pid) - ticks) / os.sysconf("SC_CLK_TCK") / (time.monotonic() - begun)
    attack.join()
    assert 0.1 < cores < 0.3


def cpu_ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def test_a_home_that_burns_its_share_without_a_pause_is_stopped_and_reported() -> None:
    # Not the name that lives with another host beside this one: both would set the password of one role.
    name = "burning.family"
    with RunningHost(RUNAWAY_SECONDS="4") as host:
        host.birth(name, limits={"cpuCores": 0.2, "memoryMegabytes": 2048})
        host.birth("quieter.family")
        pid = host.ask("state", name)["pid"]
        attack = threading.Thread(target=flood, args=(host, name))
        attack.start()
        until("it is reported", lambda: '"code": "runaway"' in host.output(), 30)
        attack.join()
        until("it is back", lambda: host.ask("state", name)["state"] == "running")
        assert host.ask("state", name)["pid"] != pid
        assert "quieter.family" not in "".join(line for line in host.output().splitlines() if "runaway" in line)


def test_a_group_goes_with_its_home() -> None:
    with RunningHost() as host:
        host.birth("short.family")
        folders = [group_of(host, "short.family", controller) for controller in ("memory", "cpu")]
        assert all(folder.name.endswith("-home-short.family") and folder.is_dir() for folder in folders)
        host.write_manifest("short.family", want="stopped")
        assert host.wait("short.family")["state"] == "stopped"
        assert not any(folder.exists() for folder in folders)


def test_a_host_that_was_killed_leaves_groups_that_the_next_one_takes_over() -> None:
    with RunningHost() as host:
        host.birth("one.family")
        folder = group_of(host, "one.family", "memory")
        left = folder.with_name(folder.name.replace("one.family", "nobody.family"))
        left.mkdir()
        host.end(signal.SIGKILL)
        host.begin()
        assert host.wait("one.family")["state"] == "running"
        assert not left.exists()
        host.write_manifest("one.family", want="stopped")
        assert host.wait("one.family")["state"] == "stopped"
        assert not folder.exists()
