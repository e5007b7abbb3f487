"""Attacks by a server that asks the family's home for what is only for those in the room."""

import secrets
import time
from typing import Any
from urllib.parse import quote

from .by_key import EVIL
from .forged_room import ForgedRoom
from .trial import Trial, attack
from .world import AUNTS, FAMILY, FORGED, Target, World, soon


def _foreign(world: World, room: str, kind: str, content: dict[str, Any], key: str | None) -> dict[str, Any]:
    """An event for a room that is not the forged server's."""
    made = ForgedRoom(FORGED, world.forged.key, EVIL)
    made.id = room
    return made.event(kind, EVIL, content, key)


@attack("a stranger's server takes part in the child's room: make_join")
def make_join(world: World, target: Target, trial: Trial) -> None:
    room = world.shared_room(world.anna, target)
    path = f"/_matrix/federation/v1/make_join/{quote(room)}/{quote(EVIL)}?ver=10&ver=11&ver=12"
    trial.leak("the room", world.forged.ask(FAMILY, "GET", path)[0] == 200)


@attack("a stranger's server takes part in the child's room: make_knock")
def make_knock(world: World, target: Target, trial: Trial) -> None:
    room = world.shared_room(world.anna, target)
    path = f"/_matrix/federation/v1/make_knock/{quote(room)}/{quote(EVIL)}?ver=10&ver=11&ver=12"
    trial.leak("the room", world.forged.ask(FAMILY, "GET", path)[0] == 200)


@attack("a stranger's server takes part in the child's room: send_join")
def send_join(world: World, target: Target, trial: Trial) -> None:
    room = world.shared_room(world.anna, target)
    event = _foreign(world, room, "m.room.member", {"membership": "join"}, EVIL)
    path = f"/_matrix/federation/v2/send_join/{quote(room)}/{quote('$made-up')}"
    trial.leak("the room", world.forged.ask(FAMILY, "PUT", path, event)[0] == 200)


@attack("a stranger's server writes into the child's room without being in it")
def pdu(world: World, target: Target, trial: Trial) -> None:
    room = world.shared_room(world.anna, target)
    words = secrets.token_hex(8)
    event = _foreign(world, room, "m.room.message", {"msgtype": "m.text", "body": words}, None)
    world.forged.send(FAMILY, [event])
    path = f"rooms/{quote(room)}/messages?dir=b"
    trial.leak("his words", soon(lambda: words in str(target.person.call("GET", path)), 1))


@attack("a stranger's server reads the child's room: state, history, one event")
def reads(world: World, target: Target, trial: Trial) -> None:
    room = world.shared_room(world.anna, target)
    event = target.person.call("GET", f"rooms/{quote(room)}/messages?dir=b")[1]["chunk"][0]["event_id"]
    for path in (f"state/{quote(room)}?event_id={quote(event)}", f"backfill/{quote(room)}?v={quote(event)}&limit=9"):
        trial.leak(path.partition("/")[0], world.forged.ask(FAMILY, "GET", f"/_matrix/federation/v1/{path}")[0] == 200)
    code, answer = world.forged.ask(FAMILY, "GET", f"/_matrix/federation/v1/event/{quote(event)}")
    trial.leak("an event", code == 200 and "pdus" in answer and answer["pdus"])


@attack("a stranger's server gives itself out for the aunt's")
def posing(world: World, target: Target, trial: Trial) -> None:
    content = {"sender": f"@aunt:{AUNTS}", "type": "a.b", "message_id": "1", "messages": {target.id: {"*": {"w": 1}}}}
    body = {
        "origin": AUNTS,
        "origin_server_ts": int(time.time() * 1000),
        "pdus": [],
        "edus": [{"edu_type": "m.direct_to_device", "content": content}],
    }
    path = f"/_matrix/federation/v1/send/{time.time_ns()}"
    trial.leak("a message", world.forged.ask(FAMILY, "PUT", path, body, origin=AUNTS)[0] == 200)


@attack("a stranger's server exchanges an address for the child in a room at home")
def exchange(world: World, target: Target, trial: Trial) -> None:
    room = world.shared_room(world.anna, target)
    content = {"membership": "invite", "third_party_invite": {"signed": {"mxid": EVIL, "token": "t"}}}
    event = {"type": "m.room.member", "room_id": room, "sender": EVIL, "state_key": EVIL, "content": content}
    path = f"/_matrix/federation/v1/exchange_third_party_invite/{quote(room)}"
    trial.leak("an invite", world.forged.ask(FAMILY, "PUT", path, event)[0] == 200)
