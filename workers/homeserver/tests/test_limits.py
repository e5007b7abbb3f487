"""A family's limits, from its manifest to what its home really refuses."""

import http.client
import json
import threading
import time
from collections.abc import Iterator

import pytest

from .running_host import Answer, RunningHost, unix_connection, until
from .test_accounts import proof, sign_in

NAME = "limits.family"
LIMITS = {
    "messagesPerMinute": 1,
    "messageBurst": 3,
    "invitesPerHour": 4,
    "uploadMegabytes": 2,
    "mediaMegabytes": 3,
    "retentionDays": 30,
    "remoteRoomComplexity": 0.5,
}
PEOPLE = ("anna", "ben", "carl", "dora", "emil")


class Person:
    """Somebody of the family with an app: signed in by our service account, as a person's password would do it."""

    def __init__(self, host: RunningHost, part: str, admin: str) -> None:
        self._host = host
        user = f"@{part}:{NAME}"
        host.call(NAME, "PUT", f"/_synapse/admin/v2/users/{user}", {"displayname": part}, admin)
        self.token = host.call(NAME, "POST", f"/_synapse/admin/v1/users/{user}/login", {}, admin)[1]["access_token"]

    def call(self, method: str, path: str, body: object = None) -> tuple[int, Answer]:
        return self._host.call(NAME, method, f"/_matrix/client/v3/{path}", body, self.token)

    def upload(self, size: int) -> int:
        connection = unix_connection(self._host.socket_folder / f"{NAME}.sock")
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "image/png", "X-Forwarded-For": "127.0.0.1"}
        try:
            connection.request("POST", "/_matrix/media/v3/upload", b"\0" * size, headers)
            return connection.getresponse().status
        except (BrokenPipeError, ConnectionResetError, http.client.BadStatusLine):
            return 413  # refused before all of it was sent
        finally:
            connection.close()


@pytest.fixture(scope="module")
def family(host: RunningHost) -> Iterator[dict[str, Person]]:
    host.birth(NAME, limits=LIMITS)
    admin = sign_in(host, NAME, proof(host, NAME))[1]["access_token"]
    yield {part: Person(host, part, admin) for part in PEOPLE}


def test_a_file_larger_than_the_limit_is_refused(family: dict[str, Person]) -> None:
    assert family["anna"].upload(2 * 1024 * 1024 + 1) == 413


def test_files_of_all_together_stay_below_the_total(family: dict[str, Person]) -> None:
    megabyte = 1024 * 1024
    assert family["anna"].upload(2 * megabyte) == 200
    # Each person alone would have room.
    assert family["ben"].upload(2 * megabyte) == 413
    assert family["ben"].upload(megabyte) == 200
    assert family["carl"].upload(1) == 413


def test_invites_beyond_the_hours_share_are_refused(family: dict[str, Person]) -> None:
    room = family["anna"].call("POST", "createRoom", {})[1]["room_id"]
    answers = [
        family["anna"].call("POST", f"rooms/{room}/invite", {"user_id": f"@{part}:{NAME}"})[0] for part in PEOPLE[1:]
    ]
    # Half of an hour's four at once.
    assert answers == [200, 200, 429, 429]


def test_messages_beyond_the_burst_are_refused(family: dict[str, Person]) -> None:
    room = family["dora"].call("POST", "createRoom", {})[1]["room_id"]
    message = {"msgtype": "m.text", "body": "again"}
    answers = [family["dora"].call("PUT", f"rooms/{room}/send/m.room.message/{n}", message)[0] for n in range(6)]
    assert answers[0] == 200
    assert answers[-1] == 429


def test_retention_and_the_largest_room_are_as_the_manifest_says(host: RunningHost, family: dict[str, Person]) -> None:
    del family
    config = json.loads(host.home(NAME, "homeserver.yaml").read_text())
    assert config["retention"] == {
        "enabled": True,
        "default_policy": {"max_lifetime": "30d"},
        "allowed_lifetime_max": "30d",
    }
    assert config["limit_remote_rooms"]["complexity"] == 0.5


def test_a_limit_that_changes_reaches_a_running_home_within_one_short_gap(
    host: RunningHost, family: dict[str, Person]
) -> None:
    over = threading.Event()
    longest = 0.0

    def look() -> None:
        nonlocal longest
        last = time.monotonic()
        while not over.is_set():
            if family["anna"].call("GET", "account/whoami")[0] == 200:
                longest, last = max(longest, time.monotonic() - last), time.monotonic()
            time.sleep(0.02)

    before = host.ask("state", NAME)["pid"]
    somebody = threading.Thread(target=look)
    somebody.start()
    try:
        host.write_manifest(NAME, limits={**LIMITS, "mediaMegabytes": 4})
        host.ask("converge", NAME)
        until("it runs anew", lambda: host.ask("state", NAME).get("pid") not in (None, before))
        until("it answers", lambda: host.ask("state", NAME)["state"] == "running")
        assert family["carl"].upload(1) == 200
    finally:
        over.set()
        somebody.join()
    # A wake is 0.3 s; nobody was refused, and nobody waited longer than on a slow day.
    assert longest < 2.0


def test_a_manifest_that_changes_nothing_writes_nothing_and_restarts_nothing(host: RunningHost) -> None:
    path = host.home(NAME, "homeserver.yaml")
    before = (path.stat().st_mtime_ns, path.stat().st_ino, host.ask("state", NAME)["pid"])
    # The same limits in another order, and one that says the default aloud.
    said = dict(reversed(list({**LIMITS, "mediaMegabytes": 4, "cpuWeight": 100}.items())))
    host.write_manifest(NAME, limits=said)
    host.ask("converge", NAME)
    time.sleep(1)
    assert (path.stat().st_mtime_ns, path.stat().st_ino, host.ask("state", NAME)["pid"]) == before
