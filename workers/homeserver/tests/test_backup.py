"""Backups: made while a home runs or is stopped, whole or not at all, to a folder or a bucket."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import psycopg2
import pytest

from nameplate_homes.backup.backup_home import backup_home
from nameplate_homes.backup.folder_store import FolderStore
from nameplate_homes.backup.problem import BackupProblem
from nameplate_homes.backup.settings import read_backup_settings
from nameplate_homes.database import Cluster
from nameplate_homes.layout import Layout
from nameplate_homes.settings import read_settings

from .family import Family, move_in, upload
from .keeper import Keeper
from .running_host import RunningHost, database_name, database_url, until

SMITH = "smith.family"


@pytest.fixture(scope="module")
def keeper(host: RunningHost) -> Keeper:
    return Keeper(host)


@pytest.fixture(scope="module")
def smith(host: RunningHost) -> Family:
    host.birth(SMITH)
    return move_in(host, SMITH)


def in_database(name: str, statement: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(database_url(), dbname=database_name(name))
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def test_a_running_home_is_backed_up_without_a_pause_and_says_what_it_holds(
    host: RunningHost, keeper: Keeper, smith: Family
) -> None:
    pid = host.ask("state", SMITH)["pid"]
    archive = keeper.backup(SMITH)
    inside = keeper.opened(archive)
    contents, end = json.loads(inside["backup.json"]), json.loads(inside["end.json"])
    key = host.home(SMITH, "signing.key").read_text()
    assert inside["signing.key"].decode() == key
    assert contents["key_id"] == ":".join(key.split()[:2])
    assert contents["name"] == SMITH and contents["synapse"] == "1.163.2"
    assert contents["counts"]["users"] == 1 and contents["counts"]["message"]["event"] == smith.message
    assert contents["counts"]["media"] == end["media_files"] == 1
    assert [body for name, body in inside.items() if name.startswith("media/local_content/")] == [smith.picture]
    assert host.ask("state", SMITH)["pid"] == pid
    state = keeper.state(SMITH)
    assert state["bytes"] == archive.stat().st_size and state["reason"] is None
    assert archive.parent.name + "/" + archive.name == state["archive"]
    assert archive.stat().st_mode & 0o777 == 0o600


def test_one_time_keys_stay_out_and_fallback_keys_do_not(host: RunningHost, keeper: Keeper, smith: Family) -> None:
    status, answer = host.call(
        SMITH,
        "POST",
        "/_matrix/client/v3/keys/upload",
        {
            "one_time_keys": {"signed_curve25519:AAAAAA": {"key": "never-to-be-seen-again", "signatures": {}}},
            "fallback_keys": {"signed_curve25519:AAAAAB": {"key": "good-for-many", "fallback": True, "signatures": {}}},
        },
        smith.token,
    )
    assert status == 200, answer
    inside = keeper.opened(keeper.backup(SMITH))
    dump = b"".join(body for name, body in sorted(inside.items()) if name.startswith("database/"))
    plain = subprocess.run(["pg_restore", "--file=-"], input=dump, capture_output=True, check=True).stdout
    assert b"good-for-many" in plain
    assert b"COPY public.events " in plain
    assert b"never-to-be-seen-again" not in plain


def test_media_of_other_servers_is_left_to_be_fetched_again(host: RunningHost, keeper: Keeper, smith: Family) -> None:
    strange = host.home(SMITH, "media", "remote_content", "elsewhere.test", "ab", "cd", "efgh")
    strange.parent.mkdir(parents=True)
    strange.write_bytes(b"somebody else's")
    assert not any("remote" in name for name in keeper.opened(keeper.backup(SMITH)))


def test_a_stopped_home_is_backed_up_and_stays_stopped(host: RunningHost, keeper: Keeper, smith: Family) -> None:
    host.write_manifest(SMITH, want="stopped")
    assert host.wait(SMITH)["state"] == "stopped"
    contents = json.loads(keeper.opened(keeper.backup(SMITH))["backup.json"])
    assert contents["counts"]["message"]["event"] == smith.message
    assert "pid" not in host.ask("state", SMITH)
    host.write_manifest(SMITH)
    assert host.wait(SMITH)["state"] == "running"


def test_a_backup_killed_half_way_never_looks_like_one(host: RunningHost, keeper: Keeper, smith: Family) -> None:
    large = host.home(SMITH, "media", "local_content", "zz", "zz", "large")
    large.parent.mkdir(parents=True)
    with large.open("wb") as file:
        file.truncate(2_000_000_000)
    before = keeper.files(SMITH)
    process = keeper.start("backup", SMITH)
    until("it writes", lambda: any(path.stat().st_size > 1_000_000 for path in partial(keeper)))
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    large.unlink()
    assert [path for path in keeper.files(SMITH) if path.suffix == ".age"] == [
        path for path in before if path.suffix == ".age"
    ]
    # A day later the next run takes away what is left of it.
    for path in partial(keeper):
        os.utime(path, (time.time() - 90_000,) * 2)
    keeper.backup(SMITH)
    assert partial(keeper) == []


def partial(keeper: Keeper) -> list[Path]:
    return [path for path in keeper.files(SMITH) if path.name.endswith(".partial")]


def test_a_failure_is_said_and_kept_until_a_backup_goes_well(host: RunningHost, keeper: Keeper, smith: Family) -> None:
    good = keeper.state(SMITH)
    in_the_way = keeper.folder / "a-file"
    in_the_way.write_text("")
    settings, keeper.settings = keeper.settings, {**keeper.settings, "BACKUP_TO": str(in_the_way)}
    failed = keeper.run("backup", SMITH)
    keeper.settings = settings
    assert failed.returncode == 1
    state = keeper.state(SMITH)
    assert "Not a directory" in state["reason"] and state["failed"]
    assert state["made"] == good["made"] and state["archive"] == good["archive"]
    keeper.backup(SMITH)
    assert keeper.state(SMITH)["reason"] is None


class ForgetfulDisk(FolderStore):
    """Says that all was written, and has lost the last of it when it is read."""

    @contextmanager
    def get(self, key: str) -> Iterator[BinaryIO]:
        with super().get(key) as whole:
            yield BytesIO(whole.read()[:-1])


def test_what_reads_back_otherwise_than_it_was_written_is_no_backup(keeper: Keeper, smith: Family) -> None:
    before, environment = keeper.files(SMITH), keeper.environment()
    settings = read_backup_settings(environment)
    assert settings is not None and isinstance(settings.to, Path)
    layout, cluster = Layout(read_settings(environment)), Cluster(database_url())
    with pytest.raises(BackupProblem, match="not what was written"):
        backup_home(layout, cluster, settings, ForgetfulDisk(settings.to), SMITH)
    assert keeper.files(SMITH) == before
    assert "not what was written" in keeper.state(SMITH)["reason"]


def test_the_host_backs_up_what_is_due_by_itself_and_wakes_nobody(smith: Family, host: RunningHost) -> None:
    with RunningHost() as other:
        other.birth("due.family")
        other.birth("young.family")
        other.end()
        keeper = Keeper(other)
        # Born two days ago, it has missed its moment; the other was born a minute ago and waits for its night.
        two_days_ago = time.time() - 2 * 86_400
        os.utime(other.home("due.family", "home.json"), (two_days_ago, two_days_ago))
        other.settings |= keeper.settings
        other.begin()
        until("it is backed up", lambda: keeper.files("due.family") and keeper.state("due.family")["made"])
        assert keeper.files("young.family") == []
        assert other.ask("state", "due.family")["state"] == "asleep"
        assert not any(keeper.recipient in Path(f"/proc/{pid}/environ").read_text() for pid in (other.pid,))


def test_a_host_without_a_place_for_backups_says_so(host: RunningHost) -> None:
    assert "NO BACKUPS are made" in host.output()


def test_wrong_settings_are_all_named_before_anything_starts() -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parent.parent),
        "BACKUP_TO": "s3://a-bucket/under",
        "BACKUP_RECIPIENT": "age1nonsense AGE-SECRET-KEY-1NEVERHERE",
        "BACKUP_KEEP_DAILY": "many",
    }
    said = subprocess.run([sys.executable, "-m", "nameplate_homes"], env=environment, text=True, capture_output=True)
    assert said.returncode == 1
    for words in (
        "HOMES_FOLDER is missing",
        "BACKUP_S3_KEY is missing",
        "BACKUP_S3_SECRET is missing",
        "not an age key: age1nonsense",
        "private key, which must never be on this machine",
        "BACKUP_KEEP_DAILY is not a whole number",
    ):
        assert words in said.stderr
    assert "NEVERHERE" not in said.stderr


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A real S3-speaking server that checks signatures; its buckets are folders."""
    folder = tmp_path_factory.mktemp("s3")
    (folder / "families").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    rclone = Path(sys.executable).with_name("rclone")
    server = subprocess.Popen(
        [rclone, "serve", "s3", "--addr", f"127.0.0.1:{port}", "--auth-key", "anna,a-long-secret", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "RCLONE_CONFIG": ""},
    )
    until("the bucket answers", lambda: _listens(port))
    yield {
        "BACKUP_TO": "s3://families/nameplate",
        "BACKUP_S3_ENDPOINT": f"http://127.0.0.1:{port}",
        "BACKUP_S3_KEY": "anna",
        "BACKUP_S3_SECRET": "a-long-secret",
        "FOLDER": str(folder / "families" / "nameplate"),
    }
    server.terminate()
    server.wait(10)


def _listens(port: int) -> bool:
    with socket.create_connection(("127.0.0.1", port), 1):
        return True


def test_a_bucket_takes_backups_of_any_size_and_only_from_those_who_may(
    host: RunningHost, smith: Family, bucket: dict[str, str]
) -> None:
    keeper = Keeper(host, **{key: value for key, value in bucket.items() if key != "FOLDER"})
    upload(host, SMITH, os.urandom(20_000_000), smith.token)  # more than one part
    done = keeper.run("backup", SMITH)
    assert done.returncode == 0, done.stdout + done.stderr
    (archive,) = Path(bucket["FOLDER"]).glob(f"{SMITH}/*")
    assert len(keeper.opened(archive)) > 5
    assert f"{archive.stat().st_size}  {SMITH}/{archive.name}" in keeper.run("list").stdout
    assert keeper.state(SMITH)["bytes"] == archive.stat().st_size > 20_000_000
    drilled = keeper.run("drill", SMITH, "--identity", str(keeper.identity))
    assert drilled.returncode == 0, drilled.stdout + drilled.stderr
    keeper.settings["BACKUP_S3_SECRET"] = "a guess"
    refused = keeper.run("backup", SMITH)
    assert refused.returncode == 1
    assert "did not let us write" in keeper.state(SMITH)["reason"]
    assert list(Path(bucket["FOLDER"]).glob(f"{SMITH}/*")) == [archive]
