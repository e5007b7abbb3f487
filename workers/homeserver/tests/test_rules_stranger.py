"""What a home tells of one stranger who tried a child's rules, and that nothing of them stays."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from .household import Household, Person, rules
from .running_host import RunningHost, until

NAME = "tried.family"
PATH = "/_synapse/client/nameplate/stranger"
MIA = {"who": "mia", "contacts": {"family": False}, "devices": "any"}
DECIDES = {**MIA, "stranger": "allow", "rooms": {"join": "any"}}


@pytest.fixture(scope="module")
def home(host: RunningHost) -> Iterator[Household]:
    yield Household(host, NAME, rules(MIA))


@pytest.fixture(scope="module")
def people(home: Household) -> dict[str, Person]:
    return {part: home.person(part) for part in ("anna", "carl", "dora", "mia")}


def told(home: Household, who: str, token: str | None = None) -> tuple[int, Any]:
    path = f"{PATH}?child=mia&who={quote(who)}"
    return home.host.call(home.name, "GET", path, token=token or home.service)


def forget(home: Household, who: str) -> int:
    said = {"child": "mia", "who": who, "forget": True}
    return home.host.call(home.name, "POST", PATH, said, home.service)[0]


def test_it_tells_which_invites_were_hidden_and_asked_about_and_nothing_of_anybody_else(
    home: Household, people: dict[str, Person]
) -> None:
    carl, dora, mia = people["carl"], people["dora"], people["mia"]
    room, _ = carl.room(invite=[mia.id]), dora.room(invite=[mia.id])
    status, seen = told(home, carl.id)
    assert (status, seen["invited"], seen["shown"], seen["joined"], seen["asked"]) == (200, [room], [], [], [room])
    assert seen["device"] is None
    assert seen["rules"] == {"stranger": "ask", "join": "contacts", "servers": [], "never": []}


def test_what_was_forgotten_never_was_and_what_others_asked_stays(home: Household, people: dict[str, Person]) -> None:
    carl, dora = people["carl"], people["dora"]
    assert (forget(home, carl.id), forget(home, carl.id)) == (200, 200)
    seen = told(home, carl.id)[1]
    assert [seen[kind] for kind in ("invited", "shown", "joined", "asked")] == [[], [], [], []]
    assert [ask["who"] for ask in home.asks()] == [dora.id]


def test_where_the_child_decides_it_is_shown_and_a_room_they_share_is_left(
    home: Household, people: dict[str, Person]
) -> None:
    carl, mia = people["carl"], people["mia"]
    home.rule(rules(DECIDES))
    until("the rules hold", lambda: mia.call("GET", "publicRooms")[0] == 200, 10)
    first, second = carl.room(invite=[mia.id]), carl.room(invite=[mia.id])
    assert mia.join(second) == 200
    seen = told(home, carl.id)[1]
    assert (seen["shown"], seen["joined"]) == ([first], [second])
    assert forget(home, carl.id) == 200
    assert (mia.rooms("invite") & {first}, mia.rooms() & {second}) == (set(), set())


def test_nobody_but_the_service_account_finds_it(home: Household, people: dict[str, Person]) -> None:
    for person in (people["anna"], people["mia"]):
        assert told(home, people["carl"].id, person.token)[0] in (403, 404)
