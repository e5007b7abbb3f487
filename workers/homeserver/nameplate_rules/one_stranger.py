"""What one stranger came to with one child, and that it is forgotten: a parent has the rules tried (decision 36).

Nothing is told of what the child does with anybody else.
"""

import logging
from dataclasses import asdict
from typing import Any

from synapse.module_api import ModuleApi

from .asks import Asks
from .counts import Counts
from .judge import Judge
from .looks import Looks

logger = logging.getLogger(__name__)


class OneStranger:
    def __init__(self, api: ModuleApi, judge: Judge, looks: Looks, asks: Asks, counts: Counts) -> None:
        self._api = api
        self._judge = judge
        self._looks = looks
        self._asks = asks
        self._counts = counts

    async def tell(self, part: str, who: str) -> dict[str, Any]:
        """Rooms by their ids. `invited` are all that came, `shown` those that the child's app is shown."""
        user = self._api.get_qualified_user_id(part)
        asked = [ask.room for ask in await self._asks.all() if (ask.child, ask.who) == (part, who)]
        return {
            "rules": self._rules(user),
            "invited": sorted(await self._looks.invites_by(user, who)),
            "shown": sorted(await self._looks.shown_invites_by(user, who)),
            "joined": sorted(await self._looks.rooms_with(user, who)),
            "asked": asked,
            "to_devices": asdict(self._counts.of(user, who)),
            # Whoever is to be kept from a key must be told of one: without any there is nothing to keep.
            "device": await self._looks.device_with_keys(user),
        }

    def _rules(self, user: str) -> dict[str, Any] | None:
        """Those that hold here at this moment, as far as somebody of no list can meet them."""
        child = self._judge.child(user)
        if child is None:
            return None
        servers, never = sorted(child.contacts.servers), sorted(child.contacts.never)
        return {"stranger": child.stranger, "join": child.rooms.join, "servers": servers, "never": never}

    async def forget(self, part: str, who: str) -> None:
        """As if they had never come: no question, no invite, no room. May be repeated."""
        user = self._api.get_qualified_user_id(part)
        rooms = await self._looks.invites_by(user, who) | await self._looks.rooms_with(user, who)
        for room in sorted(rooms):
            try:
                await self._api.update_room_membership(user, user, room, "leave")
            except Exception as problem:
                logger.warning("A stranger's room could not be left: %r", problem)
                raise
        await self._asks.forget(part, who)
        self._counts.forget(user, who)
