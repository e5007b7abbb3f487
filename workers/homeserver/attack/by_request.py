"""Attacks by asking: what a child's app may read and do, and what may be read of a child."""

import json
import threading
from collections.abc import Callable
from copy import deepcopy
from typing import Any
from urllib.parse import quote

from .trial import Trial, attack
from .world import FAMILY, HOUSEHOLD, STRANGER, STRANGERS, Target, World, soon

Ask = Callable[[str], tuple[str, str, str]]


def _reads() -> dict[str, Ask]:
    """Method, version and path, for a room that everybody may read and the child is not in."""
    return {
        "messages": lambda room: ("GET", "v3", f"rooms/{room}/messages?dir=b"),
        "its start": lambda room: ("GET", "v3", f"rooms/{room}/initialSync"),
        "its state": lambda room: ("GET", "v3", f"rooms/{room}/state"),
        "its members": lambda room: ("GET", "v3", f"rooms/{room}/joined_members"),
        "its events as they come": lambda room: ("GET", "v3", f"events?room_id={room}&timeout=0"),
        "the rooms below it": lambda room: ("GET", "v1", f"rooms/{room}/hierarchy"),
        "its summary": lambda room: ("GET", "unstable/im.nheko.summary", f"rooms/{room}/summary?via={STRANGERS}"),
        "its summary, the newer way": lambda room: ("GET", "v1", f"room_summary/{room}?via={STRANGERS}"),
        "what is listed there": lambda _: ("GET", "v3", f"publicRooms?server={STRANGERS}"),
        "what is listed here": lambda _: ("GET", "v3", "publicRooms"),
        "its addresses": lambda room: ("GET", "v3", f"rooms/{room}/aliases"),
    }


def _add_read(words: str, ask: Ask) -> None:
    @attack(f"the child reads a room without being in it: {words}")
    def work(world: World, target: Target, trial: Trial) -> None:
        method, version, path = ask(quote(world.open_room))
        trial.begin()
        trial.leak(words, target.person.call(method, path, api=version)[0] == 200)


for words, ask in _reads().items():
    _add_read(words, ask)


@attack("the child reads an open room elsewhere without a token, through the edge")
def without_a_token(world: World, _: Target, trial: Trial) -> None:
    room = quote(world.open_room_elsewhere)
    for path in (f"v1/room_summary/{room}?via={STRANGERS}", f"unstable/im.nheko.summary/rooms/{room}/summary"):
        trial.leak("a summary", world.forged.ask_plainly(FAMILY, f"/_matrix/client/{path}") == 200)


@attack("the child looks up a stranger's address without a token, through the edge")
def alias_without_a_token(world: World, _: Target, trial: Trial) -> None:
    name = f"seen{world.next()}"
    world.stranger.room(preset="public_chat", room_alias_name=name)
    path = f"/_matrix/client/v3/directory/room/{quote(f'#{name}:{STRANGERS}')}"
    trial.leak("a room's id", world.forged.ask_plainly(FAMILY, path) == 200)


@attack("the child looks at a stranger's profile")
def profile(world: World, target: Target, trial: Trial) -> None:
    _ = world.stranger
    trial.leak("the profile", target.person.call("GET", f"profile/{quote(STRANGER)}")[0] == 200)


@attack("the child looks at a stranger's profile without a token")
def profile_without_a_token(world: World, _: Target, trial: Trial) -> None:
    path = f"/_matrix/client/v3/profile/{quote(STRANGER)}"
    trial.leak("the profile", world.forged.ask_plainly(FAMILY, path) == 200)


@attack("the child searches for a stranger whom its home knows")
def search(world: World, target: Target, trial: Trial) -> None:
    room = world.stranger.room(invite=[world.carl.id])
    soon(lambda: world.carl.join(room) == 200)
    soon(lambda: STRANGER in str(world.carl.call("POST", "user_directory/search", {"search_term": "stranger"})), 3)
    found = target.person.call("POST", "user_directory/search", {"search_term": "stranger"})[1]
    trial.leak("he is found", STRANGER in json.dumps(found))


@attack("somebody at home who is no contact searches for the child", on=("leo",))
def searched(world: World, target: Target, trial: Trial) -> None:
    found = world.carl.call("POST", "user_directory/search", {"search_term": target.part})[1]
    trial.leak("it is found", target.id in json.dumps(found))


@attack("the child uses the home's own administration")
def administration(world: World, target: Target, trial: Trial) -> None:
    told = f"/_synapse/client/nameplate/stranger?child={target.part}&who={quote(STRANGER)}"
    for path in ("/_synapse/admin/v2/users?from=0", "/_synapse/client/nameplate/asks", told):
        trial.leak(path, world.host.call(FAMILY, "GET", path, token=target.person.token)[0] == 200)


@attack("the child answers the question about a stranger itself")
def own_answer(world: World, target: Target, trial: Trial) -> None:
    said = {"child": target.part, "who": STRANGER, "answer": "allow"}
    path = "/_synapse/client/nameplate/asks"
    trial.leak("a yes", world.host.call(FAMILY, "POST", path, said, target.person.token)[0] == 200)


@attack("the child ends its account")
def deactivate(world: World, target: Target, trial: Trial) -> None:
    status, answer = target.person.call("POST", "account/deactivate", {"erase": True})
    trial.leak("the account", status == 200 or "flows" in answer)
    trial.leak("the account", target.person.call("GET", "account/whoami")[0] != 200)


@attack("the child is found by an address of mail it adds")
def address(_: World, target: Target, trial: Trial) -> None:
    wish = {"client_secret": "secret", "email": "mia@example.org", "send_attempt": 1}
    trial.leak("the address", target.person.call("POST", "account/3pid/add", {"sid": "1", **wish})[0] in (200, 401))


@attack("the child shows itself invites by its own settings")
def own_settings(world: World, target: Target, trial: Trial) -> None:
    path = f"user/{quote(target.id)}/account_data"
    for kind in ("m.invite_permission_config", "org.matrix.msc4155.invite_permission_config"):
        target.person.call("PUT", f"{path}/{kind}", {"default_action": "allow", "allowed_users": ["*"]})
    target.person.call("PUT", f"{path}/m.ignored_user_list", {"ignored_users": {}})
    room = world.stranger.room(invite=[target.id])
    trial.leak("the invite", room in target.person.rooms("invite"))


@attack("the child signs in on a device of its own", on=("kai",))
def device(world: World, target: Target, trial: Trial) -> None:
    trial.leak("a sign-in", world.family.sign_in(target.part)[0] == 200)


@attack("the child sends a file that it may not send", on=("kai",))
def upload(world: World, target: Target, trial: Trial) -> None:
    status, _ = world.host.call(FAMILY, "POST", "/_matrix/media/v3/upload", {"picture": 1}, target.person.token)
    trial.leak("a file", status == 200)


def _paused(part: str) -> dict[str, Any]:
    household = deepcopy(HOUSEHOLD)
    for child in household["children"]:
        if child["who"] == part:
            child["paused"] = True
    return household


@attack("the child writes, and reads what is written to it, while its account rests")
def resting(world: World, target: Target, trial: Trial) -> None:
    room = world.shared_room(world.aunt, target)
    since = target.person.sync()["next_batch"]
    heard: list[tuple[int, dict[str, Any]]] = []
    poll = threading.Thread(target=lambda: heard.append(target.person.call("GET", f"sync?timeout=15000&since={since}")))
    poll.start()
    try:
        world.rule(_paused(target.part))
        soon(lambda: target.person.call("GET", "joined_rooms")[0] == 403)
        trial.begin()
        world.aunt.say(room, "are you awake?")
        poll.join()
        trial.leak("what was written", "are you awake?" in str(heard))
        trial.leak("a message", target.person.say(room, "yes") == 200)
        trial.leak("a sync", target.person.call("GET", "sync?timeout=0")[0] == 200)
        sliding = target.person.call("POST", "sync", {}, api="unstable/org.matrix.simplified_msc3575")
        trial.leak("a sliding sync", sliding[0] == 200)
    finally:
        world.rule(HOUSEHOLD)
    back = soon(lambda: target.person.call("GET", "joined_rooms")[0] == 200)
    trial.leak("it never ends", not back)
    path = f"rooms/{quote(room)}/messages?dir=b"
    trial.leak("it is lost", not soon(lambda: "are you awake?" in str(target.person.call("GET", path))))
