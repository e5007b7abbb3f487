"""Which rooms a child may open, and what may be done in a room with a child in it.

The write gate looks at every event that is made on this home, and at what it offers to another server's joins.
"""

from collections.abc import Mapping
from typing import Any, Literal

from synapse.api.errors import Codes
from synapse.events import EventBase
from synapse.module_api import NOT_SPAM
from synapse.types import RoomAlias

from .asks import Asks
from .judge import Judge
from .looks import Looks
from .rooms import Rooms
from .rules import Child
from .seen import LEADS_OUT, THERE, Seen, asks_to_be_open, see, see_state

Verdict = Literal["NOT_SPAM"] | Codes


class RoomsOfChildren:
    def __init__(self, judge: Judge, looks: Looks, rooms: Rooms, asks: Asks) -> None:
        self._judge = judge
        self._looks = looks
        self._rooms = rooms
        self._asks = asks

    async def check_event_allowed(
        self, event: EventBase, state: Mapping[tuple[str, str], EventBase]
    ) -> tuple[bool, None]:
        seen = see(event)
        child = self._judge.child(seen.sender)
        if child is not None:
            return await self._may_write(child, seen, state), None
        # An adult's room may be open to strangers; one with a child in it may neither become so nor let one in.
        if seen.opens:
            there = self._rooms.children_of(see_state(state))
            return all(self._may_be_open(one) for _, one in there), None
        if seen.membership in THERE and seen.key is not None:
            there = self._rooms.children_of(see_state(state))
            return all(self._judge.may_share_a_room(one, seen.key) for _, one in there), None
        return True, None

    async def _may_write(self, child: Child, seen: Seen, state: Mapping[tuple[str, str], EventBase]) -> bool:
        if seen.membership == "leave" and seen.key == seen.sender:
            return True
        if seen.membership == "knock" or (seen.opens and not child.rooms.publish):
            return False
        if seen.key is not None and seen.type in LEADS_OUT and not child.rooms.publish:
            return False
        if seen.type == "m.room.power_levels" and (seen.type, "") in state:
            return False  # who may what is said once, when the child's own room is made
        if seen.membership == "invite" and (seen.key is None or not self._judge.may_meet(child, seen.key)):
            return False
        if await self._looks.is_partial(seen.room):
            return False
        return self._rooms.why_not_state(child, see_state(state)) is None

    @staticmethod
    def _may_be_open(child: Child) -> bool:
        return child.rooms.publish or child.rooms.join == "any"

    async def user_may_create_room(self, user: str, config: dict[str, Any]) -> Verdict:
        child = self._judge.child(user)
        if child is None:
            return NOT_SPAM
        strangers = [other for other in config.get("invite", []) if not self._judge.may_meet(child, str(other))]
        for other in strangers:
            if self._judge.asks_about(child, str(other)):
                await self._asks.keep("wanted", child.who, str(other), "", None)
        if strangers or config.get("invite_3pid") or not child.rooms.create:
            return Codes.FORBIDDEN
        return NOT_SPAM if child.rooms.publish or not asks_to_be_open(config) else Codes.FORBIDDEN

    async def check_threepid_can_be_invited(
        self, _medium: str, _address: str, state: Mapping[tuple[str, str], EventBase]
    ) -> bool:
        """Asked before an address is looked up anywhere. A failure here lets it pass, to meeting.py's own question."""
        return not self._rooms.children_of(see_state(state))

    async def user_may_create_room_alias(self, user: str, _alias: RoomAlias) -> Verdict:
        child = self._judge.child(user)
        return NOT_SPAM if child is None or child.rooms.publish else Codes.FORBIDDEN

    async def user_may_publish_room(self, user: str, room: str) -> Verdict:
        child = self._judge.child(user)
        if child is not None and not child.rooms.publish:
            return Codes.FORBIDDEN
        there = await self._rooms.children_in(room)
        return NOT_SPAM if all(self._may_be_open(one) for _, one in there) else Codes.FORBIDDEN
