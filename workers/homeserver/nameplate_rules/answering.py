"""What follows a parent's yes: the child is in the room, with the message that waited."""

import logging

from synapse.module_api import ModuleApi

from .asks import Answer, Ask, Asks
from .judge import Judge
from .looks import Looks
from .rules_file import RulesFile

logger = logging.getLogger(__name__)

# The host writes the rules in which the person is a contact, some hundredths of a second after it was told to.
_TRIES, _PAUSE_SECONDS = 50, 0.1


class NotYetAContact(Exception):
    """The rules do not say what was answered: a yes that they would not hold is none."""


class Answering:
    def __init__(self, api: ModuleApi, judge: Judge, looks: Looks, file: RulesFile, asks: Asks) -> None:
        self._api = api
        self._judge = judge
        self._looks = looks
        self._file = file
        self._asks = asks

    async def answer(self, part: str, who: str, answer: Answer) -> list[str] | None:
        """The rooms that the child is in now; None without such a question. May be repeated."""
        if answer == "allow":
            await self._until_contact(part, who)
        # Written down before anything is done: what is cut off here is done at the next start.
        if not await self._asks.answer(part, who, answer):
            return None
        return await self._follow([ask for ask in await self._asks.all() if (ask.child, ask.who) == (part, who)])

    async def follow_all(self) -> None:
        """What was allowed and could not be done yet."""
        await self._follow(await self._asks.all())

    async def _follow(self, asks: list[Ask]) -> list[str]:
        joined = []
        for ask in asks:
            if ask.answer != "allow" or ask.done is not None:
                continue
            if await self._is_open(ask):
                if not await self._join(ask):
                    continue
                joined.append(ask.room)
            await self._asks.finish(ask)
        return joined

    async def _is_open(self, ask: Ask) -> bool:
        """Not a wish of the child's, nor an invite that was taken back or followed meanwhile."""
        user = self._api.get_qualified_user_id(ask.child)
        return ask.room != "" and await self._looks.inviter(user, ask.room) is not None

    async def _join(self, ask: Ask) -> bool:
        user = self._api.get_qualified_user_id(ask.child)
        server = ask.who.partition(":")[2]
        try:
            await self._api.update_room_membership(user, user, ask.room, "join", remote_room_hosts=[server])
            return True
        except Exception as problem:
            logger.warning("A child that was allowed to is not in a room yet: %r", problem)
            return False

    async def _until_contact(self, part: str, who: str) -> None:
        for left in reversed(range(_TRIES)):
            self._file.look()
            child = self._judge.child(self._api.get_qualified_user_id(part))
            if child is not None and self._judge.may_meet(child, who):
                return
            if left:
                await self._api.sleep(_PAUSE_SECONDS)
        raise NotYetAContact
