"""A household's rules: what may stand in them, and what they come to for one child and one other."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from nameplate_rules.judge import Judge
from nameplate_rules.rules import SCHEMA, BrokenRules, Rules, rules_of

from .household import rules

HOME = "smith.family"
MONDAY = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


def judge(child: dict[str, Any], now: datetime = MONDAY, zone: str = "UTC") -> Judge:
    read: Rules = rules_of(rules({"who": "mia", **child}, zone=zone))
    return Judge(HOME, lambda: read, lambda: now)


def meets(child: dict[str, Any], other: str) -> bool:
    of = judge(child)
    mia = of.child(f"@mia:{HOME}")
    assert mia is not None
    return of.may_meet(mia, other)


def rests(child: dict[str, Any], now: str, zone: str = "UTC") -> bool:
    of = judge(child, datetime.fromisoformat(now), zone)
    mia = of.child(f"@mia:{HOME}")
    assert mia is not None
    return of.rests(mia)


def test_a_child_of_whom_nothing_is_said_has_the_strictest_rules() -> None:
    child = rules_of(rules({"who": "mia"})).children["mia"]
    assert (child.contacts.family, child.contacts.people, child.contacts.servers) == (True, frozenset(), frozenset())
    assert (child.stranger, child.found, child.devices, child.paused) == ("ask", False, "closed", False)
    assert (child.rooms.join, child.rooms.create, child.rooms.publish) == ("contacts", False, False)
    assert (child.quiet, child.upload_megabytes) == ((), None)


@pytest.mark.parametrize(
    ("contacts", "other", "is_contact"),
    [
        ({}, "@ben:smith.family", True),
        ({"family": False}, "@ben:smith.family", False),
        ({"family": False}, "@anna:smith.family", True),
        ({"family": False}, "@nameplate-service:smith.family", True),
        ({}, "@aunt:aunt.family", False),
        ({"people": ["@aunt:aunt.family"]}, "@aunt:aunt.family", True),
        ({"people": ["@aunt:aunt.family"]}, "@uncle:aunt.family", False),
        ({"servers": ["aunt.family"]}, "@uncle:aunt.family", True),
        ({"servers": ["aunt.family"]}, "@uncle:not.aunt.family", False),
        ({"servers": ["aunt.family"], "never": ["@uncle:aunt.family"]}, "@uncle:aunt.family", False),
        ({"people": ["@aunt:aunt.family"], "never": ["aunt.family"]}, "@aunt:aunt.family", False),
        ({"never": ["@ben:smith.family"]}, "@ben:smith.family", False),
        ({"never": ["@anna:smith.family", "smith.family"]}, "@anna:smith.family", True),
        # A part of a name is no name.
        ({"family": False}, "@anna:evil.example", False),
        ({}, "@mia:evil.example", False),
    ],
    ids=str,
)
def test_who_is_a_contact(contacts: dict[str, Any], other: str, is_contact: bool) -> None:
    assert meets({"contacts": contacts}, other) is is_contact


@pytest.mark.parametrize(
    ("contacts", "other", "is_contact"),
    [
        ({"family": False}, "@ben:ben.example", True),
        ({"family": False, "never": ["@ben:ben.example", "ben.example"]}, "@ben:ben.example", True),
        # The others there, and whoever is called like him.
        ({}, "@eve:ben.example", False),
        ({"family": False}, "@ben:smith.family", False),
        ({}, "@ben:evil.example", False),
    ],
    ids=str,
)
def test_a_parent_elsewhere_is_always_a_contact(contacts: dict[str, Any], other: str, is_contact: bool) -> None:
    read = rules_of(rules({"who": "mia", "contacts": contacts}) | {"parents": ["anna", "@ben:ben.example"]})
    of = Judge(HOME, lambda: read, lambda: MONDAY)
    mia = read.children["mia"]
    assert of.may_meet(mia, other) is is_contact
    assert of.asks_about(mia, other) is not (is_contact or of.is_never(mia, other))
    assert of.has_a_parent("ben.example")
    assert not of.has_a_parent("evil.example")


SCHOOL_NIGHT = {"quiet": [{"days": [1, 2, 3, 4, 7], "from": "20:30", "to": "07:00"}]}


@pytest.mark.parametrize(
    ("now", "zone", "is_quiet"),
    [
        ("2026-11-30T20:29:59+00:00", "UTC", False),  # a Monday
        ("2026-11-30T20:30:00+00:00", "UTC", True),
        ("2026-12-01T06:59:00+00:00", "UTC", True),
        ("2026-12-01T07:00:00+00:00", "UTC", False),
        ("2026-12-04T22:00:00+00:00", "UTC", False),  # a Friday
        ("2026-12-05T03:00:00+00:00", "UTC", False),
        ("2026-12-05T23:00:00+00:00", "UTC", False),
        ("2026-12-07T03:00:00+00:00", "UTC", True),  # the night that began on Sunday
        ("2026-11-30T19:45:00+00:00", "Europe/Berlin", True),
        ("2026-11-30T19:15:00+00:00", "Europe/Berlin", False),
        # In summer the same hour of the clock is an hour earlier.
        ("2026-07-06T18:45:00+00:00", "Europe/Berlin", True),
    ],
)
def test_quiet_hours_are_the_familys_own(now: str, zone: str, is_quiet: bool) -> None:
    assert rests(SCHOOL_NIGHT, now, zone) is is_quiet


def test_a_stretch_that_ends_when_it_begins_is_a_whole_day() -> None:
    sunday = {"quiet": [{"days": [7], "from": "08:00", "to": "08:00"}]}
    assert not rests(sunday, "2026-12-06T07:59:00+00:00")
    assert rests(sunday, "2026-12-06T08:00:00+00:00")
    assert rests(sunday, "2026-12-07T07:59:00+00:00")
    assert not rests(sunday, "2026-12-07T08:00:00+00:00")


def test_a_pause_has_no_end() -> None:
    assert rests({"paused": True}, "2026-12-06T12:00:00+00:00")


@pytest.mark.parametrize(
    "broken",
    [
        {"who": "mia", "stranger": "allow"},
        {"who": "mia", "stranger": "allow", "rooms": {"join": "contacts"}},
        {"who": "Mia"},
        {"who": "mia", "quiet": [{"days": [0], "from": "20:00", "to": "21:00"}]},
        {"who": "mia", "quiet": [{"days": [1], "from": "24:00", "to": "21:00"}]},
        {"who": "mia", "uploadMegabytes": 51},
        {"who": "mia", "contacts": {"people": ["aunt"]}},
        {"who": "anna"},
    ],
    ids=str,
)
def test_rules_that_contradict_themselves_are_none(broken: dict[str, Any]) -> None:
    with pytest.raises(BrokenRules):
        rules_of(rules(broken))


def test_a_child_cannot_stand_in_the_rules_twice() -> None:
    with pytest.raises(BrokenRules, match="twice"):
        rules_of(rules({"who": "mia"}, {"who": "mia"}))


def test_every_rule_is_described_and_has_a_default_unless_it_must_be_said() -> None:
    for name, part in SCHEMA["$defs"].items():
        for key, field in part.get("properties", {}).items():
            whole = SCHEMA["$defs"][field["$ref"].rpartition("/")[2]] if "$ref" in field else field
            assert whole["description"], (name, key)
            assert key in part.get("required", []) or "default" in field, (name, key)


def test_rules_of_sixteen_children_with_two_hundred_contacts_each_fit_into_a_manifest() -> None:
    people = [f"@somebody{number:04}:server.example" for number in range(200)]
    whole = rules(*({"who": f"child{n}", "contacts": {"people": people}} for n in range(16)))
    rules_of(whole)
    assert len(json.dumps(whole)) < 131_072
