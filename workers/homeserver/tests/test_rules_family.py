"""A household's rules within one home: real Synapse, real sign-ins, nobody elsewhere."""

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
