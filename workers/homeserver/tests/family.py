"""A family that has lived in its home: an account, a room, a message, a picture."""

import hashlib
import hmac
import http.client
import json
import secrets
import socket
from dataclasses import dataclass
from urllib.parse import quote

from .running_host import RunningHost


@dataclass(frozen=True)
class Family:
    name: str
    token: str
    room: str
    message: str
    media: str
    picture: bytes

    def lives_in(self, host: RunningHost) -> bool:
        """With the old token: the message is read, and the picture's bytes are the same."""
        path = f"/_matrix/client/v3/rooms/{quote(self.room)}/event/{quote(self.message)}"
        status, event = host.call(self.name, "GET", path, token=self.token)
        assert status == 200, event
        assert event["content"]["body"] == "good morning"
        return download(host, self) == self.picture


def move_in(host: RunningHost, name: str, picture: bytes = b"\x89PNG" + bytes(range(256)) * 40) -> Family:
    token = register(host, name, "anna")
    status, made = host.call(name, "POST", "/_matrix/client/v3/createRoom", {"preset": "private_chat"}, token)
    assert status == 200, made
    room = str(made["room_id"])
    message = say(host, name, room, "good morning", token)
    return Family(name, token, room, message, upload(host, name, picture, token), picture)


def register(host: RunningHost, name: str, person: str) -> str:
    """An account by the home's shared secret, as the worker makes its own; its access token."""
    path = "/_synapse/admin/v1/register"
    secret = json.loads((host.homes_folder / "secrets" / name / "secrets.json").read_text())["registrationSecret"]
    nonce, password = host.call(name, "GET", path)[1]["nonce"], secrets.token_hex(12)
    mac = hmac.new(secret.encode(), "\0".join((nonce, person, password, "notadmin")).encode(), hashlib.sha1)
    body = {"nonce": nonce, "username": person, "password": password, "admin": False, "mac": mac.hexdigest()}
    status, answer = host.call(name, "POST", path, body)
    assert status == 200, answer
    return str(answer["access_token"])


def say(host: RunningHost, name: str, room: str, words: str, token: str) -> str:
    path = f"/_matrix/client/v3/rooms/{quote(room)}/send/m.room.message/{secrets.token_hex(4)}"
    status, sent = host.call(name, "PUT", path, {"msgtype": "m.text", "body": words}, token)
    assert status == 200, sent
    return str(sent["event_id"])


def upload(host: RunningHost, name: str, content: bytes, token: str) -> str:
    status, answer = _bytes(host, name, "POST", "/_matrix/media/v3/upload?filename=picture.png", token, content)
    assert status == 200, answer
    return str(json.loads(answer)["content_uri"]).rpartition("/")[2]


def download(host: RunningHost, family: Family) -> bytes:
    path = f"/_matrix/client/v1/media/download/{family.name}/{family.media}"
    status, answer = _bytes(host, family.name, "GET", path, family.token)
    assert status == 200, answer
    return answer


def _bytes(
    host: RunningHost, name: str, method: str, path: str, token: str, body: bytes | None = None
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("localhost")
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.settimeout(60)
    connection.sock.connect(str(host.socket_folder / f"{name}.sock"))
    try:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "image/png"}
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()
