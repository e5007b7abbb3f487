"""Attacks beside rooms: messages to devices, typing, receipts, profiles and keys, asked for by a signed server."""

import json
import secrets
import time
from urllib.parse import quote

from .trial import Trial, attack
from .world import FAMILY, FORGED, FRIEND, STRANGER, Target, World, soon

EVIL = f"@evil:{FORGED}"


def to_devices(sender: str, to: str, words: str) -> dict[str, object]:
    return {
        "sender": sender,
        "type": "org.example.covert",
        "message_id": secrets.token_hex(4),
        "messages": {to: {"*": {"words": words}}},
    }


@attack("a stranger writes to the child's devices, past every room")
def to_device(world: World, target: Target, trial: Trial) -> None:
    words = secrets.token_hex(8)
    world.forged.edu(FAMILY, "m.direct_to_device", to_devices(EVIL, target.id, words))
    trial.leak("a covert message", soon(lambda: words in str(target.person.sync().get("to_device")), 1))


@attack("the child writes to a stranger's devices, past every room")
def from_device(world: World, target: Target, trial: Trial) -> None:
    words = secrets.token_hex(8)
    path = f"sendToDevice/org.example.covert/{secrets.token_hex(4)}"
    target.person.call("PUT", path, {"messages": {EVIL: {"*": {"words": words}}}})
    trial.leak("a covert message", soon(lambda: words in json.dumps(world.forged.told), 1))


@attack("an adult at home who is no contact writes to the child's devices", on=("leo",))
def from_home(world: World, target: Target, trial: Trial) -> None:
    words = secrets.token_hex(8)
    path = f"sendToDevice/org.example.covert/{secrets.token_hex(4)}"
    world.carl.call("PUT", path, {"messages": {target.id: {"*": {"words": words}}}})
    trial.leak("a covert message", soon(lambda: words in str(target.person.sync().get("to_device")), 1))


def room_with(world: World, target: Target) -> str:
    """A room of the child's with a contact on the forged server, who says nothing of what others there do."""
    room = world.forged.room(FRIEND)
    code, answer = world.forged.invite(FAMILY, room, FRIEND, target.id)
    if code != 200 or not soon(lambda: target.person.join(room.id) == 200):
        raise RuntimeError(f"the friend's room could not be joined: {answer}")
    return room.id


@attack("somebody who is not in the room is seen typing in it")
def typing(world: World, target: Target, trial: Trial) -> None:
    room = room_with(world, target)
    trial.begin()
    world.forged.edu(FAMILY, "m.typing", {"room_id": room, "user_id": EVIL, "typing": True})
    trial.leak("his name", soon(lambda: EVIL in str(target.person.sync()["rooms"]["join"].get(room)), 1))


@attack("somebody who is not in the room leaves a receipt in it")
def receipt(world: World, target: Target, trial: Trial) -> None:
    room = room_with(world, target)
    target.person.say(room, "hello")
    mark = {EVIL: {"event_ids": ["$nothing"], "data": {"ts": int(time.time() * 1000)}}}
    world.forged.edu(FAMILY, "m.receipt", {room: {"m.read": mark}})
    trial.leak("his name", soon(lambda: EVIL in str(target.person.sync()["rooms"]["join"].get(room)), 1))


def _as_nobody(world: World, target: Target, trial: Trial, method: str, path: str, body: str | None = None) -> None:
    """A child and nobody get one answer, but for their names."""
    nobody = f"@nobody{secrets.token_hex(3)}:{FAMILY}"

    def answer(user: str) -> tuple[int, str]:
        said = None if body is None else json.loads(body.replace("WHO", user))
        code, answer = world.strangers_server.ask(FAMILY, method, path.replace("WHO", quote(user)), said)
        return code, json.dumps(answer, sort_keys=True).replace(user, "WHO")

    one, other = answer(target.id), answer(nobody)
    trial.leak(f"there is such an account: {one} and not {other}", one != other)


@attack("a server without a contact asks for the child's profile")
def asked_profile(world: World, target: Target, trial: Trial) -> None:
    _as_nobody(world, target, trial, "GET", "/_matrix/federation/v1/query/profile?user_id=WHO")


@attack("a server without a contact asks for the child's devices")
def asked_devices(world: World, target: Target, trial: Trial) -> None:
    _as_nobody(world, target, trial, "GET", "/_matrix/federation/v1/user/devices/WHO")


@attack("a server without a contact asks for the child's keys")
def asked_keys(world: World, target: Target, trial: Trial) -> None:
    body = json.dumps({"device_keys": {"WHO": []}})
    _as_nobody(world, target, trial, "POST", "/_matrix/federation/v1/user/keys/query", body)


@attack("a server without a contact takes one of the child's one-time keys")
def claimed(world: World, target: Target, trial: Trial) -> None:
    body = json.dumps({"one_time_keys": {"WHO": {target.person.device: "signed_curve25519"}}})
    _as_nobody(world, target, trial, "POST", "/_matrix/federation/v1/user/keys/claim", body)


@attack("a stranger tells by the answer to an invite whether there is such a child")
def told_apart(world: World, target: Target, trial: Trial) -> None:
    def invited(user: str) -> tuple[int, list[str], list[str]]:
        room = world.forged.room(EVIL)
        code, answer = world.forged.invite(FAMILY, room, EVIL, user)
        return code, sorted(answer), sorted(answer.get("event", {}))

    one, other = invited(target.id), invited(f"@nobody{secrets.token_hex(3)}:{FAMILY}")
    trial.leak(f"there is such an account: {one} and not {other}", one != other)


@attack("a server that has a contact sees profile and devices of the child", impossible="its people write to the child")
def seen_by_contact(world: World, target: Target, trial: Trial) -> None:
    path = f"/_matrix/federation/v1/query/profile?user_id={quote(target.id)}"
    trial.leak("name and devices", world.forged.ask(FAMILY, "GET", path)[0] == 200)


@attack("the child asks for a stranger's keys", impossible="keys are public, and open no way to write to him")
def stranger_keys(world: World, target: Target, trial: Trial) -> None:
    _ = world.stranger
    answer = target.person.call("POST", "keys/query", {"device_keys": {STRANGER: []}})[1]
    trial.leak("that he exists", STRANGER in str(answer.get("device_keys")))
