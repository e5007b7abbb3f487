"""A room made by hand: its events are hashed and signed as Synapse does it, and may be anything."""

import secrets
import time
from typing import Any

from signedjson.types import SigningKey
from synapse.api.room_versions import KNOWN_ROOM_VERSIONS
from synapse.crypto.event_signing import add_hashes_and_signatures
from synapse.events import make_event_from_dict

Event = dict[str, Any]


class ForgedRoom:
    # The newest whose ids are still their server's to choose.
    version = "10"

    def __init__(self, server: str, key: SigningKey, creator: str, rule: str = "invite", state: int = 0) -> None:
        """`rule` is the join rule; `state` so many events of state more, for a large room."""
        self.server = server
        self.id = f"!{secrets.token_hex(8)}:{server}"
        self._key = key
        self.events: dict[str, Event] = {}
        self.state: dict[tuple[str, str], Event] = {}
        self._last: str | None = None
        self._depth = 0
        # send_join leaves members out, and says so.
        self.omits_members = False
        self.put("m.room.create", creator, {"room_version": self.version, "creator": creator})
        self.put("m.room.member", creator, {"membership": "join"}, creator)
        self.put("m.room.power_levels", creator, {"users": {creator: 100}, "state_default": 50, "users_default": 0})
        self.put("m.room.join_rules", creator, {"join_rule": rule})
        for number in range(state):
            self.put("org.example.filler", creator, {"n": number}, str(number))

    def event(self, kind: str, sender: str, content: dict[str, Any], key: str | None = None) -> Event:
        """Signed, and not part of the room yet."""
        event: Event = {
            "type": kind,
            "room_id": self.id,
            "sender": sender,
            "origin": self.server,
            "origin_server_ts": int(time.time() * 1000),
            "depth": self._depth + 1,
            "prev_events": [self._last] if self._last else [],
            "auth_events": self._auth(kind, sender, key),
            "content": content,
        }
        if key is not None:
            event["state_key"] = key
        add_hashes_and_signatures(KNOWN_ROOM_VERSIONS[self.version], event, self.server, self._key)
        return event

    def put(self, kind: str, sender: str, content: dict[str, Any], key: str | None = "") -> Event:
        event = self.event(kind, sender, content, key)
        self.add(event)
        return event

    def id_of(self, event: Event) -> str:
        return str(make_event_from_dict(dict(event), KNOWN_ROOM_VERSIONS[self.version]).event_id)

    def add(self, event: Event) -> None:
        self._last = self.id_of(event)
        self._depth = max(self._depth, int(event["depth"]))
        self.events[self._last] = event
        if "state_key" in event:
            self.state[event["type"], event["state_key"]] = event

    def _auth(self, kind: str, sender: str, key: str | None) -> list[str]:
        wanted = [("m.room.create", ""), ("m.room.power_levels", ""), ("m.room.member", sender)]
        if kind == "m.room.member" and key is not None:
            wanted += [("m.room.join_rules", ""), ("m.room.member", key)]
        there = [self.state[one] for one in dict.fromkeys(wanted) if one in self.state]
        return [] if kind == "m.room.create" else [self.id_of(event) for event in there]

    def stripped(self) -> list[Event]:
        kinds = [("m.room.create", ""), ("m.room.join_rules", "")]
        return [self.state[kind] for kind in kinds]

    # --- what other servers ask of it ---

    def make_join(self, user: str) -> dict[str, Any]:
        template = self.event("m.room.member", user, {"membership": "join"}, user)
        for field in ("hashes", "signatures"):
            del template[field]
        return {"room_version": self.version, "event": template}

    def send_join(self, _event_id: str, event: Event) -> dict[str, Any]:
        before = list(self.state.values())
        self.add(event)
        members = {self.id_of(one) for one in before if one["type"] == "m.room.member"}
        kept = [one for one in before if self.id_of(one) not in members or not self.omits_members]
        return {
            "origin": self.server,
            "state": kept,
            "auth_chain": list(self.events.values()),
            "event": event,
            "members_omitted": self.omits_members,
            "servers_in_room": [self.server, event["sender"].partition(":")[2]],
        }

    def state_answer(self, path: str) -> dict[str, Any]:
        everything = list(self.events.values())
        state = list(self.state.values())
        if "/state_ids/" in path:
            return {"pdu_ids": [self.id_of(e) for e in state], "auth_chain_ids": [self.id_of(e) for e in everything]}
        if "/event_auth/" in path:
            return {"auth_chain": everything}
        return {"pdus": state, "auth_chain": everything}
