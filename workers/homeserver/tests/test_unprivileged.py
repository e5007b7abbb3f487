"""A host that an ordinary user started: everything works, with fewer walls, and it says which are not there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .as_home import READ, needs_root, run_as
from .running_host import RunningHost

ORDINARY = 1_900_300_000
SMITH, JONES = "smith.family", "jones.family"
pytestmark = needs_root  # to become somebody else


@pytest.fixture(scope="module")
def ordinary() -> Iterator[RunningHost]:
    host = RunningHost()
    host.user = ORDINARY
    host.give_to(host.folder, ORDINARY)
    (host.folder / "homes").mkdir()
    for folder in ("manifests", "secrets", "secrets/smith.family", "secrets/jones.family"):
        (host.homes_folder / folder).mkdir()
    for name in (SMITH, JONES):
        host.hand_over_secrets(name)
        host.write_manifest(name)
    for path in (host.homes_folder, *host.homes_folder.rglob("*")):
        host.give_to(path, ORDINARY)
    with host:
        yield host


def test_its_homes_run_as_that_user(ordinary: RunningHost) -> None:
    for name in (SMITH, JONES):
        assert ordinary.wake(name)["state"] == "running"
        status = Path(f"/proc/{ordinary.ask('state', name)['pid']}/status").read_text()
        assert f"Uid:\t{ORDINARY}\t{ORDINARY}\t{ORDINARY}\t{ORDINARY}\n" in status
        assert "NoNewPrivs:\t1\n" in status


def test_it_says_that_it_cannot_give_users_and_shares(ordinary: RunningHost) -> None:
    said = ordinary.output()
    assert "every home runs as this user: only root can give each a user of its own" in said
    assert '"msg": "what holds each home to its share", "by": "none: Permission denied' in said
    assert ordinary.ask("list")["held_by"].startswith("none: Permission denied")


def test_one_home_still_cannot_read_anothers_memory(ordinary: RunningHost) -> None:
    pid = ordinary.ask("state", JONES)["pid"]
    for file in ("mem", "environ", "maps"):
        assert run_as(ORDINARY, READ, f"/proc/{pid}/{file}") == "PermissionError"


def test_strangers_to_that_user_are_kept_out_all_the_same(ordinary: RunningHost) -> None:
    for file in ("signing.key", "homeserver.yaml", "media", "database.password"):
        assert run_as(ORDINARY + 1, READ, str(ordinary.home(SMITH, file))) == "PermissionError"
