"""Homes move between two real releases of Synapse, one at a time, and back; what fails stays where it was."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path

import pytest

from .family import Family, move_in, say
from .keeper import Keeper
from .running_host import RunningHost, until
from .sleeping import ask_home, falls_asleep
from .upgrading import NEW, OLD, in_home, manifest, old_host, progress, schema, start_upgrade, upgrade

SMITH, JONES, BROWN = "smith.family", "jones.family", "brown.family"
# Of hosts beside that one.
OAK, ELM, ASH = "oak.family", "elm.family", "ash.family"


@pytest.fixture(scope="module")
def host() -> Iterator[RunningHost]:
    """On the old version: two homes asleep, one awake."""
    with old_host() as running:
        for name in (SMITH, JONES, BROWN):
            running.birth(name, sleep=name != SMITH)
        yield running


@pytest.fixture(scope="module")
def families(host: RunningHost) -> list[Family]:
    return [move_in(host, name) for name in (SMITH, JONES, BROWN)]


@pytest.fixture
def failing() -> Iterator[RunningHost]:
    with old_host() as running:
        yield running


def versions(host: RunningHost, *names: str) -> list[str | None]:
    return [host.wake(name).get("version") for name in names]


def answers_while(host: RunningHost, names: list[str], moving: Callable[[], object]) -> tuple[set[int], float]:
    """The statuses of requests that come all the while, and the longest that one of them waited."""
    statuses: set[int] = set()
    waits: list[float] = []
    over = threading.Event()

    def ask(name: str) -> None:
        while not over.is_set():
            begun = time.monotonic()
            statuses.add(ask_home(host, name).status)
            waits.append(time.monotonic() - begun)
            time.sleep(0.02)

    asking = [threading.Thread(target=ask, args=(name,)) for name in names]
    for thread in asking:
        thread.start()
    try:
        moving()
    finally:
        over.set()
        for thread in asking:
            thread.join()
    return statuses, max(waits)


@contextmanager
def open_app(host: RunningHost, family: Family) -> Iterator[None]:
    """It always waits for news, and asks again when that is cut off, as every app does."""
    over = threading.Event()

    def poll() -> None:
        since = ""
        while not over.is_set():
            path = f"/_matrix/client/v3/sync?timeout=20000{since}"
            with suppress(OSError, HTTPException):
                since = f"&since={ask_home(host, family.name, path, token=family.token).body['next_batch']}"

    polling = threading.Thread(target=poll)
    polling.start()
    try:
        yield
    finally:
        over.set()
        say(host, family.name, family.room, "news", family.token)
        polling.join()


def test_a_dry_run_says_what_would_be_done_and_changes_nothing(host: RunningHost, families: list[Family]) -> None:
    falls_asleep(host, JONES)
    said = upgrade(host, "--dry-run", "--canary", BROWN)
    assert said.returncode == 0, said.stderr
    for words in (f"{JONES}: asleep, from {OLD} (schema 93", f"{SMITH}: running", "BACKUP_TO is not set"):
        assert words in said.stdout
    assert "the canary" in next(line for line in said.stdout.splitlines() if BROWN in line)
    assert progress(host)["moved"] == {} and schema(SMITH) == 93


def test_homes_awake_and_asleep_move_after_the_canary_keep_everything_and_refuse_nobody(
    host: RunningHost, families: list[Family]
) -> None:
    falls_asleep(host, JONES)
    falls_asleep(host, BROWN)
    pid, keys = host.pid, host.served_keys(SMITH)
    done = []
    with open_app(host, families[0]):
        statuses, longest = answers_while(host, [SMITH], lambda: done.append(upgrade(host, "--canary", BROWN)))
    assert done[0].returncode == 0, done[0].stdout + done[0].stderr
    print(f"{done[0].stdout}\nthe slowest request took {longest:.2f} s")
    assert (statuses, longest < 4) == ({200}, True)
    assert next(iter(progress(host)["moved"])) == BROWN
    assert (host.ask("list")["version"], host.pid) == (NEW, pid)
    falls_asleep(host, JONES)
    assert versions(host, SMITH, JONES, BROWN) == [NEW] * 3
    assert [schema(name) for name in (SMITH, JONES, BROWN)] == [94] * 3
    assert all(family.lives_in(host) for family in families)
    assert host.served_keys(SMITH) == keys
    host.birth("late.family")
    assert (versions(host, "late.family"), schema("late.family")) == ([NEW], 94)
    # As cheap as before, and following the host from now on.
    for name in (SMITH, JONES, BROWN):
        assert "nameplate_homes.parent" in command(host.wake(name)["pid"])
        assert "synapse" not in manifest(host, name)


def command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def test_a_host_started_again_by_the_old_command_serves_the_new_version(host: RunningHost) -> None:
    pid = host.wake(SMITH)["pid"]
    host.end(signal.SIGKILL)
    host.begin()
    assert host.ask("list")["version"] == NEW
    assert host.wait(SMITH)["pid"] == pid


def test_homes_go_back_where_the_schema_allows_it_and_their_processes_are_adopted(
    host: RunningHost, families: list[Family]
) -> None:
    in_home(JONES, "UPDATE schema_compat_version SET compat_version = 94")
    refused = upgrade(host, to=OLD)
    assert refused.returncode == 1
    assert f"the database of {JONES} can only be used from schema 94 on. Nothing was changed" in refused.stderr
    in_home(JONES, "UPDATE schema_compat_version SET compat_version = 84")
    assert upgrade(host, "--only", BROWN, to=OLD).returncode == 0
    assert versions(host, SMITH, BROWN) == [NEW, OLD]
    pid, own = host.ask("state", SMITH)["pid"], host.ask("state", BROWN)["pid"]
    # As an upgrade does before the host changes: it was forked from the host of its version, and stays so.
    host.write_manifest(SMITH, sleep=False, synapse=NEW)
    host.ask("converge", SMITH)
    other = host.wake(JONES)["pid"]
    assert host.ask("become", version=OLD) == {"becoming": OLD}
    # Wherever the host is on its way, one that ends in that moment is taken note of.
    os.kill(other, signal.SIGKILL)
    until("the host is the old one", lambda: host.ask("list")["version"] == OLD)
    # What it started before is still its child: one to be forked again, and one that was killed.
    until("both are off the machine's list", lambda: not any(Path(f"/proc/{ended}").exists() for ended in (own, other)))
    assert host.wake(BROWN)["version"] == OLD and host.ask("state", SMITH)["pid"] == pid
    assert upgrade(host, to=OLD).returncode == 0
    assert versions(host, SMITH, JONES, BROWN) == [OLD] * 3
    assert all(family.lives_in(host) for family in families)


def test_a_version_that_is_not_there_is_the_failure_of_that_home_alone(host: RunningHost) -> None:
    refused = upgrade(host, to="1.1.0")
    assert refused.returncode == 1 and "Synapse 1.1.0 is not there" in refused.stderr
    pid = host.wake(SMITH)["pid"]
    host.write_manifest(SMITH, synapse="1.1.0", sleep=False)
    host.ask("converge", SMITH)
    until("it is said", lambda: host.ask("state", SMITH).get("code") == "no-such-version")
    now = host.ask("state", SMITH)
    assert (now["state"], now["pid"]) == ("running", pid)
    host.hand_over_secrets("new.family")
    host.write_manifest("new.family", synapse="1.1.0")
    assert host.wait("new.family")["code"] == "no-such-version"
    assert versions(host, JONES) == [OLD]
    host.write_manifest(SMITH, sleep=False)
    host.ask("converge", SMITH)
    until("all is well", lambda: "code" not in host.ask("state", SMITH))


def test_a_failing_migration_leaves_that_family_on_the_old_version_and_stops_the_upgrade(failing: RunningHost) -> None:
    for name in (OAK, ELM, ASH):
        failing.birth(name, sleep=name == ASH)
    family = move_in(failing, ELM)
    move_in(failing, ASH)  # used last, it would be next
    falls_asleep(failing, ASH)
    in_home(ELM, _REFUSE, _BEFORE_94)
    done = []
    statuses, _ = answers_while(failing, [ELM], lambda: done.append(upgrade(failing, "--canary", OAK)))
    stopped = done[0]
    assert stopped.returncode == 1
    print(stopped.stderr)
    # Whoever came meanwhile waited a little longer.
    assert statuses == {200}
    assert f"{ELM} does not run well on {NEW}: the homeserver ended with code 1" in stopped.stderr
    assert "not today" in stopped.stderr and "Its database was not changed (schema 93" in stopped.stderr
    assert f"it runs on {OLD} again" in stopped.stderr and progress(failing)["stopped"] in stopped.stderr
    assert versions(failing, OAK, ELM, ASH) == [NEW, OLD, OLD]
    assert schema(ASH) == 93 and family.lives_in(failing)
    assert failing.ask("metrics")["homes"][ELM]["crashed"] == 1
    in_home(ELM, "DROP FUNCTION refuse CASCADE")
    _half_way(failing, family)
    again = upgrade(failing)
    assert again.returncode == 0, again.stderr
    assert versions(failing, OAK, ELM, ASH) == [NEW] * 3 and family.lives_in(failing)


_REFUSE = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not today'; END $$
"""
_BEFORE_94 = """
CREATE TRIGGER refuse BEFORE INSERT ON schema_version FOR EACH ROW WHEN (NEW.version = 94) EXECUTE FUNCTION refuse()
"""


def _half_way(failing: RunningHost, family: Family) -> None:
    """What came before the delta that fails is done; the old version may use it all the same."""
    in_home(ELM, "CREATE TABLE profile_updates (reason text)")
    stopped = upgrade(failing)
    assert stopped.returncode == 1
    words = f"from schema 93 with 115 deltas to schema 94 with 125 deltas, which Synapse {OLD} can use"
    assert words in stopped.stderr
    assert versions(failing, ELM) == [OLD] and family.lives_in(failing)
    in_home(ELM, "DROP TABLE profile_updates")


def test_an_upgrade_killed_at_any_moment_goes_on_when_it_is_run_again(failing: RunningHost) -> None:
    for name in (OAK, ELM, ASH):
        failing.birth(name, sleep=name != OAK)
    family = move_in(failing, OAK)

    def kill_when(what: str, holds: Callable[[], object]) -> None:
        process = start_upgrade(failing, "--canary", ELM) if not progress(failing)["moved"] else start_upgrade(failing)
        until(what, lambda: holds() or process.poll() is not None, 60)
        assert process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()

    kill_when("the canary is on its way", lambda: progress(failing)["moving"])
    kill_when("the host is on its way", lambda: (failing.homes_folder / "host-version").exists())
    kill_when("the next home is on its way", lambda: progress(failing)["moving"])
    done = upgrade(failing)
    assert done.returncode == 0, done.stderr
    assert versions(failing, OAK, ELM, ASH) == [NEW] * 3
    assert failing.ask("list")["version"] == NEW and family.lives_in(failing)


_ONLY_NEWER = """
CREATE FUNCTION only_newer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  UPDATE schema_compat_version SET compat_version = NEW.version;
  PERFORM setval('events_stream_seq', 1, false);
  RETURN NEW;
END $$
"""


def test_a_home_that_cannot_go_back_stays_down_and_its_backup_is_named(failing: RunningHost) -> None:
    failing.birth(OAK)
    family = move_in(failing, OAK)
    keeper = Keeper(failing)
    failing.settings |= keeper.settings
    # A release that allows no way back, on whose migrated database Synapse then finds a fault.
    in_home(OAK, _ONLY_NEWER)
    in_home(
        OAK,
        "CREATE TRIGGER only_newer AFTER INSERT ON schema_version FOR EACH ROW WHEN (NEW.version = 94)"
        " EXECUTE FUNCTION only_newer()",
    )
    stopped = upgrade(failing)
    print(stopped.stderr)
    assert stopped.returncode == 1
    assert f"which Synapse {OLD} (schema 93) cannot use: it stays down" in stopped.stderr, failing.output()
    (archive,) = keeper.files(OAK)
    assert f"restore {OAK} --from {OAK}/{archive.name}" in stopped.stderr
    assert failing.ask("state", OAK)["code"] == "crashed"
    assert failing.ask("list")["version"] == OLD
    # As the words say: the backup brings it back on the version it is of.
    failing.write_manifest(OAK, want="gone")
    failing.ask("converge", OAK)
    assert failing.wait(OAK)["state"] == "gone"
    (failing.homes_folder / "manifests" / f"{OAK}.yaml").unlink()
    restored = keeper.restore(OAK, f"{OAK}/{archive.name}", failing)
    assert restored.returncode == 0, restored.stderr
    assert versions(failing, OAK) == [OLD] and family.lives_in(failing)
    assert manifest(failing, OAK)["synapse"] == OLD


def test_a_home_that_fails_already_is_left_as_it_is_and_stops_no_upgrade(failing: RunningHost) -> None:
    for name in (OAK, ELM):
        failing.birth(name)
    falls_asleep(failing, ELM)
    failing.write_manifest(ELM, synapse="1.1.0")
    assert failing.wake(ELM)["code"] == "no-such-version"
    done = upgrade(failing)
    assert done.returncode == 1
    assert f"{ELM}: FAILED already, stays on {OLD}" in done.stdout and f"Not on {NEW}: {ELM}." in done.stdout
    assert versions(failing, OAK) == [NEW] and schema(ELM) == 93
    # Its manifest still names what it is to run on: the host's change is not its own.
    failing.write_manifest(ELM, synapse=OLD)
    failing.ask("converge", ELM)
    assert versions(failing, ELM) == [OLD]
    assert upgrade(failing).returncode == 0
    assert versions(failing, ELM) == [NEW] and "synapse" not in manifest(failing, OAK)
