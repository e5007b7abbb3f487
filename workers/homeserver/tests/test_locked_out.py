"""Somebody who was taken out of a home: what their phone hears, beside a real Synapse and a push gateway."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import quote

import pytest

from .family import register, say
from .running_host import RunningHost, until
from .test_accounts import proof, sign_in

NAME = "locked.family"
Pushed = list[tuple[str, str]]


@pytest.fixture
def gateway() -> Iterator[tuple[str, Pushed]]:
    """Tells phones what is new: whose it was, and of which event."""
    pushed: Pushed = []

    class Gateway(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["notification"]
            # A count that went down comes without an event.
            pushed.extend((phone["pushkey"], str(told.get("event_id", ""))) for phone in told["devices"])
            answer = b'{"rejected": []}'
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/_matrix/push/v1/notify", pushed
    server.shutdown()


@pytest.fixture
def host() -> Iterator[RunningHost]:
    """One whose homes reach a gateway on this machine."""
    with RunningHost(SANDBOX_LOOPBACK="1") as running:
        yield running


def join_with_phone(host: RunningHost, room: str, person: str, url: str) -> str:
    token = register(host, NAME, person)
    assert host.call(NAME, "POST", f"/_matrix/client/v3/join/{quote(room)}", {}, token)[0] == 200
    pusher = {"kind": "http", "app_id": "app", "pushkey": person, "lang": "en", "data": {"url": url}}
    names = {"app_display_name": "App", "device_display_name": "Phone"}
    status, answer = host.call(NAME, "POST", "/_matrix/client/v3/pushers/set", {**pusher, **names}, token)
    assert status == 200, answer
    return token


def test_nothing_is_pushed_to_whoever_is_locked_out_until_they_are_let_in_again(
    host: RunningHost, gateway: tuple[str, Pushed]
) -> None:
    url, pushed = gateway
    host.birth(NAME)
    ours = str(sign_in(host, NAME, proof(host, NAME))[1]["access_token"])
    annas = register(host, NAME, "anna")
    room = str(host.call(NAME, "POST", "/_matrix/client/v3/createRoom", {"preset": "public_chat"}, annas)[1]["room_id"])
    bens = join_with_phone(host, room, "ben", url)
    join_with_phone(host, room, "cleo", url)

    def lock(locked: bool) -> None:
        path = f"/_synapse/admin/v2/users/@ben:{NAME}"
        assert host.call(NAME, "PUT", path, {"locked": locked}, ours)[0] == 200

    def bens_phone() -> list[str]:
        return [event for phone, event in pushed if phone == "ben" and event]

    before = say(host, NAME, room, "before", annas)
    until("both hear of it", lambda: {("ben", before), ("cleo", before)} <= set(pushed))
    lock(True)
    during = [say(host, NAME, room, "during", annas) for _ in range(2)]
    until("who is not locked out hears of it", lambda: {("cleo", event) for event in during} <= set(pushed))
    assert bens_phone() == [before]
    assert host.call(NAME, "GET", "/_matrix/client/v3/account/whoami", token=bens)[0] == 401
    lock(False)
    after = say(host, NAME, room, "after", annas)
    until("it is pushed again", lambda: after in bens_phone())
