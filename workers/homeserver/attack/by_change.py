"""Attacks by what changes: rules, contacts, who is in the room."""

import threading
from copy import deepcopy
from urllib.parse import quote

from .by_invite import leaves
from .trial import Trial, attack
from .world import AUNTS, HOUSEHOLD, Target, World, soon


@attack("a contact who is no contact any more stays in the child's room")
def removed(world: World, target: Target, trial: Trial) -> None:
    room = world.shared_room(world.aunt, target)
    without = deepcopy(HOUSEHOLD)
    for child in without["children"]:
        child.setdefault("contacts", {})["people"] = []
        child["contacts"]["servers"] = []
    trial.begin()
    try:
        world.rule(without)
        leaves(world, target, room, trial)
    finally:
        world.rule(HOUSEHOLD)
    # The rules of before hold again before the next attack.
    soon(lambda: world.shared_room(world.aunt, target), 10)


@attack("a room that the child shared with a stranger before there was a rule")
def before(world: World, target: Target, trial: Trial) -> None:
    grown = {**HOUSEHOLD, "children": [child for child in HOUSEHOLD["children"] if child["who"] != target.part]}
    try:
        world.rule(grown)
        room = world.stranger.room(invite=[target.id])
        if not soon(lambda: target.person.join(room) == 200):
            raise RuntimeError("an adult may join")
    finally:
        trial.begin()
        world.rule(HOUSEHOLD)
    leaves(world, target, room, trial)


@attack("a contact is removed while the child is joining his room")
def removed_meanwhile(world: World, target: Target, trial: Trial) -> None:
    room = world.aunt.room(invite=[target.id])
    soon(lambda: room in target.person.rooms("invite"))
    without = deepcopy(HOUSEHOLD)
    for child in without["children"]:
        child["contacts"] = {"family": True}
    joining = threading.Thread(target=lambda: target.person.join(room))
    trial.begin()
    try:
        joining.start()
        world.rule(without)
        joining.join()
        leaves(world, target, room, trial)
    finally:
        world.rule(HOUSEHOLD)
    soon(lambda: world.shared_room(world.aunt, target), 10)


@attack("a contact of one child is added to a room with another child whose contact he is not", on=("leo",))
def two_children(world: World, target: Target, trial: Trial) -> None:
    mia = world.targets["mia"]
    room = world.shared_room(world.aunt, target)
    world.aunt.invite(room, mia.id)
    # Siblings are contacts of Mia; Leo's are not his whole family, so that he leaves as she comes, or as Carl does.
    soon(lambda: mia.person.join(room) == 200)
    trial.begin()
    world.aunt.invite(room, world.carl.id)
    leaves(world, target, room, trial)
    trial.leak("the other child was put out, too", not world.is_in(mia, room))


@attack("somebody of a server on the never list comes into a room where strangers may be", on=("teo",))
def never_elsewhere(world: World, target: Target, trial: Trial) -> None:
    room = world.aunt.room(preset="public_chat")
    if target.person.call("POST", f"join/{quote(room)}?via={AUNTS}", {})[0] != 200:
        raise RuntimeError("he may join such a room")
    trial.begin()
    world.stranger.call("POST", f"join/{quote(room)}?via={AUNTS}", {})
    leaves(world, target, room, trial)
