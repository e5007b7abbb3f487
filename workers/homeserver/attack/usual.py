"""What is allowed goes on as ever: an attack that is held by refusing everybody would be no proof."""

import secrets
from urllib.parse import quote

from tests.household import Person

from .by_key import room_with, to_devices
from .trial import Trial, usual
from .world import FAMILY, FRIEND, HOUSEHOLD, Target, World, soon


def _reads(reader: Person, room: str, words: str) -> bool:
    return words in str(reader.call("GET", f"rooms/{quote(room)}/messages?dir=b&limit=20"))


@usual("a contact elsewhere writes to the child, and is answered")
def writes(world: World, target: Target, trial: Trial) -> None:
    room = world.shared_room(world.aunt, target)
    one, other = secrets.token_hex(6), secrets.token_hex(6)
    trial.begin()
    world.aunt.say(room, one)
    trial.leak("a contact's words", not soon(lambda: _reads(target.person, room, one)))
    target.person.say(room, other)
    trial.leak("the child's words", not soon(lambda: _reads(world.aunt, room, other)))


@usual("the child opens a room with a contact elsewhere, and one with a parent")
def opens(world: World, target: Target, trial: Trial) -> None:
    for contact in (world.aunt, world.anna):
        status, made = target.person.call("POST", "createRoom", {"invite": [contact.id], "is_direct": True})
        trial.leak("the room", status != 200 or not soon(lambda: contact.join(made["room_id"]) == 200))  # noqa: B023


@usual("a contact's message to the child's devices arrives, without which nothing is encrypted")
def devices(world: World, target: Target, trial: Trial) -> None:
    words = secrets.token_hex(8)
    world.forged.edu(FAMILY, "m.direct_to_device", to_devices(FRIEND, target.id, words))
    trial.leak("the message", not soon(lambda: words in str(target.person.sync().get("to_device")), 3))


@usual("a contact in the room is seen typing")
def typing(world: World, target: Target, trial: Trial) -> None:
    room = room_with(world, target)
    world.forged.edu(FAMILY, "m.typing", {"room_id": room, "user_id": FRIEND, "typing": True})
    trial.leak("that", not soon(lambda: FRIEND in str(target.person.sync()["rooms"]["join"].get(room)), 3))


@usual("a stranger who asked and is allowed: the child is in, and reads the message that waited", on=("mia",))
def allowed(world: World, target: Target, trial: Trial) -> None:
    words = secrets.token_hex(6)
    room = world.uncle.room(invite=[target.id])
    world.uncle.say(room, words)
    children = [dict(child) for child in HOUSEHOLD["children"]]
    for child in children:
        if child["who"] == target.part:
            child["contacts"] = {"people": [*child["contacts"]["people"], world.uncle.id]}
    trial.begin()
    try:
        world.rule({**HOUSEHOLD, "children": children})
        status, answer = world.family.decide(target.part, world.uncle.id, "allow")
        trial.end()
        trial.leak(f"the way in: {answer}", status != 200 or room not in answer["joined"])
        trial.leak("the message", not soon(lambda: _reads(target.person, room, words)))
    finally:
        world.rule(HOUSEHOLD)
