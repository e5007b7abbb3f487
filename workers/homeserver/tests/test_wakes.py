"""Wakes that fail, take long, or are asked for by strangers; and what keeps a home awake because others wait for it."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import psycopg2
import pytest

from .running_host import RunningHost, database_name, database_url, query, until
from .sleeping import Response, ask_home, counted, falls_asleep, listen, sign_up, state

# As the edge passes on an address of the world; documentation's own, so nobody's.
_STRANGER, _OTHER = "203.0.113.7", "198.51.100.9"
_SLOW = "slow.family"


@pytest.fixture(scope="module")
def sleepy() -> Iterator[RunningHost]:
    with RunningHost(SLEEP_AFTER_SECONDS="0.3") as running:
        yield running


@pytest.fixture(scope="module", autouse=True)
def slow_wake(sleepy: RunningHost) -> Iterator[Future[list[tuple[float, Response]]]]:
    """A home that hangs while it starts, and what three who want to wake it are told, and after how many seconds."""
    sleepy.birth(_SLOW)
    falls_asleep(sleepy, _SLOW)
    # Synapse reads this table first of all.
    connection = psycopg2.connect(database_url(), dbname=database_name(_SLOW))
    connection.cursor().execute("LOCK TABLE schema_version")

    def ask(_: int) -> tuple[float, Response]:
        begun = time.monotonic()
        answer = ask_home(sleepy, _SLOW)
        return time.monotonic() - begun, answer

    def ask_all() -> list[tuple[float, Response]]:
        try:
            with ThreadPoolExecutor(3) as three:
                return list(three.map(ask, range(3)))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(ask_all)


def _execute(database: str, statement: str) -> None:
    connection = psycopg2.connect(database_url(), dbname=database)
    connection.autocommit = True
    try:
        connection.cursor().execute(statement)
    finally:
        connection.close()


def test_many_homes_woken_at_once_are_all_answered(sleepy: RunningHost) -> None:
    names = [f"many{number}.family" for number in range(6)]
    for name in names:
        sleepy.birth(name)
    for name in names:
        falls_asleep(sleepy, name)
    with ThreadPoolExecutor(len(names)) as pool:
        answers = list(pool.map(lambda name: ask_home(sleepy, name).status, names))
    assert answers == [200] * len(names)


def test_a_wake_that_fails_answers_503_with_retry_after_and_is_tried_again(sleepy: RunningHost) -> None:
    name = "broken.family"
    sleepy.birth(name)
    falls_asleep(sleepy, name)
    database = database_name(name)
    _execute("postgres", f"ALTER DATABASE {database} RENAME TO {database}_away")
    try:
        begun = time.monotonic()
        with ThreadPoolExecutor(5) as pool:
            answers = list(pool.map(lambda _: ask_home(sleepy, name), range(5)))
        assert time.monotonic() - begun < 15
        for answer in answers:
            _is_unavailable(answer)
        assert sleepy.ask("state", name)["code"] == "crashed"
        # While it waits for its next attempt everybody is told at once.
        begun = time.monotonic()
        _is_unavailable(ask_home(sleepy, name))
        assert time.monotonic() - begun < 0.5
        assert _asked_after_a_moment(sleepy, name).startswith(b"HTTP/1.1 503 ")
    finally:
        _execute("postgres", f"ALTER DATABASE {database}_away RENAME TO {database}")
    until("it answers", lambda: ask_home(sleepy, name).status == 200)


def _asked_after_a_moment(host: RunningHost, name: str) -> bytes:
    """What somebody hears who knocks and says only then what for."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(10)
        line.connect(str(host.socket_folder / f"{name}.sock"))
        time.sleep(0.1)
        line.sendall(b"GET /_matrix/client/versions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return line.recv(4096)


def _is_unavailable(answer: Response) -> None:
    assert answer.status == 503
    assert int(answer.headers["Retry-After"]) >= 1
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.body["errcode"] == "M_UNKNOWN"


def test_a_stranger_without_a_token_wakes_a_home_three_times_and_not_again(sleepy: RunningHost) -> None:
    name = "scanned.family"
    sleepy.birth(name)
    token = sign_up(sleepy, name)
    for _ in range(3):
        falls_asleep(sleepy, name)
        assert ask_home(sleepy, name, address=_STRANGER).status == 200
    falls_asleep(sleepy, name)
    woke = counted(sleepy, name)["woke"]
    for _ in range(20):
        refused = ask_home(sleepy, name, address=_STRANGER)
        assert refused.status == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 1200
        assert refused.body["errcode"] == "M_LIMIT_EXCEEDED"
    assert (state(sleepy, name), counted(sleepy, name)["woke"]) == ("asleep", woke)
    # The family does not notice, not even from that same address; nor does somebody who signs in elsewhere.
    whoami = "/_matrix/client/v3/account/whoami"
    assert ask_home(sleepy, name, whoami, address=_STRANGER, token=token).status == 200
    falls_asleep(sleepy, name)
    assert ask_home(sleepy, name, "/_matrix/client/v3/login", address=_OTHER).status == 200
    # An app asks without its token first; where it was before, that wakes the home every time.
    for _ in range(4):
        falls_asleep(sleepy, name)
        assert ask_home(sleepy, name, address=_STRANGER).status == 200


def test_a_browser_that_asks_whether_it_may_ask_wakes_nobody(sleepy: RunningHost) -> None:
    name = "browser.family"
    sleepy.birth(name)
    falls_asleep(sleepy, name)
    asleep = ask_home(sleepy, name, method="OPTIONS")
    assert (asleep.status, state(sleepy, name)) == (204, "asleep")
    ask_home(sleepy, name)
    awake = ask_home(sleepy, name, method="OPTIONS")
    assert awake.status == 204
    for header in ("Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers"):
        assert asleep.headers[header] == awake.headers[header]


def test_a_connection_that_is_only_held_open_keeps_it_awake_for_a_while_and_not_for_ever(sleepy: RunningHost) -> None:
    name = "held.family"
    sleepy.birth(name)
    sleepy.ask("wake", name, seconds=10)
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(sleepy.socket_folder / f"{name}.sock"))
        line.sendall(b"GET /_matrix/client/versions HTTP/1.1\r\nHost: x\r\n")
        time.sleep(0.6)
        assert state(sleepy, name) == "running"
        # Three times the usual, and five seconds for its answer.
        falls_asleep(sleepy, name, 8)


def test_it_stays_awake_while_it_owes_another_server_something(sleepy: RunningHost) -> None:
    name = "owing.family"
    sleepy.birth(name)
    falls_asleep(sleepy, name)
    database = database_name(name)
    _execute(
        database,
        "INSERT INTO device_federation_outbox (destination, stream_id, queued_ts, messages_json)"
        " VALUES ('friends.test', 1, 1, '{}')",
    )
    with listen(sleepy) as events:
        assert ask_home(sleepy, name).status == 200
        assert next(events)["event"] == "woke"
        time.sleep(1.5)
        assert state(sleepy, name) == "running"
        # A server that has been silent for two hours is left to the daily waking.
        _execute(
            database,
            "INSERT INTO destinations (destination, retry_last_ts, retry_interval, failure_ts)"
            " VALUES ('friends.test', (extract(epoch FROM now()) - 60) * 1000, 600000,"
            " (extract(epoch FROM now()) - 7200) * 1000) ON CONFLICT (destination) DO UPDATE"
            " SET failure_ts = EXCLUDED.failure_ts",
        )
        assert next(events)["event"] == "slept"
    assert query("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", database) == [(0,)]


def test_it_stays_awake_until_it_has_taken_in_what_came_from_others(sleepy: RunningHost) -> None:
    name = "arriving.family"
    sleepy.birth(name)
    falls_asleep(sleepy, name)
    database = database_name(name)
    _execute(
        database,
        "INSERT INTO federation_inbound_events_staging"
        " (origin, room_id, event_id, received_ts, event_json, internal_metadata)"
        " VALUES ('friends.test', '!a:friends.test', '$a', extract(epoch FROM now()) * 1000, '{}', '{}')",
    )
    assert ask_home(sleepy, name).status == 200
    time.sleep(1.5)
    assert state(sleepy, name) == "running"
    _execute(database, "DELETE FROM federation_inbound_events_staging")
    falls_asleep(sleepy, name)


def test_a_wake_that_takes_too_long_answers_503_within_15_seconds(
    sleepy: RunningHost, slow_wake: Future[list[tuple[float, Response]]]
) -> None:
    """Asked while the tests above went on: one home that is slow to start holds up no other."""
    for seconds, answer in slow_wake.result():
        assert 14 < seconds < 16
        _is_unavailable(answer)
    until("it answers", lambda: ask_home(sleepy, _SLOW).status == 200)
