"""Attacks by a server that makes its own events and answers."""

import json
import secrets
import time
from typing import Any
from urllib.parse import quote

from .by_invite import leaves, refused
from .by_key import EVIL
from .forged_room import ForgedRoom
from .trial import Trial, attack
from .world import AUNTS, FAMILY, FORGED, FRIEND, Target, World, soon


def _with_anna(world: World) -> ForgedRoom:
    """A stranger's room with a parent in it: the family's home then takes its events."""
    room = world.forged.room(EVIL)
    code, answer = world.forged.invite(FAMILY, room, EVIL, world.anna.id)
    if code != 200 or not soon(lambda: world.anna.join(room.id) == 200):
        raise RuntimeError(f"a parent could not join the stranger's room: {answer}")
    return room


def _of_friend(world: World, target: Target, **more: Any) -> ForgedRoom:  # noqa: ANN401
    """A contact's room, to which the child is invited."""
    room = world.forged.room(FRIEND, **more)
    code, answer = world.forged.invite(FAMILY, room, FRIEND, target.id)
    if code != 200 or not soon(lambda: room.id in target.person.rooms("invite")):
        raise RuntimeError(f"the friend's invite did not come: {answer}")
    return room


@attack("an invite is smuggled in as an ordinary event of a room that a parent shares")
def smuggled(world: World, target: Target, trial: Trial) -> None:
    room = _with_anna(world)
    event = room.put("m.room.member", EVIL, {"membership": "invite"}, target.id)
    trial.begin()
    world.forged.send(FAMILY, [event])
    after = room.put("m.room.message", EVIL, {"msgtype": "m.text", "body": secrets.token_hex(4)}, None)
    world.forged.send(FAMILY, [after])
    soon(lambda: after["content"]["body"] in str(world.anna.sync()), 3)
    refused(target, room.id, trial)


@attack("a stranger's server says that the child has joined its room")
def said_to_have_joined(world: World, target: Target, trial: Trial) -> None:
    room = _with_anna(world)
    event = room.event("m.room.member", target.id, {"membership": "join"}, target.id)
    world.forged.send(FAMILY, [event])
    trial.leak("the room", soon(lambda: world.is_in(target, room.id), 1))


@attack("a contact's server keeps back who is in the room the child joins")
def partial(world: World, target: Target, trial: Trial) -> None:
    room = _of_friend(world, target)
    room.put("m.room.member", EVIL, {"membership": "join"}, EVIL)
    room.omits_members = True
    trial.begin()
    trial.leak("the room", target.person.join(room.id) == 200)
    trial.leak("the room", world.is_in(target, room.id))


@attack("a contact's server keeps back who is in the room, and answers nothing when asked again")
def stalled(world: World, target: Target, trial: Trial) -> None:
    room = _of_friend(world, target)
    room.omits_members = True

    def stall(_method: str, path: str, _said: dict[str, Any]) -> None:
        if quote(room.id) in path or room.id in path:
            time.sleep(8)

    world.forged.odd["/state"] = stall
    trial.begin()
    try:
        target.person.join(room.id)
        trial.leak("the room", world.is_in(target, room.id))
        trial.leak("what the child wrote", target.person.say(room.id, "hello") == 200)
    finally:
        del world.forged.odd["/state"]


@attack("a contact's room elsewhere turns out to hold a stranger of his own server")
def one_more(world: World, target: Target, trial: Trial) -> None:
    room = _of_friend(world, target, rule="public")
    room.put("m.room.join_rules", FRIEND, {"join_rule": "invite"})
    room.put("m.room.member", FRIEND, {"membership": "invite"}, EVIL)
    trial.begin()
    target.person.join(room.id)
    leaves(world, target, room.id, trial)


@attack("a stranger joins a contact's large room with the child in it", on=("mia",))
def large(world: World, target: Target, trial: Trial) -> None:
    room = _of_friend(world, target, state=1000)
    if target.person.join(room.id) != 200:
        raise RuntimeError("the large room could not be joined")
    trial.begin()
    world.forged.send(FAMILY, [room.put("m.room.member", FRIEND, {"membership": "invite"}, EVIL)])
    leaves(world, target, room.id, trial)


@attack("a stranger invites in a contact's name from his own server")
def forged_sender(world: World, target: Target, trial: Trial) -> None:
    room = world.forged.room(f"@aunt:{AUNTS}")
    code, _ = world.forged.invite(FAMILY, room, f"@aunt:{AUNTS}", target.id)
    trial.leak("the invite", code == 200)
    trial.leak("the invite", room.id in target.person.rooms("invite"))


@attack(
    "whoever runs a contact's server poses as the contact",
    impossible="a server speaks for everybody on it",
)
def owner_of_server(world: World, target: Target, trial: Trial) -> None:
    room = _of_friend(world, target)
    trial.leak("a room in the contact's name", target.person.join(room.id) == 200)


@attack("a stranger invites the child by the older way, and again and again")
def older_way(world: World, target: Target, trial: Trial) -> None:
    room = world.forged.room(EVIL)
    for _ in range(3):
        event = room.event("m.room.member", EVIL, {"membership": "invite", "reason": secrets.token_hex(4)}, target.id)
        path = f"/_matrix/federation/v1/invite/{quote(room.id, safe='')}/{quote(room.id_of(event), safe='')}"
        world.forged.ask(FAMILY, "PUT", path, event)
        world.forged.invite(FAMILY, room, EVIL, target.id)
    refused(target, room.id, trial)
    asked = [ask for ask in world.asks() if ask["child"] == target.part and ask["room"] == room.id]
    trial.leak("one question more than once", len(asked) > 1)


@attack("a stranger takes his invite back, and the child hears of him by that")
def taken_back(world: World, target: Target, trial: Trial) -> None:
    since = target.person.sync()["next_batch"]
    room = world.stranger.room(invite=[target.id])
    world.stranger.call("POST", f"rooms/{quote(room)}/kick", {"user_id": target.id, "reason": "write to me"})
    trial.leak("his words", soon(lambda: room in str(target.person.call("GET", f"sync?since={since}&timeout=0")), 2))
    trial.leak("the room", room in target.person.rooms("leave"))


@attack("one server opens questions without end", on=("kai",))
def flood(world: World, target: Target, trial: Trial) -> None:
    for number in range(30):
        world.forged.invite(FAMILY, world.forged.room(EVIL), f"@evil{number}:{FORGED}", target.id)
    for _ in range(30):
        world.forged.invite(FAMILY, world.forged.room(EVIL), EVIL, target.id)
    asked = [ask for ask in world.asks() if ask["child"] == target.part and FORGED in ask["who"]]
    trial.note(f"{len(asked)} questions")
    trial.leak("questions without end", len(asked) > 20)
    trial.leak("an invite", json.dumps(sorted(target.person.rooms("invite"))) != "[]")
