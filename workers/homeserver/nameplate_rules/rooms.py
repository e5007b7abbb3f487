"""Whether a child may be in a room as it is: who is in it, and whether strangers could come in or look in."""

from collections.abc import Iterable

from synapse.module_api import ModuleApi

from .judge import Judge
from .looks import Looks
from .rules import Child
from .seen import KINDS, THERE, Seen, see_state


class Rooms:
    def __init__(self, api: ModuleApi, judge: Judge, looks: Looks) -> None:
        self._api = api
        self._judge = judge
        self._looks = looks

    def why_not_state(self, child: Child, state: Iterable[Seen]) -> str | None:
        """Why the child may not be in a room with this state. The state of one join rule is the newest."""
        open_to_all, why = False, None
        for seen in state:
            if seen.membership in THERE and seen.key is not None:
                if not self._judge.may_share_a_room(child, seen.key):
                    why = "somebody is there who is no contact"
            elif seen.opens:
                open_to_all = True
        if why is None and open_to_all and not child.rooms.publish and child.rooms.join == "contacts":
            why = "it is open to strangers"
        return why

    async def why_not(self, child: Child, room: str) -> str | None:
        """As `why_not_state`, for a room that somebody of this home is in, as it is now."""
        if await self._looks.is_partial(room):
            return "not everybody in it is known yet"
        return self.why_not_state(child, see_state(await self._api.get_room_state(room, KINDS)))

    async def children_in(self, room: str) -> list[tuple[str, Child]]:
        """Those who have joined."""
        there = []
        for user in self._judge.children():
            child = self._judge.child(user)
            if child is not None and room in await self._looks.rooms_of(user):
                there.append((user, child))
        return there

    def children_of(self, state: Iterable[Seen]) -> list[tuple[str, Child]]:
        """The same from a state at hand."""
        joined = (seen.key for seen in state if seen.membership == "join" and seen.key is not None)
        return [(user, child) for user in joined if (child := self._judge.child(user)) is not None]
