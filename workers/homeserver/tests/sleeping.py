"""What tests of sleep and wake do with a home: requests as the edge passes them on, and people who sign in."""

import hashlib
import hmac
import http.client
import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from .running_host import Answer, RunningHost, database_name, query, until


@dataclass(frozen=True)
class Response:
    status: int
    headers: Mapping[str, str]
    body: Answer


def ask_home(
    host: RunningHost,
    name: str,
    path: str = "/_matrix/client/versions",
    address: str | None = None,
    token: str | None = None,
    body: object = None,
    method: str | None = None,
) -> Response:
    """One request over a connection of its own, as the edge sends it."""
    line = socket.socket(socket.AF_UNIX)
    # A wake and a busy machine are in it.
    line.settimeout(30)
    line.connect(str(host.socket_folder / f"{name}.sock"))
    connection = http.client.HTTPConnection("localhost")
    connection.sock = line
    headers = {"X-Forwarded-For": address or "127.0.0.1", "X-Forwarded-Proto": "https", "Connection": "close"}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    try:
        verb = method or ("POST" if body is not None else "GET")
        connection.request(verb, path, json.dumps(body) if body is not None else None, headers)
        response = connection.getresponse()
        return Response(response.status, dict(response.getheaders()), json.loads(response.read() or b"{}"))
    finally:
        connection.close()


def sign_up(host: RunningHost, name: str, part: str = "anna") -> str:
    """An account with a password of the person's own; returns a token."""
    secret = json.loads((host.homes_folder / "secrets" / name / "secrets.json").read_text())["registrationSecret"]
    nonce = ask_home(host, name, "/_synapse/admin/v1/register").body["nonce"]
    parts = "\0".join([nonce, part, "a long enough password", "notadmin"])
    mac = hmac.new(secret.encode(), parts.encode(), hashlib.sha1).hexdigest()
    wanted = {"nonce": nonce, "username": part, "password": "a long enough password", "admin": False, "mac": mac}
    answer = ask_home(host, name, "/_synapse/admin/v1/register", body=wanted)
    assert answer.status == 200, answer
    return str(answer.body["access_token"])


def state(host: RunningHost, name: str) -> str:
    return str(host.ask("state", name)["state"])


def falls_asleep(host: RunningHost, name: str, seconds: float = 20) -> None:
    until(f"{name} sleeps", lambda: state(host, name) == "asleep", seconds)


def counted(host: RunningHost, name: str) -> dict[str, Any]:
    counts: dict[str, Any] = host.ask("metrics")["homes"][name]
    return counts


def database_connections(name: str) -> int:
    rows = query("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", database_name(name))
    return int(rows[0][0])


@contextmanager
def listen(host: RunningHost) -> Iterator[Iterator[Answer]]:
    """Events as the host tells them, from now on."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(20)
        line.connect(str(host.host_socket))
        line.sendall(b'{"do":"listen"}\n')
        with line.makefile("rb") as lines:
            assert json.loads(lines.readline()) == {"listening": True}
            yield (json.loads(text) for text in lines)
