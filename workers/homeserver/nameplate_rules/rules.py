"""The rules as they are read: rules.schema.json says what each means, and is the one place of their defaults."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from jsonschema import Draft202012Validator

SCHEMA: dict[str, Any] = json.loads((Path(__file__).parent / "rules.schema.json").read_text())
_validator = Draft202012Validator(SCHEMA)

Stranger = Literal["ask", "refuse", "allow"]


class BrokenRules(Exception):
    """The sentence says what is wrong with them."""


@dataclass(frozen=True)
class Contacts:
    family: bool
    people: frozenset[str]
    servers: frozenset[str]
    never: frozenset[str]


@dataclass(frozen=True)
class Rooms:
    join: Literal["contacts", "any"]
    create: bool
    publish: bool


@dataclass(frozen=True)
class Quiet:
    """In minutes after midnight."""

    days: frozenset[int]
    begin: int
    end: int


@dataclass(frozen=True)
class Child:
    who: str
    contacts: Contacts
    stranger: Stranger
    found: bool
    rooms: Rooms
    quiet: tuple[Quiet, ...]
    devices: Literal["any", "closed"]
    upload_megabytes: int | None
    paused: bool


@dataclass(frozen=True)
class Rules:
    zone: ZoneInfo
    parents: frozenset[str]
    children: dict[str, Child]


def parse_rules(text: str | bytes) -> Rules:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise BrokenRules("the rules are not JSON") from error
    return rules_of(value)


def rules_of(value: object) -> Rules:
    """From a manifest's `household`, checked as a whole: half of a household's rules are none."""
    problem = next(iter(_validator.iter_errors(value)), None)
    if problem is not None:
        where = "/".join(str(part) for part in problem.absolute_path) or "they"
        raise BrokenRules(f"the rules are not valid: {where}: {problem.message[:200]}")
    said = cast(dict[str, Any], value)
    children = [_child(one) for one in said["children"]]
    if len({child.who for child in children}) < len(children):
        raise BrokenRules("one child stands twice in the rules")
    if both := {child.who for child in children} & set(said["parents"]):
        raise BrokenRules(f"{min(both)} is both parent and child")
    try:
        zone = ZoneInfo(said["zone"])
    except (KeyError, ValueError, OSError) as error:
        raise BrokenRules(f"there is no time zone {said['zone']}") from error
    return Rules(zone, frozenset(said["parents"]), {child.who: child for child in children})


def _child(said: dict[str, Any]) -> Child:
    whole = _whole("child", said)
    contacts, rooms = _whole("contacts", whole["contacts"]), _whole("rooms", whole["rooms"])
    return Child(
        who=whole["who"],
        contacts=Contacts(
            contacts["family"], *(frozenset(contacts[field]) for field in ("people", "servers", "never"))
        ),
        stranger=whole["stranger"],
        found=whole["found"],
        rooms=Rooms(**rooms),
        quiet=tuple(
            Quiet(frozenset(one["days"]), _minutes(one["from"]), _minutes(one["to"])) for one in whole["quiet"]
        ),
        devices=whole["devices"],
        upload_megabytes=whole["uploadMegabytes"],
        paused=whole["paused"],
    )


def _whole(part: str, said: dict[str, Any]) -> dict[str, Any]:
    fields = SCHEMA["$defs"][part]["properties"]
    return {**{key: field["default"] for key, field in fields.items() if "default" in field}, **said}


def _minutes(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)
