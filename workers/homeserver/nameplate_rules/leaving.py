"""The child leaves a room that it may not be in any more: the only answer that is the same on every server.

What a stranger sends is never dropped or hidden: it would come back, or hide the stranger from the parents alone.
"""

import logging
from collections.abc import Mapping

from synapse.events import EventBase
from synapse.module_api import ModuleApi

from .judge import Judge
from .looks import Looks
from .rooms import Rooms
from .rules import Child
from .seen import lets_in, see

logger = logging.getLogger(__name__)

# Another event may be in the way for a moment. After these the next look at all rooms tries again.
_TRIES, _PAUSE_SECONDS = 5, 0.2


class Leaving:
    def __init__(self, api: ModuleApi, judge: Judge, looks: Looks, rooms: Rooms) -> None:
        self._api = api
        self._judge = judge
        self._looks = looks
        self._rooms = rooms

    async def on_new_event(self, event: EventBase, state: Mapping[tuple[str, str], EventBase]) -> None:
        """Awaits nothing of its own: Synapse takes no other event of this room until this returns."""
        seen = see(event)
        if not lets_in(seen):
            return
        for user in self._judge.children():
            own = state.get(("m.room.member", user))
            if own is not None and see(own).membership == "join":
                self._api.run_as_background_process("nameplate_rules_leave", self.look, user, seen.room)

    async def look(self, user: str, room: str) -> bool:
        """Whether the child left the room."""
        for left in reversed(range(_TRIES)):
            try:
                # Taken each time: rules may have changed meanwhile.
                child = self._judge.child(user)
                if child is None or await self._may_stay(child, user, room):
                    return False
                await self._api.update_room_membership(user, user, room, "leave")
                return True
            except Exception as problem:
                if left == 0:
                    logger.error("A child could not leave a room: %r", problem)
                    return False
                await self._api.sleep(_PAUSE_SECONDS)
        return False

    async def _may_stay(self, child: Child, user: str, room: str) -> bool:
        return room not in await self._looks.rooms_of(user) or await self._rooms.why_not(child, room) is None

    async def look_at_all(self) -> None:
        """Rooms shared before there was a rule, or by an older one."""
        for user in self._judge.children():
            for room in await self._looks.rooms_of(user):
                await self.look(user, room)
