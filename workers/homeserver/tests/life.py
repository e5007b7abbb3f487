"""A family's people at the edge, with all that no log may hold: each word of it can be looked for afterwards."""

import hashlib
import hmac
import http.client
import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import quote

from .examined import Edge
from .family import upload
from .running_host import RunningHost
from .sleeping import ask_home


@dataclass
class Life:
    host: RunningHost
    edge: Edge
    name: str
    # What must not be found, by what it is.
    hidden: dict[str, str] = field(default_factory=dict)

    def hide(self, what: str) -> str:
        return self.hidden.setdefault(f"{what} of {self.name}", f"{what.replace(' ', '-')}-{token_hex(8)}")

    @contextmanager
    def line(self) -> Iterator[ssl.SSLSocket]:
        """To the edge, by name."""
        context = ssl.create_default_context(cafile=self.edge.settings["EDGE_CA_FILE"])
        address = ("127.0.0.1", int(self.edge.settings["EDGE_HTTPS_PORT"]))
        with (
            socket.create_connection(address, 30) as plain,
            context.wrap_socket(plain, server_hostname=self.name) as line,
        ):
            yield line

    def ask(self, method: str, path: str, body: object = None, token: str = "") -> tuple[int, Any]:
        """As an app asks; the answer's status and what is in it."""
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        with self.line() as line:
            connection = http.client.HTTPSConnection(self.name)
            connection.sock = line
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            text = answer.read()
        return answer.status, json.loads(text) if text.startswith(b"{") else text

    def move_in(self) -> str:
        """Anna, with a password of her own; returns a token she got by signing in with it."""
        host, name = self.host, self.name
        secrets = json.loads((host.homes_folder / "secrets" / name / "secrets.json").read_text())
        self.hidden |= {f"{what} of {name}": secret for what, secret in secrets.items()}
        self.hidden[f"signing key of {name}"] = host.home(name, "signing.key").read_text().split()[-1]
        self.hidden[f"database password of {name}"] = host.home(name, "database.password").read_text()
        admin = self._administrator(secrets["registrationSecret"])
        made = {"password": self.hide("password")}
        assert ask_home(
            host, name, f"/_synapse/admin/v2/users/@anna:{name}", token=admin, body=made, method="PUT"
        ).status in (200, 201)
        return self.sign_in(self.hide("password"))

    def _administrator(self, secret: str) -> str:
        path = "/_synapse/admin/v1/register"
        nonce = ask_home(self.host, self.name, path).body["nonce"]
        password = self.hide("administrator's password")
        mac = hmac.new(secret.encode(), "\0".join((nonce, "staff", password, "admin")).encode(), hashlib.sha1)
        wanted = {"nonce": nonce, "username": "staff", "password": password, "admin": True, "mac": mac.hexdigest()}
        return self._token(
            ask_home(self.host, self.name, path, body=wanted).body["access_token"], "administrator's token"
        )

    def sign_in(self, password: str) -> str:
        wanted = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": "anna"}, "password": password}
        status, answer = self.ask("POST", "/_matrix/client/v3/login", {**wanted, "refresh_token": True})
        assert status == 200, answer
        self.hidden[f"refresh token of {self.name}"] = answer["refresh_token"]
        return self._token(answer["access_token"], "token")

    def _token(self, token: str, what: str) -> str:
        self.hidden[f"{what} of {self.name}"] = token
        return token

    def open_room(self, token: str) -> str:
        status, made = self.ask("POST", "/_matrix/client/v3/createRoom", {"name": self.hide("room name")}, token)
        assert status == 200, made
        return str(made["room_id"])

    def say(self, room: str, words: str, token: str) -> int:
        path = f"/_matrix/client/v3/rooms/{quote(room)}/send/m.room.message/{token_hex(4)}"
        return self.ask("PUT", path, {"msgtype": "m.text", "body": words}, token)[0]

    def share(self, token: str) -> str:
        """A picture too large for what lies between the home and who fetches it; its id."""
        return upload(self.host, self.name, self.hide("picture").encode() * 500_000, token)


def found_in(files: list[Path], hidden: dict[str, str]) -> list[str]:
    """What was found where; nothing is right."""
    texts = {file: file.read_bytes() for file in files}
    assert texts and any(texts.values()), "nothing was written at all"
    return [
        f"{what} in {file}" for file, text in texts.items() for what, word in hidden.items() if word.encode() in text
    ]
