"""Attacks in rooms that are sealed, by apps that encrypt: who gets a key, and who opens what."""

import secrets
from typing import Any
from urllib.parse import quote

from tests.household import Person

from .apps import App
from .by_invite import leaves, sees
from .trial import Trial, attack, usual
from .world import AUNTS, FAMILY, STRANGER, Target, World, soon

_SEALED = {"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}


def _must(what: str, holds: object) -> None:
    """Without it the attack shows nothing."""
    if not holds:
        raise RuntimeError(f"not so: {what}")


def send_to_devices(sender: Person, kind: str, to: str, content: dict[str, Any]) -> int:
    return sender.call("PUT", f"sendToDevice/{kind}/{secrets.token_hex(4)}", {"messages": {to: {"*": content}}})[0]


def _has_all_of(app: App, sender: Person) -> None:
    """The app has by now what the sender's home sent it before; nothing is to keep the two apart."""
    # What is sent at once may come in any order; the second mark is sent when the first has come.
    for _ in range(2):
        mark = secrets.token_hex(8)
        send_to_devices(sender, "org.example.mark", app.person.id, {"words": mark})
        _must("a mark came", soon(lambda: any(one["words"] == mark for one in app.heard(sender.id)), 20))  # noqa: B023


def _heard_from(world: World, child: App, sender: Person) -> list[str]:
    """The kinds of messages that came from the sender to the child's app, when all that he sent has been dealt with."""
    _has_all_of(world.app(world.anna), sender)
    # The child's home deals with what a parent sends after that; a parent is always a contact.
    _has_all_of(child, world.anna)
    return [str(one["type"]) for one in child.heard(sender.id)]


def _sealed_room(world: World, target: Target, *state: dict[str, Any]) -> str:
    """A contact's sealed room in which the child's app and the contact's have written to each other."""
    child, aunt = world.app(target.person), world.app(world.aunt)
    room = world.shared_room(world.aunt, target, initial_state=[_SEALED, *state])
    for writer, reader in ((child, aunt), (aunt, child)):
        _must("the app knows the other", soon(lambda: _knows(writer, reader, room), 20))  # noqa: B023
        words = secrets.token_hex(6)
        _must("the home takes it", writer.say(room, words))
        _must("the other opens it", soon(lambda: words in reader.read(room, writer.person.id), 20))  # noqa: B023
    return room


def _knows(one: App, other: App, room: str) -> bool:
    """Whether what the one writes there would be sealed for the other, too."""
    both_are_in = one.member(room, other.person.id) == "join" and one.member(room, one.person.id) == "join"
    return both_are_in and other.device in one.devices(other.person.id)


@usual("a contact's app elsewhere and the child's app write to each other, encrypted")
def sealed(world: World, target: Target, _trial: Trial) -> None:
    _sealed_room(world, target)


@usual("what a contact's app writes is opened by both of the child's devices")
def two_devices(world: World, target: Target, trial: Trial) -> None:
    aunt, second = world.app(world.aunt), world.app(target.person, 1)
    # The contact's app hears of a device that is new, as apps do.
    trial.leak("the second device", not soon(lambda: second.device in aunt.devices(target.id), 20))
    room = _sealed_room(world, target)
    words = secrets.token_hex(6)
    aunt.say(room, words)
    for app in (world.app(target.person), second):
        trial.leak("the words", not soon(lambda: words in app.read(room, world.aunt.id), 20))  # noqa: B023


@usual("a contact's app, and the child's own second device, ask the child's app to compare emoji")
def compares(world: World, target: Target, trial: Trial) -> None:
    child = world.app(target.person)
    for other in (world.app(world.aunt), world.app(target.person, 1)):
        _must("it knows the device", soon(lambda: child.device in other.devices(target.id), 20))  # noqa: B023
        _must("it asks", other.verify(child))
        trial.leak(
            f"what {other.person.id} asks",
            not soon(lambda: any("verification" in one["type"] for one in child.heard(other.person.id)), 20),  # noqa: B023
        )


@attack("a stranger's app opens a sealed direct chat with the child and writes", on=("mia", "leo", "teo"))
def sealed_chat(world: World, target: Target, trial: Trial) -> None:
    child, stranger = world.app(target.person), world.app(world.stranger)
    before = len(child.heard(STRANGER))
    room = world.stranger.room(
        invite=[target.id], is_direct=True, preset="trusted_private_chat", initial_state=[_SEALED]
    )
    _must("his app knows of the invite", soon(lambda: stranger.member(room, target.id) == "invite"))
    _must("his home takes it", stranger.say(room, "come and talk to me"))
    trial.leak("a key", _heard_from(world, child, world.stranger)[before:])
    trial.leak("the child's devices", stranger.devices(target.id))
    trial.leak("the invite", child.member(room, target.id) is not None or sees(target, room))


def _kinds() -> dict[str, tuple[str, dict[str, Any]]]:
    """What apps say to each other beside rooms."""
    room_key = {"algorithm": "m.megolm.v1.aes-sha2", "room_id": "!r:x", "session_id": "s", "sender_key": "k"}
    of_device = {"from_device": "D", "methods": ["m.sas.v1"], "transaction_id": "t", "timestamp": 1}
    sealed_words = {"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": "k", "ciphertext": {}}
    asks = {"action": "request", "request_id": "r", "requesting_device_id": "D"}
    return {
        "asks to compare emoji with": ("m.key.verification.request", of_device),
        "hands a key to": ("m.forwarded_room_key", {**room_key, "session_key": "x"}),
        "hands a sealed key to": ("m.room.encrypted", sealed_words),
        "asks for a key of": ("m.room_key_request", {**asks, "body": room_key}),
        "asks for a secret of": ("m.secret.request", {**asks, "name": "m.megolm_backup.v1"}),
        "says that it holds a key back from": ("m.room_key.withheld", {**room_key, "code": "m.unverified"}),
    }


def _add(words: str, kind: str, content: dict[str, Any]) -> None:
    @attack(f"a stranger's app {words} the child's devices")
    def work(world: World, target: Target, trial: Trial) -> None:
        # Neither is the child's app: a stranger elsewhere, and for Leo an adult at home who is no contact.
        for stranger in (world.stranger, *([world.carl] if target.part == "leo" else [])):
            child = world.app(target.person)
            before = len(child.heard(stranger.id))
            _must("his home takes it", send_to_devices(stranger, kind, target.id, content) == 200)
            trial.leak(f"{kind} of {stranger.id}", _heard_from(world, child, stranger)[before:])


for words, (kind, content) in _kinds().items():
    _add(words, kind, content)


def _reads_along(world: World, target: Target, room: str, him: Person, trial: Trial, before: int) -> None:
    """He is in: the child leaves, and his app, which opens what the contact writes, opens nothing of the child's."""
    child, aunt, app = world.app(target.person), world.app(world.aunt), world.app(him)
    leaves(world, target, room, trial)
    trial.leak("the child's app is not refused", not soon(lambda: not child.writes_on(room)))
    child.write_no_more(room)
    trial.leak("what the child wrote after it had left", child.say(room, "who is this?"))
    _must("the contact's app knows him", soon(lambda: _knows(aunt, app, room), 20))
    words = secrets.token_hex(6)
    _must("the contact writes", aunt.say(room, words))
    _must("he opens what the contact writes", soon(lambda: words in app.read(room, world.aunt.id), 20))
    # A key of the child's would come from its home, as this does from the same.
    _has_all_of(app, world.anna)
    his = app.read(room, target.id)
    _must("he sees what the child wrote", his)
    opened = [text for text in his if text is not None]
    trial.saw(len(his), len(opened))
    as_he_came = child.written(room) - before
    trial.note(f"opened {len(opened)} of {len(his)} that he saw; {as_he_came} were written as he came")
    trial.leak(f"{len(opened)} of the child's messages", opened)


def _begins_to_write(world: World, target: Target, room: str) -> int:
    """How many messages the home has taken by then; more come all the while."""
    child = world.app(target.person)
    child.write_on(room)
    _must("the child's app writes", soon(lambda: child.written(room) > 2, 20))
    return child.written(room)


@attack("a contact elsewhere lets a stranger into a sealed room while the child's app writes")
def let_in(world: World, target: Target, trial: Trial) -> None:
    world.app(world.stranger)
    room = _sealed_room(world, target)
    before = _begins_to_write(world, target, room)
    trial.begin()
    world.aunt.invite(room, STRANGER)
    _must("he joins", soon(lambda: world.stranger.join(room) == 200))
    _reads_along(world, target, room, world.stranger, trial, before)


@attack("somebody else of a contact's server comes into a sealed room by a rule, while the child's app writes")
def by_rule(world: World, target: Target, trial: Trial) -> None:
    world.app(world.uncle)
    club = world.aunt.room(invite=[world.uncle.id])
    _must("he is in the club", soon(lambda: world.uncle.join(club) == 200))
    rule = {"join_rule": "restricted", "allow": [{"type": "m.room_membership", "room_id": club}]}
    room = _sealed_room(world, target, {"type": "m.room.join_rules", "content": rule})
    before = _begins_to_write(world, target, room)
    trial.begin()
    _must("he joins", world.uncle.join(room) == 200)
    _reads_along(world, target, room, world.uncle, trial, before)


@attack("a stranger's app asks each server in it for the child's own sealed room")
def forces(world: World, target: Target, trial: Trial) -> None:
    child = world.app(target.person)
    # An adult at home is no contact of Leo's.
    them = [world.stranger, *([world.carl] if target.part == "leo" else [])]
    before = {him.id: len(world.app(him).heard(target.id)) for him in them}
    room = target.person.room(initial_state=[_SEALED], invite=[world.aunt.id])
    _must("the contact joins", soon(lambda: world.aunt.join(room) == 200))
    _must("the child's app has the room", soon(lambda: child.member(room, world.aunt.id) == "join"))
    _must("the child's app writes", child.say(room, "for my aunt"))
    trial.begin()
    for him in them:
        for server in (FAMILY, AUNTS):
            status, _ = him.call("POST", f"join/{quote(room)}?via={server}", {})
            trial.leak(f"the room, by {server}, for {him.id}", status == 200)
        _has_all_of(world.app(him), world.anna)
        trial.leak(f"a key for {him.id}", world.app(him).heard(target.id)[before[him.id] :])
