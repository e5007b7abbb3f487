"""Three real homes behind the edge, and a forged one: who lives there, and which rules hold for whom."""

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.household import Household, Person, rules
from tests.running_host import RunningHost

from .apps import App, Apps
from .forged import ForgedServer

FAMILY, AUNTS, STRANGERS, FORGED = "smith.family", "aunt.family", "stranger.family", "forged.family"
NOBODYS = "nobodys.family"
_READABLE = {"type": "m.room.history_visibility", "content": {"history_visibility": "world_readable"}}
AUNT, STRANGER, FRIEND = f"@aunt:{AUNTS}", f"@stranger:{STRANGERS}", f"@friend:{FORGED}"

# Eight years old: people one by one, strangers are asked about, rooms of her own among contacts.
MIA = {
    "who": "mia",
    "contacts": {"people": [AUNT, FRIEND]},
    "stranger": "ask",
    "rooms": {"create": True},
    "devices": "any",
}
# Thirteen: whole servers, strangers are refused without a word, nobody of the family but the parents.
LEO = {
    "who": "leo",
    "contacts": {"family": False, "servers": [AUNTS], "people": [FRIEND], "never": [f"@uncle:{AUNTS}"]},
    "stranger": "refuse",
    "rooms": {"create": True},
    "devices": "any",
}
# Sixteen: any room, but never that server.
TEO = {
    "who": "teo",
    "contacts": {"never": [STRANGERS]},
    "stranger": "allow",
    "rooms": {"join": "any", "create": True},
    "devices": "any",
}
# Ten: signed in once, closed since, sends no files.
KAI = {"who": "kai", "devices": "closed", "uploadMegabytes": 0}
KAI_MOVES_IN = {**KAI, "devices": "any"}
HOUSEHOLD = rules(MIA, LEO, TEO, KAI)
# An attacker's home holds nobody back, and none of them may be slowed by rates.
FREE = {"invitesPerHour": 100_000, "messagesPerMinute": 60_000, "messageBurst": 10_000, "joinsPerMinute": 60_000}


@dataclass(frozen=True)
class Target:
    """A child that is attacked, and the rule it has, in words."""

    person: Person
    part: str
    rule: dict[str, Any]

    @property
    def id(self) -> str:
        return self.person.id


class World:
    def __init__(self, has_rules: bool) -> None:
        """Without rules the same attacks show what they are worth."""
        self._has_rules = has_rules
        given = {key: os.environ[key] for key in ("RELAY_URL", "EDGE_CA_FILE")}
        self.host = RunningHost(**given, SANDBOX_LOOPBACK="1", SLEEP_AFTER_SECONDS="3600", READY_DATABASES="3")
        self.host.begin()
        sockets = Path(os.environ["EDGE_SOCKETS"])
        sockets.rmdir()
        sockets.symlink_to(self.host.socket_folder)
        for name in (FAMILY, AUNTS, STRANGERS, FORGED, NOBODYS):
            self._publish(name)
        self._count = 0
        self._apps_of: dict[tuple[str, int], App] = {}
        moving_in = rules(MIA, LEO, TEO, KAI_MOVES_IN) if has_rules else None
        self.family = Household(self.host, FAMILY, moving_in, limits=FREE)
        self.aunts = Household(self.host, AUNTS, None, limits=FREE)
        self.strangers = Household(self.host, STRANGERS, None, limits=FREE)
        self.forged = ForgedServer(
            FORGED, self.host.socket_folder, int(os.environ["EDGE_PORT"]), os.environ["EDGE_CA_FILE"]
        )
        self.targets = {
            part: Target(self.family.person(part), part, rule)
            for part, rule in (("mia", MIA), ("leo", LEO), ("teo", TEO), ("kai", KAI))
        }
        for target in self.targets.values():
            _give_keys(target.person)
        self.rule(HOUSEHOLD)
        if has_rules and not soon(lambda: self.family.sign_in("kai")[0] == 403):
            raise RuntimeError("the rules of the attacks do not hold")

    @staticmethod
    def _publish(name: str) -> None:
        path = Path(os.environ["WWW_FOLDER"]) / name / ".well-known" / "matrix" / "server"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"m.server": f"{name}:443"}))

    @cached_property
    def strangers_server(self) -> ForgedServer:
        """One that no child has a contact on."""
        sockets, port, trust = self.host.socket_folder, int(os.environ["EDGE_PORT"]), os.environ["EDGE_CA_FILE"]
        return ForgedServer(NOBODYS, sockets, port, trust)

    @cached_property
    def open_room(self) -> str:
        """At home, for everybody to read."""
        return self.carl.room(preset="public_chat", visibility="public", initial_state=[_READABLE])

    @cached_property
    def open_room_elsewhere(self) -> str:
        return self.stranger.room(preset="public_chat", visibility="public", initial_state=[_READABLE])

    def next(self) -> int:
        self._count += 1
        return self._count

    @cached_property
    def anna(self) -> Person:
        """A parent."""
        return self.family.person("anna")

    @cached_property
    def carl(self) -> Person:
        """An adult of the same home."""
        return self.family.person("carl")

    @cached_property
    def aunt(self) -> Person:
        return self.aunts.person("aunt")

    @cached_property
    def uncle(self) -> Person:
        return self.aunts.person("uncle")

    @cached_property
    def stranger(self) -> Person:
        return self.strangers.person("stranger")

    @cached_property
    def _apps(self) -> Apps:
        return Apps()

    def app(self, person: Person, number: int = 0) -> App:
        """The same each time, since an app that is closed forgets its keys."""
        key = (person.id, number)
        if key not in self._apps_of:
            self._apps_of[key] = App(self._apps, person)
        return self._apps_of[key]

    def rule(self, household: dict[str, Any]) -> None:
        if self._has_rules:
            self.family.rule(household)

    def asks(self) -> list[dict[str, Any]]:
        return self.family.asks() if self._has_rules else []

    def is_in(self, target: Target, room: str) -> bool:
        return room in target.person.call("GET", "joined_rooms")[1]["joined_rooms"]

    def shared_room(self, by: Person, target: Target, **wish: object) -> str:
        """A room that a contact made and the child is in."""
        room = by.room(invite=[target.id], **wish)
        soon(lambda: room in target.person.rooms("invite"), 10)
        status = target.person.join(room)
        if status != 200:
            raise RuntimeError(f"the child could not join a contact's room: {status}")
        return room

    def clean(self) -> None:
        if "_apps" in self.__dict__:
            self._apps.close()
        self.forged.close()
        if "strangers_server" in self.__dict__:
            self.strangers_server.close()
        self.host.clean()


def _give_keys(person: Person) -> None:
    """An app's first request; a home takes the keys as they are."""
    device = {
        "user_id": person.id,
        "device_id": person.device,
        "algorithms": ["m.olm.v1.curve25519-aes-sha2"],
        "keys": {f"curve25519:{person.device}": "A" * 43, f"ed25519:{person.device}": "B" * 43},
        "signatures": {person.id: {f"ed25519:{person.device}": "C" * 86}},
    }
    once = {f"signed_curve25519:AAAA{n}": {"key": "D" * 43, "signatures": device["signatures"]} for n in range(5)}
    status, answer = person.call("POST", "keys/upload", {"device_keys": device, "one_time_keys": once})
    if status != 200:
        raise RuntimeError(f"no keys: {answer}")


def soon(holds: Callable[[], object], seconds: float = 5.0) -> bool:
    """Whether it holds within this time."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
