"""A home that nobody uses sleeps, and the first request wakes it and is answered."""

import os
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from nameplate_homes.home import Home
from nameplate_homes.idle import until_housekeeping
from nameplate_homes.starts import Starts

from .running_host import RunningHost, until
from .sleeping import ask_home, counted, database_connections, falls_asleep, listen, sign_up, state

_NAME = "smith.family"


@pytest.fixture(scope="module")
def sleepy() -> Iterator[RunningHost]:
    """A host whose homes sleep after a second."""
    with RunningHost(SLEEP_AFTER_SECONDS="1") as running:
        running.birth(_NAME)
        yield running


def test_a_sleeper_has_no_process_and_no_database_connection(sleepy: RunningHost) -> None:
    pid = sleepy.ask("wake", _NAME, seconds=10)["pid"]
    assert database_connections(_NAME) > 0
    falls_asleep(sleepy, _NAME)
    assert not os.path.exists(f"/proc/{pid}")
    assert "pid" not in sleepy.ask("state", _NAME)
    until("its connections are gone", lambda: database_connections(_NAME) == 0)


def test_the_first_request_is_answered_and_many_at_once_cause_one_wake(sleepy: RunningHost) -> None:
    falls_asleep(sleepy, _NAME)
    before = counted(sleepy, _NAME)["woke"]
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: ask_home(sleepy, _NAME).status, range(10)))
    assert answers == [200] * 10
    assert counted(sleepy, _NAME)["woke"] == before + 1


def test_a_request_whose_head_comes_in_pieces_is_answered_whole(sleepy: RunningHost) -> None:
    token = sign_up(sleepy, _NAME, "pieces")
    falls_asleep(sleepy, _NAME)
    body = {"type": "m.login.password", "password": "x" * 300_000}
    # Larger than a socket's buffer: most of it is sent while the home starts.
    answer = ask_home(sleepy, _NAME, "/_matrix/client/v3/login", token=token, body=body)
    assert answer.status in (400, 403)
    assert "errcode" in answer.body


def test_a_long_poll_keeps_it_awake_until_it_ends(sleepy: RunningHost) -> None:
    token = sign_up(sleepy, _NAME, "poller")
    since = ask_home(sleepy, _NAME, "/_matrix/client/v3/sync", token=token).body["next_batch"]
    pid = sleepy.ask("state", _NAME)["pid"]
    path = f"/_matrix/client/v3/sync?timeout=2500&since={since}"
    with ThreadPoolExecutor(1) as pool:
        begun = time.monotonic()
        poll = pool.submit(ask_home, sleepy, _NAME, path, token=token)
        while not poll.done():
            assert sleepy.ask("state", _NAME).get("pid") == pid
            time.sleep(0.1)
        assert poll.result().status == 200
    assert time.monotonic() - begun > 2.4
    falls_asleep(sleepy, _NAME)


def test_somebody_known_keeps_it_awake_and_strangers_do_not(sleepy: RunningHost) -> None:
    token = sign_up(sleepy, _NAME, "known")
    before = counted(sleepy, _NAME)["slept"]
    for _ in range(10):
        assert ask_home(sleepy, _NAME, "/_matrix/client/v3/account/whoami", token=token).status == 200
        time.sleep(0.25)
    assert counted(sleepy, _NAME)["slept"] == before
    for _ in range(10):
        ask_home(sleepy, _NAME, "/_matrix/client/v3/account/whoami", token="a guess", address="127.0.0.1")
        time.sleep(0.25)
    assert counted(sleepy, _NAME)["slept"] > before


def test_going_to_sleep_under_constant_requests_loses_none() -> None:
    with RunningHost(SLEEP_AFTER_SECONDS="0.05") as host:
        name = "constant.family"
        host.birth(name)
        statuses: list[int] = []
        given_up = time.monotonic() + 60

        def hammer(pause: float) -> None:
            # As many as meet it falling asleep again and again, however busy the machine is.
            while (len(statuses) < 300 or counted(host, name)["slept"] <= 5) and time.monotonic() < given_up:
                statuses.append(ask_home(host, name).status)
                time.sleep(pause)

        # Of uneven rhythm, so that every moment of falling asleep is met.
        threads = [threading.Thread(target=hammer, args=(pause,)) for pause in (0.003, 0.011, 0.017, 0.029)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert set(statuses) == {200}
        assert len(statuses) >= 300
        assert counted(host, name)["slept"] > 5


def test_what_happens_is_told_to_whoever_listens(sleepy: RunningHost) -> None:
    falls_asleep(sleepy, _NAME)
    with listen(sleepy) as events:
        ask_home(sleepy, _NAME)
        woke = next(events)
        assert (woke["event"], woke["name"]) == ("woke", _NAME)
        assert 0 < woke["seconds"] < 5
        assert next(events)["event"] == "slept"


def test_a_killed_host_leaves_awake_and_sleeping_homes_to_the_next(sleepy: RunningHost) -> None:
    sleepy.birth("jones.family", sleep=False)
    falls_asleep(sleepy, _NAME)
    pid = sleepy.ask("state", "jones.family")["pid"]
    sleepy.end(signal.SIGKILL)
    assert ask_home(sleepy, "jones.family").status == 200
    # As if the host had been killed in the moment when it had hung a door of its own before this home.
    dead = sleepy.socket_folder / "dead"
    with socket.socket(socket.AF_UNIX) as abandoned:
        abandoned.bind(str(dead))
    dead.rename(sleepy.socket_folder / "jones.family.sock")
    sleepy.begin()
    assert sleepy.wait("jones.family")["pid"] == pid
    assert state(sleepy, _NAME) == "asleep"
    assert ask_home(sleepy, _NAME).status == 200
    # An adopted one goes to sleep without losing its door, too.
    sleepy.write_manifest("jones.family", sleep=True)
    sleepy.ask("converge", "jones.family")
    falls_asleep(sleepy, "jones.family")
    assert ask_home(sleepy, "jones.family").status == 200
    left = [path.name for path in sleepy.socket_folder.iterdir() if path.name.endswith(".new")]
    assert left == []


def test_who_waits_for_a_home_that_crashes_is_answered_by_its_next_process(sleepy: RunningHost) -> None:
    pid = sleepy.ask("wake", _NAME, seconds=10)["pid"]
    os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor(5) as pool:
        asked = [pool.submit(ask_home, sleepy, _NAME) for _ in range(5)]
        time.sleep(0.3)
        os.kill(pid, signal.SIGKILL)
        assert [one.result().status for one in asked] == [200] * 5


def test_somebody_who_comes_goes_before_homes_that_are_woken_for_themselves() -> None:
    starts, daily, person = Starts(), Home("daily.family", waker="housekeeping"), Home("asked.family", waker="request")
    starts.add(daily)
    starts.add(person)
    assert starts.next(starting=0) is person
    assert starts.next(starting=0) is daily
    assert starts.next(starting=0) is None


def test_two_hundred_homes_are_not_woken_for_themselves_in_the_same_minute() -> None:
    names, day = [f"h{number}.family" for number in range(200)], 86_400.0
    for age in (0.0, 3 * day):  # all tended just now; and all overdue, after a long time without a host
        minutes = Counter(int(until_housekeeping(name, age, day) // 60) for name in names)
        assert max(minutes.values()) <= 12
        assert max(minutes) <= 24 * 60
    assert all(until_housekeeping(name, day * 0.89, day) > 0 for name in names)


def test_a_sleeper_gets_its_new_configuration_asleep_when_the_host_starts_with_other_settings(
    sleepy: RunningHost,
) -> None:
    falls_asleep(sleepy, _NAME)
    sleepy.end()
    sleepy.settings["RELAY_URL"] = "http://127.0.0.1:9"
    sleepy.begin()
    config = sleepy.home(_NAME, "homeserver.yaml")
    until("its configuration is new", lambda: "http://127.0.0.1:9" in config.read_text())
    assert (state(sleepy, _NAME), sleepy.ask("metrics")["total"]["started"]) == ("asleep", 0)
    assert ask_home(sleepy, _NAME).status == 200


def test_it_is_woken_for_its_own_housekeeping() -> None:
    settings = {"SLEEP_AFTER_SECONDS": "0.3", "HOUSEKEEPING_EVERY_SECONDS": "2", "HOUSEKEEPING_SECONDS": "0.7"}
    with RunningHost(**settings) as host:
        name = "daily.family"
        host.birth(name)
        falls_asleep(host, name)
        with listen(host) as events:
            woke = next(events)
            assert (woke["event"], woke["by"]) == ("woke", "housekeeping")
            begun = time.monotonic()
            assert next(events)["event"] == "slept"
            assert time.monotonic() - begun > 0.6
