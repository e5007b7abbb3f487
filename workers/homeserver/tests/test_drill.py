"""The drill: tries a backup by restoring it aside, and leaves no trace."""

import json
import os
import tempfile
from pathlib import Path

import pytest

from .archives import everything, fewer, rewritten
from .family import move_in
from .keeper import Keeper
from .running_host import RunningHost, until

SMITH = "smith.family"


@pytest.fixture(scope="module")
def keeper(host: RunningHost) -> Keeper:
    return Keeper(host)


@pytest.fixture(scope="module")
def archive(host: RunningHost, keeper: Keeper) -> Path:
    host.birth(SMITH)
    move_in(host, SMITH)
    return keeper.backup(SMITH)


def test_the_drill_tries_the_latest_backup_and_leaves_no_trace(
    host: RunningHost, keeper: Keeper, archive: Path
) -> None:
    before, pid = everything(host), host.ask("state", SMITH)["pid"]
    drilled = keeper.run("drill", SMITH, "--identity", str(keeper.identity))
    assert drilled.returncode == 0, drilled.stdout + drilled.stderr
    for words in (
        "the signing key is the one the home lives with",
        "it serves the same key id",
        "it may reach no other server",
        "an old session is still valid",
        "the latest message is readable, and the same",
        "every upload's file is there (1 of 1)",
        "the latest upload can be downloaded",
    ):
        assert f"yes  {words}" in drilled.stdout
    assert "1 accounts, 1 rooms" in drilled.stdout and drilled.stdout.endswith("The backup is good.\n")
    assert everything(host) == before
    assert host.ask("state", SMITH)["pid"] == pid
    assert not [name for name in os.listdir(tempfile.gettempdir()) if name.startswith("drill-")]


def test_a_drill_that_is_killed_takes_its_copy_along_and_the_next_one_clears_up(
    host: RunningHost, keeper: Keeper, archive: Path
) -> None:
    before = everything(host)
    killed = keeper.start("drill", SMITH, "--identity", str(keeper.identity))
    until("its copy starts", lambda: copies(host))
    killed.kill()
    killed.wait(10)
    until("its copy is gone too", lambda: not copies(host))
    assert everything(host) != before
    assert keeper.run("drill", SMITH, "--identity", str(keeper.identity)).returncode == 0
    assert everything(host) == before
    assert not [name for name in os.listdir(tempfile.gettempdir()) if name.startswith("drill-")]


def copies(host: RunningHost) -> list[int]:
    """Processes of homes that live where drills do."""
    folder = bytes(host.homes_folder / "drilling")
    return [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/cmdline") if folder in path.read_bytes()]


def test_the_drill_fails_when_an_upload_is_missing(host: RunningHost, keeper: Keeper, archive: Path) -> None:
    def lose(inside: dict[str, bytes]) -> None:
        fewer(inside)
        end = json.loads(inside["end.json"])
        lost = end["media_files"] - sum(name.startswith("media/") for name in inside)
        inside["end.json"] = json.dumps(
            {
                **end,
                "media_files": end["media_files"] - lost,
                "media_bytes": sum(len(body) for name, body in inside.items() if name.startswith("media/")),
            }
        ).encode()

    before = everything(host)
    spoilt = rewritten(keeper, archive, lose)
    drilled = keeper.run("drill", SMITH, "--from", str(spoilt), "--identity", str(keeper.identity))
    assert drilled.returncode == 1
    assert "NO   every upload's file is there (0 of 1)" in drilled.stdout
    assert drilled.stdout.endswith("THE BACKUP IS NOT GOOD.\n")
    assert everything(host) == before
