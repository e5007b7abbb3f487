"""Attacks by what is done in, and to, a room: by the child itself, and by those it shares a room with."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from .by_invite import leaves
from .trial import Trial, attack
from .world import AUNTS, FAMILY, STRANGERS, Target, World, soon

Act = Callable[[World, Target, str], int]


def _acts() -> dict[str, Act]:
    """What the child does to a room of its own; each answers with a status."""

    def state(kind: str, content: dict[str, Any], key: str = "") -> Act:
        return lambda _world, target, room: target.person.put(room, kind, content, key)

    def call(method: str, path: str, body: dict[str, Any]) -> Act:
        return lambda _world, target, room: target.person.call(method, path.replace("ROOM", quote(room)), body)[0]

    def take_address(world: World, target: Target, room: str) -> int:
        alias = quote(f"#club{world.next()}:{FAMILY}")
        return target.person.call("PUT", f"directory/room/{alias}", {"room_id": room})[0]

    def name_address(world: World, target: Target, room: str) -> int:
        alias = f"#club{world.next()}:{FAMILY}"
        # Somebody else of the family may give it one; whoever names it must be in it.
        world.anna.call("PUT", f"directory/room/{quote(alias)}", {"room_id": room})
        return target.person.put(room, "m.room.canonical_alias", {"alias": alias})

    def open_with_address(world: World, target: Target, _room: str) -> int:
        return target.person.call("POST", "createRoom", {"room_alias_name": f"club{world.next()}"})[0]

    widget = {"type": "m.custom", "url": "https://elsewhere.example", "creatorUserId": "x"}
    return {
        "opens its room to everybody": state("m.room.join_rules", {"join_rule": "public"}),
        "lets people knock": state("m.room.join_rules", {"join_rule": "knock"}),
        "lets everybody read along": state("m.room.history_visibility", {"history_visibility": "world_readable"}),
        "changes who may do what": state("m.room.power_levels", {"users_default": 100}),
        "puts a page of somebody else's into its room": state("im.vector.modular.widgets", widget, "w"),
        "leads its room to another one": state("m.room.tombstone", {"body": "b", "replacement_room": "!x:y.z"}),
        "names an address of its room": name_address,
        "takes an address for its room": take_address,
        "lists its room": call("PUT", "directory/list/room/ROOM", {"visibility": "public"}),
        "upgrades its room": call("POST", "rooms/ROOM/upgrade", {"new_version": "11"}),
        "opens a public room": call("POST", "createRoom", {"preset": "public_chat"}),
        "opens a room with an address": open_with_address,
        "opens a listed room": call("POST", "createRoom", {"visibility": "public"}),
        "opens a room that all may read": call(
            "POST",
            "createRoom",
            {
                "initial_state": [
                    {"type": "m.room.history_visibility", "content": {"history_visibility": "world_readable"}}
                ]
            },
        ),
    }


def _add(words: str, act: Act) -> None:
    @attack(f"the child {words}")
    def work(world: World, target: Target, trial: Trial) -> None:
        room = target.person.room()
        trial.begin()
        trial.leak("it is done", act(world, target, room) == 200)


for words, act in _acts().items():
    _add(words, act)


def _ways_in() -> dict[str, tuple[Act, str]]:
    """How the child might come into a room that is open to everybody."""

    def join(path: str) -> Act:
        return lambda _world, target, room: target.person.call("POST", path.replace("ROOM", quote(room)), {})[0]

    return {
        "an open room at home by its id": (join("join/ROOM"), "home"),
        "an open room at home by the older way": (join("rooms/ROOM/join"), "home"),
        "a stranger's open room by its id and a server": (join(f"join/ROOM?via={STRANGERS}"), "public"),
        "a stranger's room that lets people knock": (join(f"knock/ROOM?via={STRANGERS}"), "knock"),
    }


def _add_way(words: str, act: Act, rule: str) -> None:
    @attack(f"the child goes into {words}")
    def work(world: World, target: Target, trial: Trial) -> None:
        rules = [{"type": "m.room.join_rules", "content": {"join_rule": "public" if rule == "home" else rule}}]
        room = (world.carl if rule == "home" else world.stranger).room(initial_state=rules)
        trial.begin()
        trial.leak("the room", act(world, target, room) == 200 or world.is_in(target, room))


for words, (act, rule) in _ways_in().items():
    _add_way(words, act, rule)


@attack("the child goes into a stranger's room by its address")
def by_alias(world: World, target: Target, trial: Trial) -> None:
    name = f"open{world.next()}"
    world.stranger.room(preset="public_chat", room_alias_name=name)
    alias = quote(f"#{name}:{STRANGERS}")
    trial.leak("the room", target.person.call("POST", f"join/{alias}", {})[0] == 200)


@attack("the child goes into a room of a space that a contact leads it through")
def by_space(world: World, target: Target, trial: Trial) -> None:
    room = world.stranger.room(preset="public_chat")
    space = world.shared_room(world.aunt, target, creation_content={"type": "m.space"})
    world.aunt.put(space, "m.space.child", {"via": [STRANGERS]}, room)
    path = f"join/{quote(room)}?via={STRANGERS}"
    trial.leak("the room", target.person.call("POST", path, {})[0] == 200)


@attack("the child follows a contact's room to a successor with a stranger in it")
def by_successor(world: World, target: Target, trial: Trial) -> None:
    room = world.shared_room(world.aunt, target)
    next_room = world.stranger.room(preset="public_chat", invite=[world.aunt.id])
    world.aunt.put(room, "m.room.tombstone", {"body": "moved", "replacement_room": next_room})
    path = f"join/{quote(next_room)}?via={STRANGERS}"
    trial.leak("the room", target.person.call("POST", path, {})[0] == 200)


@attack("the child knocks at a room that is restricted and knockable")
def knock_restricted(world: World, target: Target, trial: Trial) -> None:
    rule = {"join_rule": "knock_restricted", "allow": []}
    room = world.stranger.room(initial_state=[{"type": "m.room.join_rules", "content": rule}])
    status, _ = target.person.call("POST", f"knock/{quote(room)}?via={STRANGERS}", {"reason": "let me in"})
    trial.leak("the knock", status == 200)
    members = world.stranger.call("GET", f"rooms/{quote(room)}/members")[1].get("chunk", [])
    trial.leak("the knock", any(event["state_key"] == target.id for event in members))


@attack("an adult at home goes into the child's room who is no contact, by a rule that lets the family in", on=("leo",))
def family_room(world: World, target: Target, trial: Trial) -> None:
    club = world.anna.room(invite=[world.carl.id])
    world.carl.join(club)
    rule = {"join_rule": "restricted", "allow": [{"type": "m.room_membership", "room_id": club}]}
    room = world.shared_room(world.anna, target, initial_state=[{"type": "m.room.join_rules", "content": rule}])
    trial.begin()
    trial.leak("he is in", world.carl.join(room) == 200)
    trial.leak("the child was put out for it", not world.is_in(target, room))


def _openings() -> dict[str, tuple[str, dict[str, Any]]]:
    return {
        "opens it to everybody": ("m.room.join_rules", {"join_rule": "public"}),
        "lets people knock": ("m.room.join_rules", {"join_rule": "knock"}),
        "lets everybody read along": ("m.room.history_visibility", {"history_visibility": "world_readable"}),
    }


def _add_opening(words: str, kind: str, content: dict[str, Any]) -> None:
    @attack(f"a contact at home shares a room with the child and {words}")
    def at_home(world: World, target: Target, trial: Trial) -> None:
        room = world.shared_room(world.anna, target)
        trial.begin()
        trial.leak("it is open", world.anna.put(room, kind, content) == 200)

    @attack(f"a contact elsewhere shares a room with the child and {words}")
    def elsewhere(world: World, target: Target, trial: Trial) -> None:
        room = world.shared_room(world.aunt, target)
        trial.begin()
        world.aunt.put(room, kind, content)
        leaves(world, target, room, trial)


for words, (kind, content) in _openings().items():
    _add_opening(words, kind, content)


@attack("a stranger knocks at a contact's room with the child in it, with words for the child")
def words_of_a_knock(world: World, target: Target, trial: Trial) -> None:
    room = world.shared_room(world.aunt, target)
    world.aunt.put(room, "m.room.join_rules", {"join_rule": "knock"})
    path = f"knock/{quote(room)}?via={AUNTS}"
    world.stranger.call("POST", path, {"reason": "write to me elsewhere"})
    soon(lambda: not world.is_in(target, room))
    trial.leak("his words", "write to me elsewhere" in str(target.person.sync()))
