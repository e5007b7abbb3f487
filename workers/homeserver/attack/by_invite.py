"""Attacks that begin with an invite, all from real homes."""

from urllib.parse import quote

from .trial import Trial, attack
from .world import AUNTS, FAMILY, STRANGER, Target, World, soon

# An invite elsewhere is here when its request is answered; a sync a moment later shows all there is.
_MOST_SECONDS = 5.0


def sees(target: Target, room: str) -> bool:
    """On either kind of sync."""
    if room in target.person.rooms("invite"):
        return True
    wish = {"lists": {"all": {"ranges": [[0, 99]], "timeline_limit": 1, "required_state": []}}}
    sliding = target.person.call("POST", "sync", wish, api="unstable/org.matrix.simplified_msc3575")
    if sliding[0] != 200:
        raise RuntimeError(f"the child cannot sync: {sliding}")
    return room in sliding[1].get("rooms", {})


def refused(target: Target, room: str, trial: Trial) -> None:
    """What every hidden invite comes to."""
    trial.leak("the invite", sees(target, room))
    trial.leak("a way in", target.person.join(room) == 200)


def leaves(world: World, target: Target, room: str, trial: Trial) -> None:
    """What a child does where it may not be."""
    gone = soon(lambda: not world.is_in(target, room), _MOST_SECONDS)
    trial.end()
    trial.leak("the child stays", not gone)


@attack("a stranger elsewhere opens a direct chat with the child", on=("mia", "leo", "teo", "kai"))
def direct_chat(world: World, target: Target, trial: Trial) -> None:
    room = world.stranger.room(invite=[target.id], is_direct=True, preset="trusted_private_chat")
    refused(target, room, trial)


@attack("a stranger invites the child into a room in which a contact is")
def with_a_contact(world: World, target: Target, trial: Trial) -> None:
    room = world.stranger.room(invite=[world.aunt.id])
    soon(lambda: world.aunt.join(room) == 200)
    world.stranger.invite(room, target.id)
    refused(target, room, trial)


@attack("a person of the never list invites the child from a server that is allowed", on=("leo",))
def never(world: World, target: Target, trial: Trial) -> None:
    refused(target, world.uncle.room(invite=[target.id]), trial)


@attack("an adult of the home who is no contact invites the child", on=("leo",))
def at_home(world: World, target: Target, trial: Trial) -> None:
    room = world.carl.room()
    world.carl.invite(room, target.id)
    refused(target, room, trial)


@attack("the child invites a stranger")
def outwards(world: World, target: Target, trial: Trial) -> None:
    room = target.person.room()
    trial.leak("the invite", target.person.invite(room, STRANGER) == 200)
    trial.leak("the invite", room in world.stranger.rooms("invite"))


@attack("the child invites a stranger by a member event")
def by_state(world: World, target: Target, trial: Trial) -> None:
    room = target.person.room()
    trial.leak("the invite", target.person.put(room, "m.room.member", {"membership": "invite"}, STRANGER) == 200)
    trial.leak("the invite", room in world.stranger.rooms("invite"))


@attack("the child opens a room with a stranger on its list")
def on_the_list(world: World, target: Target, trial: Trial) -> None:
    status, _ = target.person.call("POST", "createRoom", {"invite": [STRANGER], "is_direct": True})
    trial.leak("the room", status == 200)


@attack("the child invites an address of mail")
def by_mail(_: World, target: Target, trial: Trial) -> None:
    room = target.person.room()
    wish = {"medium": "email", "address": "who@example.org", "id_server": "id.example.org", "id_access_token": "x"}
    status, answer = target.person.call("POST", f"rooms/{quote(room)}/invite", wish)
    trial.leak("the invite", status == 200)
    # A server of that name does not exist, and the answer would say that it was asked.
    trial.leak("it was looked up", answer.get("errcode") != "M_FORBIDDEN")


@attack("a contact elsewhere invites the child into a room with a stranger")
def stranger_inside(world: World, target: Target, trial: Trial) -> None:
    room = world.aunt.room(invite=[STRANGER])
    soon(lambda: world.stranger.join(room) == 200)
    world.aunt.invite(room, target.id)
    trial.begin()
    soon(lambda: target.person.join(room) in (200, 403), 10)
    leaves(world, target, room, trial)
    trial.leak("what the child wrote", target.person.say(room, "hello") == 200)


@attack("a parent invites the child into a room with a stranger")
def stranger_inside_at_home(world: World, target: Target, trial: Trial) -> None:
    room = world.anna.room(invite=[STRANGER])
    soon(lambda: world.stranger.join(room) == 200)
    trial.leak("the invite", world.anna.invite(room, target.id) == 200)
    trial.leak("a way in", target.person.join(room) == 200)


@attack("a contact at home adds a stranger to a room with the child")
def added_at_home(world: World, target: Target, trial: Trial) -> None:
    room = world.shared_room(world.anna, target)
    trial.leak("the invite", world.anna.invite(room, STRANGER) == 200)


@attack("a contact elsewhere adds a stranger to a room with the child")
def added_elsewhere(world: World, target: Target, trial: Trial) -> None:
    room = world.shared_room(world.aunt, target)
    trial.begin()
    world.aunt.invite(room, STRANGER)
    leaves(world, target, room, trial)
    trial.leak("what the child wrote", target.person.say(room, "who is this?") == 200)


@attack("a stranger comes in by a restricted rule, invited by nobody")
def restricted(world: World, target: Target, trial: Trial) -> None:
    club = world.aunt.room(invite=[STRANGER])
    soon(lambda: world.stranger.join(club) == 200)
    rule = {"join_rule": "restricted", "allow": [{"type": "m.room_membership", "room_id": club}]}
    room = world.shared_room(world.aunt, target, initial_state=[{"type": "m.room.join_rules", "content": rule}])
    trial.begin()
    world.stranger.call("POST", f"join/{quote(room)}?via={AUNTS}", {})
    leaves(world, target, room, trial)


@attack("a stranger comes in by a restricted rule of a room at home")
def restricted_at_home(world: World, target: Target, trial: Trial) -> None:
    club = world.anna.room(invite=[STRANGER])
    soon(lambda: world.stranger.join(club) == 200)
    rule = {"join_rule": "restricted", "allow": [{"type": "m.room_membership", "room_id": club}]}
    room = world.shared_room(world.anna, target, initial_state=[{"type": "m.room.join_rules", "content": rule}])
    trial.begin()
    status, _ = world.stranger.call("POST", f"join/{quote(room)}?via={FAMILY}", {})
    trial.leak("the room", status == 200)
    trial.leak("the child was put out for it", not world.is_in(target, room))
