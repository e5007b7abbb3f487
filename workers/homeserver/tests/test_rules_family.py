"""A household's rules within one home: real Synapse, real sign-ins, nobody elsewhere."""

import json
import socket
from collections.abc import Iterator

import pytest

from .household import Household, Person, rules
from .running_host import RunningHost, until

NAME = "rules.family"
# May write to the parents and to nobody else, and may open rooms.
MIA = {"who": "mia", "contacts": {"family": False}, "rooms": {"create": True}, "devices": "any"}


@pytest.fixture(scope="module")
def home(host: RunningHost) -> Iterator[Household]:
    yield Household(host, NAME, rules(MIA))


@pytest.fixture(scope="module")
def people(home: Household) -> dict[str, Person]:
    return {part: home.person(part) for part in ("anna", "carl", "mia")}


def test_a_contact_writes_to_the_child_and_is_answered(people: dict[str, Person]) -> None:
    anna, mia = people["anna"], people["mia"]
    room = anna.room(invite=[mia.id])
    assert room in mia.rooms("invite")
    assert mia.join(room) == 200
    assert (anna.say(room, "hello"), mia.say(room, "hello yourself")) == (200, 200)


def test_an_invite_of_somebody_else_is_hidden_and_asks_the_parents(home: Household, people: dict[str, Person]) -> None:
    carl, mia = people["carl"], people["mia"]
    room = carl.room()
    assert carl.invite(room, mia.id) == 200
    assert room not in mia.rooms("invite")
    assert mia.join(room) == 403
    (ask,) = home.asks()
    assert (ask["kind"], ask["child"], ask["who"], ask["room"]) == ("invited", "mia", carl.id, room)


def test_a_yes_takes_the_child_in_with_the_message_that_waited(home: Household, people: dict[str, Person]) -> None:
    carl, mia = people["carl"], people["mia"]
    room = carl.room(invite=[mia.id])
    carl.say(room, "are you there?")
    assert home.decide("mia", "@nobody:else.where", "later")[0] == 404
    home.rule(rules({**MIA, "contacts": {"family": False, "people": [carl.id]}}))
    status, answer = home.decide("mia", carl.id, "allow")
    assert status == 200 and room in answer["joined"], answer
    messages = mia.call("GET", f"rooms/{room}/messages?dir=b&limit=20")[1]["chunk"]
    assert "are you there?" in [event["content"].get("body") for event in messages]


def test_rules_that_change_hold_within_seconds_and_restart_nothing(home: Household, people: dict[str, Person]) -> None:
    carl, mia = people["carl"], people["mia"]
    before = home.host.ask("state", NAME)["pid"]
    room = carl.room(invite=[mia.id])
    assert mia.join(room) == 200
    home.rule(rules(MIA))
    until("the child has left", lambda: room not in mia.rooms("join"), 5)
    assert home.host.ask("state", NAME)["pid"] == before


def test_a_question_waits_through_a_restart_and_a_later_leaves_it_open(
    home: Household, people: dict[str, Person]
) -> None:
    dora = home.person("dora")
    room = dora.room(invite=[people["mia"].id])
    dora.say(room, "it is me")
    assert home.decide("mia", dora.id, "later") == (200, {"joined": []})
    before = home.host.ask("state", NAME)["pid"]
    home.rule_with(rules(MIA), limits={"uploadMegabytes": 3})
    until("it runs anew", lambda: home.host.ask("state", NAME).get("pid") not in (None, before))
    (ask,) = [ask for ask in home.asks() if ask["who"] == dora.id]
    assert (ask["answer"], ask["done"]) == ("later", None)
    home.rule(rules({**MIA, "contacts": {"family": False, "people": [dora.id]}}))
    assert home.decide("mia", dora.id, "allow") == (200, {"joined": [room]})
    home.rule(rules(MIA))


def test_a_yes_to_an_invite_that_was_taken_back_is_kept_and_leads_nowhere(
    home: Household, people: dict[str, Person]
) -> None:
    gero, mia = home.person("gero"), people["mia"]
    room = gero.room(invite=[mia.id])
    assert gero.call("POST", f"rooms/{room}/kick", {"user_id": mia.id})[0] == 200
    home.rule(rules({**MIA, "contacts": {"family": False, "people": [gero.id]}}))
    assert home.decide("mia", gero.id, "allow") == (200, {"joined": []})
    (ask,) = [ask for ask in home.asks() if ask["who"] == gero.id]
    assert ask["answer"] == "allow" and ask["done"] is not None
    home.rule(rules(MIA))


def test_a_yes_that_the_rules_do_not_hold_is_refused(home: Household, people: dict[str, Person]) -> None:
    emil = home.person("emil")
    emil.room(invite=[people["mia"].id])
    assert home.decide("mia", emil.id, "allow")[0] == 409
    (ask,) = [ask for ask in home.asks() if ask["who"] == emil.id]
    assert ask["answer"] is None


def test_the_host_tells_whoever_listens_that_somebody_asked(home: Household, people: dict[str, Person]) -> None:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(10)
        line.connect(str(home.host.host_socket))
        line.sendall(b'{"do": "listen"}\n')
        with line.makefile("rb") as told:
            told.readline()
            home.person("frieda").room(invite=[people["mia"].id])
            event = json.loads(told.readline())
    assert (event["event"], event["name"]) == ("asked", NAME)


def test_whom_the_child_wants_to_write_to_is_a_question_too(home: Household, people: dict[str, Person]) -> None:
    assert people["mia"].call("POST", "createRoom", {"invite": ["@friend:far.away"]})[0] == 403
    (ask,) = [ask for ask in home.asks() if ask["who"] == "@friend:far.away"]
    assert (ask["kind"], ask["room"]) == ("wanted", "")


def test_what_changed_while_the_home_was_away_is_followed_at_its_start_and_its_file_is_made_good(
    home: Household, people: dict[str, Person]
) -> None:
    carl, mia = people["carl"], people["mia"]
    with_carl = rules({**MIA, "contacts": {"family": False, "people": [carl.id]}})
    home.rule(with_carl)
    room = carl.room()
    until("they share a room", lambda: carl.invite(room, mia.id) == 200 and mia.join(room) == 200, 5)
    home.rule_with(with_carl, want="stopped")
    until("it is away", lambda: home.host.ask("state", NAME)["state"] == "stopped")
    for path in (home.host.home(NAME, "rules.json"), home.host.home(NAME, "household", "rules.json")):
        path.write_text("{")
    home.rule_with(rules(MIA), want="running")
    until("the child has left", lambda: room not in mia.rooms("join"))


def test_questions_are_for_the_service_account_alone(home: Household, people: dict[str, Person]) -> None:
    for person in people.values():
        assert home.host.call(NAME, "GET", "/_synapse/client/nameplate/asks", token=person.token)[0] in (403, 404)
    assert home.host.call(NAME, "GET", "/_synapse/client/nameplate/asks")[0] == 401


def test_a_resting_account_neither_hears_nor_says_anything_and_is_as_before_afterwards(
    home: Household, people: dict[str, Person]
) -> None:
    anna, mia = people["anna"], people["mia"]
    room = anna.room(invite=[mia.id])
    mia.join(room)
    home.rule(rules({**MIA, "paused": True}))
    until("it rests", lambda: mia.call("GET", "joined_rooms")[0] == 403, 5)
    assert mia.say(room, "hello?") == 403
    assert mia.call("GET", "account/whoami")[0] == 200
    assert (anna.say(room, "good night"), anna.call("GET", "joined_rooms")[0]) == (200, 200)
    home.rule(rules(MIA))
    until("it is back", lambda: mia.say(room, "good morning") == 200, 5)
    said = [event["content"].get("body") for event in mia.call("GET", f"rooms/{room}/messages?dir=b")[1]["chunk"]]
    assert said[:2] == ["good morning", "good night"]


def test_a_childs_files_are_as_large_as_its_rules_say(home: Household, people: dict[str, Person]) -> None:
    del people
    leo = {"who": "leo", "uploadMegabytes": 1, "devices": "any"}
    home.rule(rules(MIA, leo))
    path, megabyte = "/_matrix/media/v3/upload", "x" * 1024 * 1024
    person = home.person("leo")
    until("leo is a child", lambda: home.host.call(NAME, "POST", path, megabyte, person.token)[0] == 413, 5)
    assert home.host.call(NAME, "POST", path, "small", person.token)[0] == 200
    home.rule(rules(MIA))


def test_nobody_signs_in_as_a_child_whose_devices_are_closed(home: Household, people: dict[str, Person]) -> None:
    home.rule(rules({**MIA, "devices": "closed"}))
    until("they are closed", lambda: home.sign_in("mia")[0] == 403, 5)
    assert people["mia"].call("GET", "account/whoami")[0] == 200
    assert home.sign_in("carl")[0] == 200
    home.rule(rules(MIA))
    until("they are open", lambda: home.sign_in("mia")[0] == 200, 5)


def test_the_home_alone_reads_its_rules_and_no_host_file_is_its_own(home: Household) -> None:
    written, kept = home.host.home(NAME, "rules.json"), home.host.home(NAME, "household", "rules.json")
    uid = json.loads(home.host.home(NAME, "home.json").read_text())["uid"]
    for path in (written, kept):
        assert (path.stat().st_uid, path.stat().st_mode & 0o077) == (uid, 0)
    assert written.parent.stat().st_uid != uid


def test_a_home_without_children_has_nothing_of_it_and_its_first_child_restarts_it_once(host: RunningHost) -> None:
    name = "grownup.family"
    plain = Household(host, name, None)
    config = host.home(name, "homeserver.yaml")
    assert "nameplate_rules" not in config.read_text()
    assert not host.home(name, "rules.json").exists()
    alone = host.ask("state", name)["pid"]
    plain.rule(rules({"who": "mia"}))
    until("it runs anew", lambda: host.ask("state", name).get("pid") not in (None, alone))
    with_a_child = host.ask("state", name)["pid"]
    plain.rule(rules({"who": "leo"}, {"who": "mia", "paused": True}))
    until("the home has taken them up", lambda: kept(host, name) == ["leo", "mia"], 5)
    assert host.ask("state", name)["pid"] == with_a_child
    plain.rule(None)
    until("nothing is left", lambda: not host.home(name, "rules.json").exists())
    assert "nameplate_rules" not in config.read_text()


def kept(host: RunningHost, name: str) -> list[str]:
    """Children of the copy that the home makes of the rules it follows."""
    copy = json.loads(host.home(name, "household", "rules.json").read_text())
    return [child["who"] for child in copy["children"]]


def test_the_rules_hold_in_a_process_of_its_own_too(host: RunningHost) -> None:
    alone = Household(host, "own.family", rules(MIA), isolation="own")
    carl, mia = alone.person("carl"), alone.person("mia")
    room = carl.room(invite=[mia.id])
    assert room not in mia.rooms("invite")
    assert [ask["who"] for ask in alone.asks()] == [carl.id]


def test_a_home_whose_first_child_comes_is_called_ready_when_the_rules_hold(host: RunningHost) -> None:
    home = Household(host, "growing.family", None)
    for household in (rules({"who": "mia"}), None, rules({"who": "mia"}, {"who": "tom"})):
        home.rule(household)
        assert host.wait("growing.family")["state"] == "running"
        status, _ = host.call("growing.family", "GET", "/_synapse/client/nameplate/asks", token=home.service)
        assert status == (404 if household is None else 200)
