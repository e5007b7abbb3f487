"""What the home itself writes to somebody who lives there, by Synapse's own server notices."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from .household import Household, Person, rules
from .running_host import Answer, RunningHost, until

NAME = "notices.family"
# May write to nobody but the parents.
MIA = {"who": "mia", "contacts": {"family": False}, "devices": "any"}


@pytest.fixture(scope="module")
def home(host: RunningHost) -> Iterator[Household]:
    yield Household(host, NAME, rules(MIA))


def tell(home: Household, who: str, words: str, once: str) -> tuple[int, Answer]:
    said = {"user_id": who, "content": {"msgtype": "m.text", "body": words}}
    return home.host.call(NAME, "PUT", f"/_synapse/admin/v1/send_server_notice/{once}", said, home.service)


def heard(person: Person) -> list[str]:
    """Each message of a room that the home itself is in, the oldest first."""
    sender = f"@nameplate:{NAME}"
    events = [
        event
        for room in person.rooms()
        for event in reversed(person.call("GET", f"rooms/{quote(room)}/messages?dir=b&limit=50")[1]["chunk"])
    ]
    return [
        event["content"]["body"] for event in events if event["type"] == "m.room.message" and event["sender"] == sender
    ]


@pytest.mark.parametrize("part", ["anna", "mia"])
def test_a_parent_and_a_child_read_in_their_own_app_what_the_home_tells_them_once(home: Household, part: str) -> None:
    person = home.person(part)
    for words, once in (("first", "t1"), ("first", "t1"), ("second", "t2")):
        status, answer = tell(home, person.id, words, f"{part}-{once}")
        assert status == 200, answer
    until("the app has both", lambda: heard(person) == ["first", "second"], 5)
    assert len(person.rooms()) == 1


def test_nobody_else_is_in_that_room_and_nobody_there_but_the_home_writes(home: Household) -> None:
    nora = home.person("nora")
    assert tell(home, nora.id, "hello", "nora-1")[0] == 200
    (room,) = nora.rooms()
    assert nora.say(room, "hello?") == 403
    assert nora.invite(room, f"@anna:{NAME}") == 403


def test_nobody_at_another_home_is_told_anything(home: Household) -> None:
    assert tell(home, "@ruth:ruth.example", "hello", "ruth-1")[0] == 400
