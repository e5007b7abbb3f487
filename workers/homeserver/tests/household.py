"""A home with children, and people of it with an app each."""

import secrets
from typing import Any
from urllib.parse import quote

from .running_host import Answer, RunningHost
from .test_accounts import proof, sign_in

PASSWORD = "a long enough password"


def rules(*children: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"zone": "UTC", "parents": ["anna"], "children": list(children), **more}


class Household:
    """A home of one name on a host, in which people sign in on one device each."""

    def __init__(self, host: RunningHost, name: str, household: dict[str, Any] | None, **fields: object) -> None:
        self.host = host
        self.name = name
        self._fields = fields
        host.birth(name, household=household, **fields)
        self.service = str(sign_in(host, name, proof(host, name))[1]["access_token"])

    def person(self, part: str) -> "Person":
        user = f"@{part}:{self.name}"
        about = {"displayname": part, "password": PASSWORD, "logout_devices": False}
        status, made = self.host.call(self.name, "PUT", f"/_synapse/admin/v2/users/{user}", about, self.service)
        assert status in (200, 201), made
        status, answer = self.sign_in(part)
        assert status == 200, answer
        return Person(self, user, str(answer["access_token"]), str(answer["device_id"]))

    def sign_in(self, part: str) -> tuple[int, Answer]:
        said = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": part}, "password": PASSWORD}
        return self.host.call(self.name, "POST", "/_matrix/client/v3/login", said)

    def rule(self, household: dict[str, Any] | None) -> None:
        """Other rules from now on, as the worker writes them."""
        self.host.write_manifest(self.name, household=household, **self._fields)
        self.host.ask("converge", self.name)

    def rule_with(self, household: dict[str, Any] | None, **fields: object) -> None:
        """The same, with other fields of the manifest from now on."""
        self._fields = fields
        self.rule(household)

    def asks(self) -> list[Answer]:
        status, answer = self.host.call(self.name, "GET", "/_synapse/client/nameplate/asks", token=self.service)
        assert status == 200, answer
        asks: list[Answer] = answer["asks"]
        return asks

    def decide(self, child: str, who: str, answer: str) -> tuple[int, Answer]:
        said = {"child": child, "who": who, "answer": answer}
        return self.host.call(self.name, "POST", "/_synapse/client/nameplate/asks", said, self.service)


class Person:
    def __init__(self, home: Household, user: str, token: str, device: str) -> None:
        self.home = home
        self.id = user
        self.token = token
        self.device = device

    def call(self, method: str, path: str, body: object = None, api: str = "v3") -> tuple[int, Answer]:
        return self.home.host.call(self.home.name, method, f"/_matrix/client/{api}/{path}", body, self.token)

    def room(self, **wish: object) -> str:
        status, made = self.call("POST", "createRoom", {"preset": "private_chat", **wish})
        assert status == 200, made
        return str(made["room_id"])

    def invite(self, room: str, who: str) -> int:
        return self.call("POST", f"rooms/{quote(room)}/invite", {"user_id": who})[0]

    def join(self, room: str) -> int:
        return self.call("POST", f"join/{quote(room)}", {})[0]

    def say(self, room: str, words: str) -> int:
        path = f"rooms/{quote(room)}/send/m.room.message/{secrets.token_hex(4)}"
        return self.call("PUT", path, {"msgtype": "m.text", "body": words})[0]

    def put(self, room: str, kind: str, content: dict[str, Any], key: str = "") -> int:
        return self.call("PUT", f"rooms/{quote(room)}/state/{kind}/{quote(key)}", content)[0]

    def sync(self) -> Answer:
        # Whoever asks the same twice within two minutes is given the first answer: the time to wait, which nobody waits
        # for a first sync, tells them apart.
        status, answer = self.call("GET", f"sync?timeout={secrets.randbelow(1_000_000)}")
        assert status == 200, answer
        return answer

    def rooms(self, kind: str = "join") -> set[str]:
        """join, invite or leave."""
        return set(self.sync().get("rooms", {}).get(kind, {}))
