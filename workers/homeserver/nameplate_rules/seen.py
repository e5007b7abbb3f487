"""What our rules see of an event: who did what to whom. The only place that touches an event's content.

Of three kinds of state it takes one word each; of every other event, a message above all, nothing at all. Everything
else in this package is handed a Seen and could not read a body if it wanted to (tests/test_rules_see_no_body.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from synapse.events import EventBase

# Which one word of which state. A name is only taken from an invite, for the parents who are asked about it.
_WORDS = {
    "m.room.member": "membership",
    "m.room.join_rules": "join_rule",
    "m.room.history_visibility": "history_visibility",
}
_LONGEST_NAME = 100
# What opens a room to people whom nobody in it invited: one by one, or to read along.
_OPENINGS = {
    "m.room.join_rules": {"public", "knock", "knock_restricted"},
    "m.room.history_visibility": {"world_readable"},
}
# What a room is judged by.
KINDS: list[tuple[str, str | None]] = [("m.room.member", None), *((kind, "") for kind in _OPENINGS)]
# State by which a room gets an address, a successor, somebody else's page inside it, or invites whoever has a mailbox.
LEADS_OUT = {
    "m.room.canonical_alias",
    "m.room.aliases",
    "m.room.tombstone",
    "m.room.third_party_invite",
    "m.widget",
    "im.vector.modular.widgets",
}


@dataclass(frozen=True)
class Seen:
    room: str
    event: str
    type: str
    sender: str
    # None: no state.
    key: str | None
    # The one word, where there is one.
    word: str | None

    @property
    def membership(self) -> str | None:
        return self.word if self.type == "m.room.member" else None

    @property
    def opens(self) -> bool:
        return self.key == "" and self.word in _OPENINGS.get(self.type, ())


def see(event: EventBase) -> Seen:
    key = event.state_key if event.is_state() else None
    return Seen(event.room_id, event.event_id, event.type, event.sender, key, _word(event, key))


# Whoever is invited may be talked to and sees who is there; whoever knocks is seen with his words.
THERE = frozenset({"join", "invite", "knock"})


def lets_in(seen: Seen) -> bool:
    """Whether somebody is there after it, or could be, who was not before. Nothing else sends a child away."""
    return seen.membership in THERE or seen.opens


def see_state(state: Mapping[tuple[str, str], EventBase]) -> list[Seen]:
    """Those of the state that rules are about."""
    return [see(event) for (kind, _), event in state.items() if kind in _WORDS]


def _word(event: EventBase, key: str | None) -> str | None:
    field = _WORDS.get(event.type)
    if key is None or field is None:
        return None
    word = event.content.get(field)
    return word if isinstance(word, str) else None


def room_name(invite: EventBase) -> str | None:
    """As whoever invites calls the room."""
    stripped = invite.unsigned.get("invite_room_state")
    for state in stripped if isinstance(stripped, list) else []:
        if isinstance(state, dict) and state.get("type") == "m.room.name":
            content = state.get("content")
            name = content.get("name") if isinstance(content, dict) else None
            return name[:_LONGEST_NAME] if isinstance(name, str) and name.strip() else None
    return None


def asks_to_be_open(wish: Mapping[str, Any]) -> bool:
    """Whether a room that is to be made like this could be found or entered by strangers."""
    if wish.get("visibility") == "public" or wish.get("preset") == "public_chat" or wish.get("room_alias_name"):
        return True
    for state in wish.get("initial_state", []):
        kind, content = state.get("type"), state.get("content", {})
        if kind in LEADS_OUT or content.get(_WORDS.get(kind, "")) in _OPENINGS.get(kind, ()):
            return True
    return False
