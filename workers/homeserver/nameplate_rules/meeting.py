"""Invites, joins and searches: who may come to whom. Spam checker callbacks of Synapse."""

from typing import Literal

from synapse.api.errors import Codes
from synapse.events import EventBase
from synapse.module_api import NOT_SPAM, ModuleApi
from synapse.types import UserProfile

from .asks import Asks
from .inside import is_asked_to_invite
from .judge import Judge
from .looks import Looks
from .rooms import Rooms
from .rules import Child
from .seen import room_name, see

Verdict = Literal["NOT_SPAM"] | Codes
_NO = Codes.FORBIDDEN


class Meeting:
    def __init__(self, api: ModuleApi, judge: Judge, looks: Looks, rooms: Rooms, asks: Asks) -> None:
        self._api = api
        self._judge = judge
        self._looks = looks
        self._rooms = rooms
        self._asks = asks

    async def check_event_for_spam(self, event: EventBase) -> Verdict:
        """An invite that comes as an ordinary event, in a room somebody else of the family is in, asks nobody.

        What comes as an invite is decided below: here it would be taken without what its room is called.
        """
        seen = see(event)
        if seen.membership != "invite" or seen.key is None or self._api.is_mine(seen.sender) or is_asked_to_invite():
            return NOT_SPAM
        child = self._judge.child(seen.key)
        return NOT_SPAM if child is None or self._judge.may_meet(child, seen.sender) else _NO

    async def federated_user_may_invite(self, event: EventBase) -> Verdict:
        """Always taken, as for an account that does not exist: a refusal would tell a stranger that there is a child.

        Whether anybody sees it is another matter (inside.hide_invites); its question to the parents is kept first.
        """
        seen = see(event)
        child = None if seen.key is None else self._judge.child(seen.key)
        if child is not None and self._judge.asks_about(child, seen.sender):
            await self._asks.keep("invited", child.who, seen.sender, seen.room, room_name(event))
        return NOT_SPAM

    async def user_may_invite(self, inviter: str, invitee: str, room: str) -> Verdict:
        """Of people of this home; Synapse asks it for others', too, once they were taken above."""
        if not self._api.is_mine(inviter):
            return NOT_SPAM
        by, to = self._judge.child(inviter), self._judge.child(invitee)
        if by is not None and not self._judge.may_meet(by, invitee):
            await self._wish(by, invitee)
            return _NO
        for _, child in await self._rooms.children_in(room):
            if not self._judge.may_share_a_room(child, invitee):
                return _NO
        return NOT_SPAM if to is None else await self._may_be_invited(to, inviter, room)

    async def _may_be_invited(self, child: Child, inviter: str, room: str) -> Verdict:
        if self._judge.hides_invites_of(child, inviter):
            if not self._judge.asks_about(child, inviter):
                return _NO
            await self._asks.keep("invited", child.who, inviter, room, None)
            return NOT_SPAM
        # Told now, rather than a child who cannot come.
        known = await self._looks.is_known(room)
        return _NO if known and await self._rooms.why_not(child, room) is not None else NOT_SPAM

    async def _wish(self, child: Child, other: str) -> None:
        """The child wants to write to somebody: a question to the parents like any other."""
        if self._judge.asks_about(child, other):
            await self._asks.keep("wanted", child.who, other, "", None)

    async def user_may_send_3pid_invite(self, inviter: str, _medium: str, _address: str, room: str) -> Verdict:
        """Nobody knows who will answer to an address."""
        if self._judge.child(inviter) is not None or await self._rooms.children_in(room):
            return _NO
        return NOT_SPAM

    async def user_may_join_room(self, user: str, room: str, _is_invited: bool) -> Verdict:
        child = self._judge.child(user)
        if child is None:
            return NOT_SPAM
        if await self._looks.is_known(room):
            return NOT_SPAM if await self._rooms.why_not(child, room) is None else _NO
        inviter = await self._looks.inviter(user, room)
        if inviter is None:
            return NOT_SPAM if child.rooms.join == "any" else _NO
        return NOT_SPAM if self._judge.may_share_a_room(child, inviter) else _NO

    async def check_username_for_spam(self, profile: UserProfile, requester: str) -> bool:
        """True hides it from the search."""
        found = profile["user_id"]
        seeker, child = self._judge.child(requester), self._judge.child(found)
        if seeker is not None and not self._judge.may_meet(seeker, found):
            return True
        return child is not None and not child.found and not self._judge.may_meet(child, requester)
