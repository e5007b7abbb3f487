"""Real homes broken in each way a home can break, and the sentence a person then reads."""

import json
import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from nameplate_homes.codes import CODES
from nameplate_homes.doctor import home_outside, home_process, machine, postgres
from nameplate_homes.layout import Layout
from nameplate_homes.settings import read_settings
from nameplate_homes.upgrade.progress import Moving, Progress, ProgressFile, progress_file
from nameplate_homes.upgrade.schema import Schema

from .codes_in_code import codes_in_code
from .examined import Edge, edge_before, examine, execute
from .family import register, upload
from .keeper import Keeper
from .running_host import RunningHost, database_name, make_key, until
from .sleeping import counted, falls_asleep, state

WELL = "well.test"


@pytest.fixture(scope="module")
def edge(host: RunningHost) -> Iterator[Edge]:
    with edge_before(host) as before:
        host.birth(WELL)
        before.publish(WELL)
        yield before


def test_every_code_that_a_home_can_fail_with_has_words_and_something_to_do() -> None:
    assert codes_in_code() == set(CODES)
    for code, words in CODES.items():
        assert len(words.means.split()) >= 4 and len(words.do.split()) >= 4, code
        assert words.do.endswith(".") and not words.means.endswith("."), code


def test_a_home_that_is_well_is_followed_to_the_edge_and_nothing_is_to_do(host: RunningHost, edge: Edge) -> None:
    keeper = Keeper(host)
    keeper.backup(WELL)
    seen = examine(host, WELL, **edge.settings, **keeper.settings)
    assert (seen.code, seen.bad()) == (0, []), seen.text
    assert seen.text.rstrip().endswith("There is nothing to do.")
    key_id = next(iter(host.served_keys(WELL)))
    assert seen.says("served key", key_id) and seen.says("signing key", key_id)
    assert seen.says("edge", "is open") and seen.says("certificate", "good for another 12 hours")
    assert seen.says("discovery", f"{WELL}:443") and seen.says("backup", "seconds old and has")
    assert seen.says("database", database_name(WELL), "MB") and seen.says("memory" if _held(host) else "media", " of ")


def test_secrets_are_never_shown(host: RunningHost, edge: Edge) -> None:
    seen = examine(host, WELL, "--json", **edge.settings).text + examine(host, **edge.settings).text
    folder = host.homes_folder / "secrets" / WELL
    secrets = [*json.loads((folder / "secrets.json").read_text()).values()]
    secrets += [(folder / "signing.key").read_text().split()[-1], host.home(WELL, "database.password").read_text()]
    assert len(secrets) == 5 and not any(secret in seen for secret in secrets)


def test_it_answers_a_program_with_one_object(host: RunningHost, edge: Edge) -> None:
    seen = examine(host, WELL, "nobody.test", "--json", **edge.settings)
    told = json.loads(seen.text)
    assert seen.code == 1 and told["well"] is False
    assert [(part["name"], part["well"]) for part in told["parts"]] == [(WELL, True), ("nobody.test", False)]
    assert told["parts"][1]["findings"][0]["words"] == "No home is called nobody.test here"


def test_a_sleeper_is_looked_at_without_being_woken_unless_that_is_asked(sleepy: RunningHost) -> None:
    with edge_before(sleepy) as edge:
        sleepy.birth("asleep.test")
        edge.publish("asleep.test")
        falls_asleep(sleepy, "asleep.test")
        seen = examine(sleepy, "asleep.test", **edge.settings)
        assert seen.code == 0, seen.text
        assert seen.says("process", "It sleeps since") and seen.says("socket", "answers")
        assert seen.says("edge", "is open") and seen.says("served key", "--wake")
        examine(sleepy, **edge.settings)
        assert state(sleepy, "asleep.test") == "asleep" and counted(sleepy, "asleep.test")["started"] == 0
        seen = examine(sleepy, "asleep.test", "--wake", **edge.settings)
        assert seen.code == 0 and seen.says("served key", "ed25519:"), seen.text
        assert counted(sleepy, "asleep.test")["started"] == 1


def test_a_broken_manifest_is_named_with_its_mistake_and_only_for_its_home(host: RunningHost, edge: Edge) -> None:
    host.birth("typo.test")
    host.write_manifest("typo.test", want="runing")
    until("the host has seen it", lambda: host.ask("state", "typo.test").get("code") == "bad-manifest")
    seen = examine(host, "typo.test")
    assert seen.code == 1 and seen.says("BAD manifest", "'runing' is not one of"), seen.text
    assert seen.says("1. Mend the manifest")
    everybody = examine(host, **edge.settings)
    assert everybody.says("BAD typo.test", "'runing' is not one of") and not everybody.says(f"BAD {WELL}")
    (folder := host.homes_folder / "manifests" / "typo.test.yaml").unlink()
    assert examine(host, "typo.test").says("BAD manifest", f"There is no manifest {folder}", "deletes nothing")
    host.write_manifest("typo.test")
    host.wait("typo.test")


def test_a_lost_or_strange_key_is_told_apart_from_the_right_one(host: RunningHost) -> None:
    name = "keys.test"
    host.birth(name)
    ours = host.home(name, "signing.key")
    key_id = f"ed25519:{ours.read_text().split()[1]}"
    assert examine(host, name, RECORDED_KEYS=f"other.test=x {name}={key_id}").says("as is recorded in escrow")
    seen = examine(host, name, RECORDED_KEYS=f"{name}=ed25519:a_else")
    assert seen.code == 1 and seen.says("BAD signing key", key_id, "ed25519:a_else", "for a stranger")
    kept = ours.read_text()
    ours.unlink()
    seen = examine(host, name)
    assert seen.says("BAD signing key", key_id, "missing at home, and lies ready") and seen.says("BAD served key")
    ours.write_text(make_key())
    seen = examine(host, name)
    assert seen.says("BAD signing key", "Two keys are there", key_id)
    assert seen.says("BAD served key", f"are shown {key_id}, which is not the key in its folder")
    ours.write_text(kept)
    host.hand_over(name, ours)
    assert examine(host, name).code == 0


def test_missing_secrets_and_open_ones_are_named(host: RunningHost) -> None:
    host.write_manifest("unborn.test")
    until("it fails", lambda: state(host, "unborn.test") == "failed")
    seen = examine(host, "unborn.test")
    assert seen.says("BAD secrets", "handed over no secrets") and seen.says("BAD signing key", "no signing key")
    assert seen.says("BAD process", CODES["no-key"].means) and seen.says("It was not born yet")
    host.hand_over_secrets("unborn.test")
    secrets = host.homes_folder / "secrets" / "unborn.test" / "secrets.json"
    secrets.chmod(0o644)
    assert examine(host, "unborn.test").says("BAD secrets", "can be read by others")
    secrets.write_text("{}")
    assert examine(host, "unborn.test").says("BAD secrets", "not as agreed")
    host.write_manifest("unborn.test", want="gone")


def test_what_was_done_to_a_database_is_said_and_mended_at_the_next_start(host: RunningHost) -> None:
    name, database = "walls.test", database_name("walls.test")
    host.birth(name)
    execute(f"GRANT CONNECT ON DATABASE {database} TO PUBLIC")
    assert examine(host, name).says("BAD database", f"Other homes' roles may connect to {database}")
    execute(f"REVOKE CONNECT ON DATABASE {database} FROM PUBLIC, {database}")
    assert examine(host, name).says("BAD database", f"may not connect to its own database {database}")
    execute(f"GRANT CONNECT ON DATABASE {database} TO {database}")
    execute(f"ALTER ROLE {database} PASSWORD 'another'")
    seen = examine(host, name)
    assert seen.says("BAD database", "cannot log in", "password authentication failed") and "another" not in seen.text
    # As the doctor says: its process ends, fails to come back, and is then mended.
    os.kill(host.ask("state", name)["pid"], signal.SIGKILL)
    until("it is mended", lambda: state(host, name) == "running" and not examine(host, name).bad())


def test_a_crash_is_told_with_its_last_words_and_the_next_try(host: RunningHost) -> None:
    name = "falls.test"
    host.birth(name)
    os.kill(host.ask("state", name)["pid"], signal.SIGKILL)
    until("it fell", lambda: state(host, name) == "failed")
    seen = examine(host, name)
    assert seen.code == 1 and seen.says("BAD process", "ended by itself", "was killed by SIGKILL"), seen.text
    assert seen.says("The host tries again in") and seen.says(CODES["crashed"].do)
    until("it is back", lambda: state(host, name) == "running")
    seen = examine(host, name)
    assert seen.code == 0 and seen.says("It last fell", "was killed by SIGKILL")


def test_a_lost_socket_is_noticed(host: RunningHost) -> None:
    host.birth("socket.test")
    socket = host.socket_folder / "socket.test.sock"
    aside = socket.with_suffix(".aside")
    socket.rename(aside)
    assert examine(host, "socket.test").says("BAD socket", "Nobody answers", "edge cannot reach it")
    aside.rename(socket)


def test_media_near_their_total_are_named(host: RunningHost) -> None:
    name = "album.test"
    host.birth(name, limits={"mediaMegabytes": 1})
    assert examine(host, name).says("media", "0 bytes", "of 1.0 MB")
    upload(host, name, os.urandom(1024 * 1000), register(host, name, "anna"))
    seen = examine(host, name)
    assert seen.code == 1 and seen.says("BAD media", "1000 KB of files", "of 1.0 MB")
    assert seen.says("raise limits.mediaMegabytes")


def test_old_and_failed_backups_are_named(host: RunningHost) -> None:
    name = "kept.test"
    host.birth(name)
    keeper = Keeper(host)
    assert examine(host, name, **keeper.settings).says("made tonight")
    made = (datetime.now(UTC) - timedelta(days=3)).isoformat()
    told = {"made": made, "archive": "a", "bytes": 2048, "seconds": 1.0, "failed": made, "reason": "the disk is full"}
    host.home(name, "backup.json").write_text(json.dumps(told))
    seen = examine(host, name, **keeper.settings)
    assert seen.code == 1 and seen.says("BAD backup", "failed", "the disk is full") and seen.says("3 days old")
    assert examine(host, **keeper.settings).says(f"BAD {name}", "the disk is full")


def test_what_is_wrong_between_a_home_and_the_world_is_named(host: RunningHost, edge: Edge) -> None:
    folder = edge.publish(WELL)
    (folder / ".well-known/matrix/server").rename(folder / "aside")
    seen = examine(host, WELL, **edge.settings)
    assert seen.says("BAD discovery", "no other server finds the home") and seen.says("BAD edge", "answers 404")
    (folder / "aside").rename(folder / ".well-known/matrix/server")
    # Not our authority: as if the certificate were somebody else's.
    seen = examine(host, WELL, **{**edge.settings, "EDGE_CA_FILE": ""})
    assert seen.says("BAD edge", "its certificate is not good")
    seen = examine(host, WELL, **{**edge.settings, "EDGE_HTTPS_PORT": "1"})
    assert seen.says("BAD edge", "127.0.0.1:1")


def test_the_machine_is_looked_at_part_by_part(host: RunningHost, edge: Edge) -> None:
    seen = examine(host, **edge.settings)
    assert seen.says("ok", "The tenant host runs since", "Synapse 1.")
    assert (
        seen.says("ok", "edge", "answers at 127.0.0.1")
        and seen.says("ok", "disk", "are free")
        and seen.says("ok", "PostgreSQL", "connections in use")
    )
    assert seen.says("BAD backups", "NO BACKUPS") and seen.says("BAD relay", "no relay")
    assert seen.says("-", "No metrics are served") and seen.code == 1
    seen = examine(host, METRICS_ADDRESS="1", RELAY_URL="http://127.0.0.1:1")
    assert seen.says("BAD metrics", "127.0.0.1:1") and seen.says("BAD relay", "does not answer")
    # Something that answers, and is no relay: the edge itself.
    port = edge.settings["EDGE_HTTPS_PORT"]
    assert examine(host, RELAY_URL=f"http://127.0.0.1:{port}").says("BAD relay", "is not our relay")
    execute("CREATE DATABASE open_to_all")
    try:
        assert examine(host).says("BAD databases", "open_to_all") and examine(host).says("REVOKE CONNECT ON DATABASE")
    finally:
        execute("DROP DATABASE open_to_all")
    url = "postgres://nobody:hidden-word@127.0.0.1:1/postgres"
    seen = examine(host, TENANT_DATABASE_URL=url)
    assert seen.says("BAD PostgreSQL", "Connection refused") and "hidden-word" not in seen.text


def test_what_is_nearly_used_up_is_named(host: RunningHost, edge: Edge, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if less were much: neither a disk nor a certificate's life can be used up in a test."""
    monkeypatch.setattr(machine, "_LITTLE_DISK", 2**62)
    monkeypatch.setattr(home_process, "_NEARLY", 0.01)
    monkeypatch.setattr(home_outside, "_LATE", 1.5)
    monkeypatch.setattr(postgres, "_FEW_CONNECTIONS", 10_000)
    seen = examine(host, WELL, **edge.settings)
    assert seen.says("BAD disk", "nearly full") and seen.says("BAD certificate", "was not renewed")
    assert seen.says("BAD memory", "the kernel ends it") or not _held(host)
    assert examine(host).says("BAD PostgreSQL", "too few are left")


def test_an_upgrade_is_seen_where_it_is_and_where_it_stopped(host: RunningHost, edge: Edge) -> None:
    schema = Schema(version=1, compat=1, deltas=1)
    progress = Progress("9.9.9", moving=Moving(WELL, "1.1.1", schema, None), moved={"other.test": 1.5})
    layout = Layout(read_settings(host.environment()))
    file = ProgressFile(layout)
    file.write(progress)
    assert examine(host).says("-", "It is at well.test", "Synapse 9.9.9, with 1 homes moved")
    assert examine(host, WELL).says("-", "moved from Synapse 1.1.1 to 9.9.9")
    progress.moving, progress.stopped = None, "its migration failed"
    file.write(progress)
    seen = examine(host)
    assert seen.says("BAD upgrade", "its migration failed") and seen.says("nameplate_homes.upgrade --to 9.9.9")
    progress_file(layout).unlink()


def test_a_dead_host_is_said_first_and_homes_are_still_looked_at() -> None:
    with RunningHost() as host:
        host.birth("orphan.test")
        host.end(signal.SIGKILL)
        seen = examine(host)
        assert seen.code == 1 and seen.bad()[0].startswith("BAD host") and seen.says("The tenant host does not answer")
        assert seen.says("1. Start the tenant host") and seen.says("1 home is well")
        assert examine(host, "orphan.test").says("The host, which would know how it lives, does not answer")
        host.begin()


def test_settings_to_mend_are_said_without_what_they_hold(host: RunningHost) -> None:
    seen = examine(host, SOCKET_FOLDER="", TENANT_DATABASE_URL="postgres//role:hidden-word@here/db")
    assert seen.code == 1 and "SOCKET_FOLDER is missing" in seen.text
    assert "TENANT_DATABASE_URL" in seen.text and "hidden-word" not in seen.text


def _held(host: RunningHost) -> bool:
    return str(host.ask("list")["held_by"]).startswith("cgroup")
