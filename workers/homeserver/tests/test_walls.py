"""Two tenants on one machine, each trying what is the other's: as root every home is a Unix user of its own."""

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg2.extensions
import pytest

from .as_home import CONNECT, LIST, LOG_IN, READ, WRITE, needs_root, run_as, uid_of
from .running_host import RunningHost, database_name, database_url, query, until

SMITH, JONES = "smith.family", "jones.family"
pytestmark = needs_root


@pytest.fixture(scope="module")
def families() -> Iterator[RunningHost]:
    with RunningHost() as host:
        for name in (SMITH, JONES):
            host.birth(name)
            (host.home(name, "media") / "picture").write_bytes(b"a picture")
        yield host


PRIVATE = (
    *("signing.key", "homeserver.yaml", "log.yaml", "database.password", "output.log", "home.json", "home.pid"),
    *("media/picture", "home.lock"),
)


@pytest.mark.parametrize("file", PRIVATE)
def test_a_tenant_can_neither_read_nor_write_its_neighbours_file(families: RunningHost, file: str) -> None:
    path = families.home(JONES, file)
    assert path.exists()
    for attempt in (READ, WRITE):
        assert run_as(uid_of(families, SMITH), attempt, str(path)) == "PermissionError"


@pytest.mark.parametrize("file", ["signing.key", "homeserver.yaml", "log.yaml", "media/picture"])
def test_a_tenant_reads_what_it_lives_on(families: RunningHost, file: str) -> None:
    picture = families.home(SMITH, "media", "picture")
    families.hand_over(SMITH, picture)
    assert run_as(uid_of(families, SMITH), READ, str(families.home(SMITH, file))) == "read"


@pytest.mark.parametrize("file", ["database.password", "home.json", "home.pid"])
def test_a_tenant_cannot_touch_what_the_host_keeps_about_it(families: RunningHost, file: str) -> None:
    uid = uid_of(families, SMITH)
    assert run_as(uid, WRITE, str(families.home(SMITH, file))) == "PermissionError"
    assert run_as(uid, WRITE, str(families.home(SMITH, "new-file"))) == "PermissionError"


@pytest.mark.parametrize("folder", ["", "media", "logs"])
def test_a_tenant_cannot_list_its_neighbours_folders(families: RunningHost, folder: str) -> None:
    uid = uid_of(families, SMITH)
    assert run_as(uid, LIST, str(families.home(JONES, folder))) == "PermissionError"


def test_a_tenant_cannot_list_who_else_lives_here(families: RunningHost) -> None:
    uid = uid_of(families, SMITH)
    inside = (families.homes_folder / part for part in ("homes", "secrets", "manifests"))
    for folder in (*inside, families.socket_folder):
        assert run_as(uid, LIST, str(folder)) == "PermissionError"


def test_a_tenant_cannot_read_any_handed_over_secret(families: RunningHost) -> None:
    for name in (SMITH, JONES):
        path = families.homes_folder / "secrets" / name / "signing.key"
        assert run_as(uid_of(families, SMITH), READ, str(path)) == "PermissionError"


def test_a_tenant_connects_to_no_socket_its_own_included(families: RunningHost) -> None:
    uid = uid_of(families, SMITH)
    for path in (*(families.socket_folder / f"{name}.sock" for name in (SMITH, JONES)), families.host_socket):
        assert path.exists()
        assert run_as(uid, CONNECT, str(path)) == "PermissionError"


def test_a_tenant_logs_in_to_its_own_database_and_to_no_other(families: RunningHost) -> None:
    server = psycopg2.extensions.parse_dsn(database_url())
    password = families.home(SMITH, "database.password").read_text()
    mine = (server["host"], server["port"], database_name(SMITH), password)
    uid = uid_of(families, SMITH)
    assert run_as(uid, LOG_IN, *mine, database_name(SMITH)) == "logged in"
    assert run_as(uid, LOG_IN, *mine, database_name(JONES)) == "permission denied"


def test_a_tenant_enters_no_database_that_waits_for_the_next_one(families: RunningHost) -> None:
    server = psycopg2.extensions.parse_dsn(database_url())
    password = families.home(SMITH, "database.password").read_text()
    mine = (server["host"], server["port"], database_name(SMITH), password)

    def spares() -> list[str]:
        return [row[0] for row in query("SELECT datname FROM pg_database WHERE datname LIKE 'spare\\_%%'")]

    until("there are some", spares)
    for spare in spares():
        assert "not currently accepting connections" in run_as(uid_of(families, SMITH), LOG_IN, *mine, spare)


def test_a_tenant_cannot_look_into_any_process(families: RunningHost) -> None:
    for pid in (families.ask("state", JONES)["pid"], families.ask("state", SMITH)["pid"], families.pid):
        for file in ("mem", "environ", "maps"):
            assert run_as(uid_of(families, SMITH), READ, f"/proc/{pid}/{file}") in ("PermissionError", "OSError")


def test_a_home_runs_as_its_own_user_with_nothing_of_roots(families: RunningHost) -> None:
    uid = uid_of(families, SMITH)
    assert uid != uid_of(families, JONES)
    status = dict(
        line.split(":\t", 1)
        for line in Path(f"/proc/{families.ask('state', SMITH)['pid']}/status").read_text().splitlines()
        if ":\t" in line
    )
    assert status["Uid"].split() == [str(uid)] * 4
    assert status["Gid"].split() == [str(uid)] * 4
    assert status["Groups"].split() == []
    assert int(status["CapPrm"], 16) == int(status["CapEff"], 16) == int(status["CapAmb"], 16) == 0
    assert status["NoNewPrivs"] == "1"


def test_a_home_keeps_its_user_for_ever_and_nobody_gets_it_after(families: RunningHost) -> None:
    before = uid_of(families, SMITH)
    families.birth("short.family")
    short = uid_of(families, "short.family")
    families.write_manifest("short.family", want="gone")
    assert families.wait("short.family")["state"] == "gone"
    families.end()
    families.begin()
    assert families.wake(SMITH)["state"] == "running"
    assert uid_of(families, SMITH) == before
    families.birth("next.family")
    assert uid_of(families, "next.family") not in (before, short, uid_of(families, JONES))


def test_files_of_a_home_that_ran_without_root_are_handed_over(families: RunningHost) -> None:
    name = "older.family"
    families.birth(name)
    families.write_manifest(name, want="stopped")
    assert families.wait(name)["state"] == "stopped"
    # As it was left by a host that was not root: everything that user's, and no number written down.
    record = families.home(name, "home.json")
    record.write_text(json.dumps({"name": name, "database": database_name(name)}))
    families.home(name, "prepared").unlink()
    for path in (families.home(name), *families.home(name).rglob("*")):
        families.give_to(path, 0)
    families.write_manifest(name)
    assert families.wait(name)["state"] == "running"
    uid = uid_of(families, name)
    until("its files are its own", lambda: families.home(name, "media").stat().st_uid == uid)
    assert families.home(name, "signing.key").stat().st_uid == uid


def test_a_range_of_users_that_is_used_up_blocks_only_the_next_home() -> None:
    with RunningHost(TENANT_UIDS="1900200000-1900200001") as host:
        host.birth("one.family")
        host.birth("two.family")
        host.hand_over_secrets("three.family")
        host.write_manifest("three.family")
        answer = host.wait("three.family")
        assert (answer["state"], answer["code"]) == ("failed", "no-user")
        host.write_manifest("one.family", want="gone")
        assert host.wait("one.family")["state"] == "gone"
        host.ask("converge", "three.family")
        assert host.wait("three.family")["state"] == "running"
        assert host.call("two.family", "GET", "/_matrix/client/versions")[0] == 200


def test_below_a_closed_folder_homes_live_too_with_walls_against_writing_only_and_that_is_said() -> None:
    host = RunningHost()
    closed = host.folder / "root"
    closed.mkdir(mode=0o700)
    host.homes_folder = closed / "homes"
    with host:
        for name in (SMITH, JONES):
            host.birth(name)
        assert f'"folder": "{closed}"' in host.output()
        pid = host.ask("state", SMITH)["pid"]
        status = Path(f"/proc/{pid}/status").read_text()
        # CAP_DAC_READ_SEARCH and nothing else.
        assert "CapEff:\t0000000000000004\n" in status
        assert f"Uid:\t{uid_of(host, SMITH)}\t" in status
        assert run_as(uid_of(host, SMITH), WRITE, str(host.home(JONES, "signing.key"))) == "PermissionError"
