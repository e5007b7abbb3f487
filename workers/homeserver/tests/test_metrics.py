"""What Prometheus is told of homes that are born, sleep, wake, crash and are backed up."""

import json
import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from .running_host import PACKAGE, RunningHost, until
from .scraping import Metrics, metrics_of, run_metrics
from .sleeping import ask_home, falls_asleep, state

FAMILY = "figures.test"


@pytest.fixture(scope="module")
def metrics(sleepy: RunningHost) -> Iterator[Metrics]:
    with metrics_of(sleepy) as served:
        yield served


def sees(metrics: Metrics, series: str, value: float) -> None:
    until(f"{series} is {value}", lambda: metrics.look().get(series) == value)


def test_a_life_is_seen_from_birth_to_crash(sleepy: RunningHost, metrics: Metrics) -> None:
    before = metrics.look()
    assert before["nameplate_host_up"] == 1
    assert before['nameplate_homes{state="running"}'] == 0
    assert before["nameplate_home_births_total"] == 0
    sleepy.birth(FAMILY)
    sees(metrics, "nameplate_home_births_total", 1)
    falls_asleep(sleepy, FAMILY)
    sees(metrics, 'nameplate_homes{state="asleep"}', 1)
    assert ask_home(sleepy, FAMILY).status == 200
    sees(metrics, 'nameplate_home_wakes_total{by="request"}', 1)
    awake = metrics.look()
    assert awake["nameplate_home_sleeps_total"] == 1
    assert 0 < awake['nameplate_home_wake_seconds_sum{by="request"}'] < 15
    assert awake['nameplate_home_wake_seconds_bucket{by="request",le="15.0"}'] == 1
    assert awake['nameplate_home_wake_seconds_bucket{by="request",le="+Inf"}'] == 1
    assert awake[f'nameplate_home_crashes_total{{home="{FAMILY}"}}'] == 0
    until("it runs", lambda: "pid" in sleepy.ask("state", FAMILY))
    os.kill(sleepy.ask("state", FAMILY)["pid"], signal.SIGKILL)
    sees(metrics, f'nameplate_home_crashes_total{{home="{FAMILY}"}}', 1)
    sees(metrics, 'nameplate_home_failures_total{code="crashed"}', 1)
    assert sleepy.wait(FAMILY)["state"] in ("running", "asleep", "failed")


def test_a_home_that_cannot_start_is_counted_under_its_code_until_it_can(sleepy: RunningHost, metrics: Metrics) -> None:
    sleepy.write_manifest("keyless.test")
    sees(metrics, 'nameplate_homes_failing{code="no-key"}', 1)
    assert metrics.look()['nameplate_homes{state="failed"}'] >= 1
    sleepy.hand_over_secrets("keyless.test")
    sleepy.ask("converge", "keyless.test")
    sees(metrics, 'nameplate_homes_failing{code="no-key"}', 0)


def test_memory_is_told_of_a_home_that_is_awake_where_a_group_counts_it(sleepy: RunningHost, metrics: Metrics) -> None:
    sleepy.birth("waking.test", sleep=False)
    held = metrics.look()["nameplate_host_control_groups"]
    assert held == (1 if str(sleepy.ask("list")["held_by"]).startswith("cgroup") else 0)
    if not held:
        pytest.skip("no control groups here: nothing counts a home's memory")
    until("its memory is told", lambda: 'nameplate_home_memory_bytes{home="waking.test"}' in metrics.look())
    # A home takes 40 MB and is ended at 512.
    assert 10e6 < metrics.look()['nameplate_home_memory_bytes{home="waking.test"}'] < 512e6


def test_the_age_of_backups_is_told_and_who_has_none(sleepy: RunningHost, metrics: Metrics) -> None:
    if not sleepy.home(FAMILY).exists():
        sleepy.birth(FAMILY)
    made = (datetime.now(UTC) - timedelta(hours=5)).isoformat()
    told = {"made": made, "archive": "a", "bytes": 1, "seconds": 1.0, "failed": made, "reason": "the disk is full"}
    sleepy.home(FAMILY, "backup.json").write_text(json.dumps(told))
    sees(metrics, "nameplate_homes_backup_failing", 1)
    seen = metrics.look()
    assert 5 * 3600 <= seen[f'nameplate_home_backup_age_seconds{{home="{FAMILY}"}}'] < 5 * 3600 + 60
    assert seen["nameplate_homes_never_backed_up"] == len(list(sleepy.home("").parent.glob("homes/*"))) - 1


def test_the_page_holds_no_secret_and_few_series_a_home(sleepy: RunningHost, metrics: Metrics) -> None:
    page = metrics.page()
    for file in (sleepy.homes_folder / "secrets" / FAMILY / "secrets.json").parent.iterdir():
        secrets = file.read_text()
        for part in json.loads(secrets).values() if file.suffix == ".json" else [secrets.split()[-1]]:
            assert part not in page
    assert len([line for line in page.splitlines() if f'home="{FAMILY}"' in line]) <= 3
    # Nor could it: the process was given none.
    environment = Path(f"/proc/{metrics.pid}/environ").read_bytes()
    assert b"TENANT_DATABASE_URL" not in environment


def test_a_dead_host_is_a_figure_and_not_a_failed_look() -> None:
    with RunningHost() as host, metrics_of(host) as metrics:
        host.birth("orphan.test")
        host.home("orphan.test", "backup.json").write_text(json.dumps({"made": datetime.now(UTC).isoformat()}))
        host.end(signal.SIGKILL)
        sees(metrics, "nameplate_host_up", 0)
        seen = metrics.look()
        assert 'nameplate_home_backup_age_seconds{home="orphan.test"}' in seen
        assert not any(series.startswith("nameplate_homes{") for series in seen)
        host.begin()
        sees(metrics, "nameplate_host_up", 1)
        until("it is adopted", lambda: state(host, "orphan.test") == "running")


def test_without_an_address_nothing_is_served_and_a_sentence_says_so() -> None:
    done = run_metrics(PYTHONPATH=str(PACKAGE), HOMES_FOLDER="/tmp", SOCKET_FOLDER="/tmp", HOST_SOCKET="/tmp/none")
    assert done.returncode == 1 and "METRICS_ADDRESS is missing" in done.stderr
    done = run_metrics(PYTHONPATH=str(PACKAGE), METRICS_ADDRESS="here")
    assert (
        "HOMES_FOLDER is missing" in done.stderr and "METRICS_ADDRESS is not an address and a port: here" in done.stderr
    )
