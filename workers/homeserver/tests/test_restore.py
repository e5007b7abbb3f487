"""Restoring: into an empty host, all or nothing."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from .archives import everything, fewer, rewritten
from .family import Family, move_in, register
from .keeper import Keeper
from .running_host import Answer, RunningHost, database_name, query

SMITH, JONES = "smith.family", "jones.family"


@pytest.fixture(scope="module")
def keeper(host: RunningHost) -> Keeper:
    return Keeper(host)


@pytest.fixture(scope="module")
def smith(host: RunningHost) -> Family:
    host.birth(SMITH)
    return move_in(host, SMITH)


@pytest.fixture(scope="module")
def archive(keeper: Keeper, smith: Family) -> Path:
    return keeper.backup(SMITH)


@dataclass(frozen=True)
class Lost:
    """A home that is nowhere any more, but for its backup."""

    family: Family
    archive: Path
    keys: Answer
    secrets: str


@pytest.fixture(scope="module")
def lost(host: RunningHost, keeper: Keeper) -> Lost:
    host.birth(JONES)
    family, keys = move_in(host, JONES), host.served_keys(JONES)
    hand_out_keys(host, family)
    archive = keeper.backup(JONES)
    secrets = (host.homes_folder / "secrets" / JONES / "secrets.json").read_text()
    lose_home(host, JONES)
    return Lost(family, archive, keys, secrets)


@pytest.fixture(scope="module")
def empty() -> Iterator[RunningHost]:
    with RunningHost() as running:
        yield running


def newer(inside: dict[str, bytes]) -> None:
    contents = json.loads(inside["backup.json"])
    inside["backup.json"] = json.dumps({**contents, "schema": contents["schema"] + 50}).encode()


def climbing(inside: dict[str, bytes]) -> None:
    end = inside.pop("end.json")
    inside["media/local_content/../../../../out"] = b"x"
    inside["end.json"] = end


def counting_wrong(inside: dict[str, bytes]) -> None:
    contents = json.loads(inside["backup.json"])
    contents["counts"]["events"] += 1
    inside["backup.json"] = json.dumps(contents).encode()


def test_a_home_that_runs_is_never_restored_over(host: RunningHost, keeper: Keeper, archive: Path) -> None:
    before, pid = everything(host), host.ask("state", SMITH)["pid"]
    refused = keeper.restore(SMITH, archive, host)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "running here" in refused.stderr
    assert everything(host) == before
    assert host.ask("state", SMITH)["pid"] == pid


def test_a_stopped_home_with_messages_is_never_restored_over(
    host: RunningHost, keeper: Keeper, archive: Path, smith: Family
) -> None:
    host.write_manifest(SMITH, want="stopped")
    assert host.wait(SMITH)["state"] == "stopped"
    before = everything(host)
    refused = keeper.restore(SMITH, archive, host)
    assert refused.returncode == 1 and "with rooms in it" in refused.stderr
    assert everything(host) == before
    host.write_manifest(SMITH)
    assert host.wait(SMITH)["state"] == "running"
    assert smith.lives_in(host)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda whole: whole[:-20], "damaged or cut"),
        (lambda whole: whole[: len(whole) // 2], "damaged or cut"),
        (lambda whole: whole[:100], "beginning is damaged or cut"),
        (lambda whole: b"", "beginning is damaged or cut"),
        (lambda whole: whole[:70_000] + bytes([whole[70_000] ^ 1]) + whole[70_001:], "damaged or cut"),
        (lambda whole: b"PK" + whole, "beginning is damaged or cut"),
    ],
    ids=["its end cut", "half of it", "a stump", "nothing", "one bit flipped", "another file"],
)
def test_a_damaged_archive_is_refused_and_nothing_is_changed(
    empty: RunningHost, keeper: Keeper, lost: Lost, change: Callable[[bytes], bytes], words: str
) -> None:
    damaged = keeper.folder / "damaged.age"
    damaged.write_bytes(change(lost.archive.read_bytes()))
    before = everything(empty)
    refused = keeper.restore(JONES, damaged, empty)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert words in refused.stderr and "Traceback" not in refused.stderr
    assert everything(empty) == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (newer, "newer Synapse"),
        (climbing, "does not belong there"),
        (fewer, "not whole"),
        (counting_wrong, "should hold"),
        (lambda inside: inside.update({"signing.key": b"ed25519 a_oops nonsense\n"}), "signing key"),
        (lambda inside: inside.update({"secrets.json": b"{}"}), "secrets.json"),
        (lambda inside: inside.update({"manifest.json": b'{"want": "everything"}'}), "manifest"),
    ],
    ids=[
        "a newer schema",
        "a path that climbs",
        "a picture missing",
        "other counts",
        "a spoilt key",
        "no secrets",
        "no manifest",
    ],
)
def test_a_whole_archive_with_wrong_content_is_refused_and_nothing_is_changed(
    empty: RunningHost, keeper: Keeper, lost: Lost, change: Callable[[dict[str, bytes]], None], words: str
) -> None:
    before = everything(empty)
    refused = keeper.restore(JONES, rewritten(keeper, lost.archive, change), empty)
    assert refused.returncode == 1
    assert words in refused.stderr and "Traceback" not in refused.stderr
    assert everything(empty) == before


def test_a_wrong_identity_or_another_familys_archive_changes_nothing(
    empty: RunningHost, keeper: Keeper, lost: Lost
) -> None:
    before, stranger = everything(empty), keeper.folder / "stranger.txt"
    keeper.run("new-identity", str(stranger))
    wrong = keeper.run("restore", JONES, "--from", str(lost.archive), "--identity", str(stranger), host=empty)
    assert wrong.returncode == 1 and "encrypted to another key" in wrong.stderr
    other = keeper.restore("other.family", lost.archive, empty)
    assert other.returncode == 1 and f"the archive is of {JONES}" in other.stderr
    assert everything(empty) == before


def test_a_key_that_is_there_is_never_replaced(empty: RunningHost, keeper: Keeper, lost: Lost) -> None:
    other = empty.hand_over_secrets(JONES)
    before = everything(empty)
    refused = keeper.restore(JONES, lost.archive, empty)
    assert refused.returncode == 1 and "A key is never replaced" in refused.stderr
    assert everything(empty) == before
    for path in (empty.homes_folder / "secrets" / JONES).iterdir():
        assert path.name != "signing.key" or path.read_text() == other
        path.unlink()


def test_a_home_is_restored_into_an_empty_host_with_its_key_its_sessions_its_messages_and_its_pictures(
    empty: RunningHost, keeper: Keeper, lost: Lost
) -> None:
    done = keeper.restore(JONES, lost.archive, empty)
    assert done.returncode == 0, done.stderr
    assert re.search(r"1 accounts, 1 rooms, \d+ events, 1 media files", done.stdout)
    assert empty.wait(JONES)["state"] == "running", empty.output()
    assert empty.served_keys(JONES) == lost.keys
    assert lost.family.lives_in(empty)
    assert (empty.homes_folder / "secrets" / JONES / "secrets.json").read_text() == lost.secrets
    # None of the old one-time keys is handed out again; the app learns that it has to make new ones.
    upload = empty.call(JONES, "POST", "/_matrix/client/v3/keys/upload", {}, lost.family.token)
    assert upload[1]["one_time_key_counts"].get("signed_curve25519", 0) == 0
    assert claimed_key(empty, lost.family) == "good for many"
    owners = query(
        "SELECT pg_get_userbyid(datdba) = CURRENT_USER, shobj_description(oid, 'pg_database') FROM pg_database"
        " WHERE datname = %s",
        database_name(JONES),
    )
    assert owners == [(True, JONES)]
    assert query("SELECT 1 FROM pg_roles WHERE starts_with(rolname, 'restoring_')") == []
    # It goes on living, and can be backed up like any other.
    assert register(empty, JONES, "ben")
    again = Keeper(empty)
    assert json.loads(again.opened(again.backup(JONES))["backup.json"])["counts"]["users"] == 2


def test_a_home_that_was_born_again_but_not_lived_in_makes_room(empty: RunningHost, keeper: Keeper, lost: Lost) -> None:
    """As when the worker was quicker than whoever restores."""
    lose_home(empty, JONES)
    empty.hand_over_secrets(JONES, keeper.opened(lost.archive)["signing.key"].decode())
    empty.write_manifest(JONES)
    assert empty.wait(JONES)["state"] == "running"
    assert register(empty, JONES, "anna")
    empty.write_manifest(JONES, want="stopped")
    assert empty.wait(JONES)["state"] == "stopped"
    done = keeper.restore(JONES, lost.archive, empty, "--stopped")
    assert done.returncode == 0, done.stderr
    assert "It is stopped." in done.stdout
    empty.write_manifest(JONES)
    assert empty.wait(JONES)["state"] == "running", empty.ask("state", JONES)
    assert lost.family.lives_in(empty)


def hand_out_keys(host: RunningHost, family: Family) -> None:
    """As an app does when it is set up, so that others can write to it in secret."""
    keys = {
        "one_time_keys": {"signed_curve25519:AAAA": {"key": "good for one", "signatures": {}}},
        "fallback_keys": {"signed_curve25519:AAAB": {"key": "good for many", "fallback": True, "signatures": {}}},
    }
    status, answer = host.call(family.name, "POST", "/_matrix/client/v3/keys/upload", keys, family.token)
    assert status == 200 and answer["one_time_key_counts"]["signed_curve25519"] == 1


def claimed_key(host: RunningHost, family: Family) -> object:
    device = host.call(family.name, "GET", "/_matrix/client/v3/account/whoami", token=family.token)[1]["device_id"]
    wanted = {"one_time_keys": {f"@anna:{family.name}": {device: "signed_curve25519"}}}
    status, answer = host.call(family.name, "POST", "/_matrix/client/v3/keys/claim", wanted, family.token)
    assert status == 200, answer
    (key,) = answer["one_time_keys"][f"@anna:{family.name}"][device].values()
    return key["key"]


def lose_home(host: RunningHost, name: str) -> None:
    """Process, database, role and files are gone; the backups are elsewhere."""
    host.write_manifest(name, want="gone")
    assert host.wait(name)["state"] == "gone"
    host.homes_folder.joinpath("manifests", f"{name}.yaml").unlink()
