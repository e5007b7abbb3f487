"""What passes between servers beside rooms, to and from a child: only what comes from or goes to a contact.

Of messages to devices it takes the addresses and hands the rest on as it is, unread.
"""

from typing import Any

from synapse.types import get_domain_from_id

from .counts import Counts
from .inside import Asker, Handler, asked_request
from .judge import Judge
from .looks import Looks
from .rules import Child

# No local part has a space in it, so nobody is called so.
_UNKNOWN_PART = "nobody here"


class Wire:
    def __init__(self, judge: Judge, looks: Looks, server: str, counts: Counts) -> None:
        self._judge = judge
        self._counts = counts
        self._looks = looks
        self._unknown = f"@{_UNKNOWN_PART}:{server}"

    def _may_pass(self, one: str, other: str) -> bool:
        child = self._judge.child(one)
        return child is None or self._judge.may_share_a_room(child, other)

    def to_device_from_elsewhere(self, then: Handler) -> Handler:
        async def on_edu(origin: str, content: dict[str, Any]) -> None:
            sender, addressed = content["sender"], content["messages"]
            kept = {user: by_device for user, by_device in addressed.items() if self._may_pass(user, sender)}
            for user in addressed:
                if self._judge.child(user) is not None:
                    self._counts.note(user, sender, passed=user in kept)
            await then(origin, {**content, "messages": kept})

        return on_edu

    def to_device_from_here(self, then: Handler) -> Handler:
        async def send(requester: Asker, kind: str, messages: dict[str, Any]) -> None:
            sender = requester.user.to_string()
            kept = {
                user: by_device
                for user, by_device in messages.items()
                if self._may_pass(user, sender) and self._may_pass(sender, user)
            }
            await then(requester, kind, kept)

        return send

    def typing(self, then: Handler) -> Handler:
        async def on_edu(origin: str, content: dict[str, Any]) -> None:
            if await self._is_there(content["user_id"], content["room_id"]):
                await then(origin, content)

        return on_edu

    def receipts(self, then: Handler) -> Handler:
        async def on_edu(origin: str, content: dict[str, Any]) -> None:
            kept = {
                room: {
                    kind: {user: mark for user, mark in marks.items() if await self._is_there(user, room)}
                    for kind, marks in kinds.items()
                }
                for room, kinds in content.items()
            }
            await then(origin, kept)

        return on_edu

    async def _is_there(self, user: str, room: str) -> bool:
        return user in await self._looks.members(room)

    # --- what another server may learn of a child: nothing, unless a contact is there ---

    def _knows(self, server: str | None, user: str) -> bool:
        child = self._judge.child(user)
        return child is None or (server is not None and self._has_a_contact(server, child))

    def _has_a_contact(self, server: str, child: Child) -> bool:
        contacts = child.contacts
        if self._judge.has_a_parent(server):
            return True
        if server in contacts.never:
            return False
        return (
            child.rooms.join == "any"
            or server in contacts.servers
            or any(get_domain_from_id(person) == server for person in contacts.people - contacts.never)
        )

    def profile(self, then: Handler) -> Handler:
        async def on_query(args: dict[str, Any]) -> object:
            known = self._knows(_asking_server(), args["user_id"])
            return await then(args if known else {**args, "user_id": self._unknown})

        return on_query

    def devices(self, then: Handler) -> Handler:
        async def on_query(origin: str, user: str) -> object:
            if self._knows(origin, user):
                return await then(origin, user)
            code, answer = await then(origin, self._unknown)
            return code, {**answer, "user_id": user}

        return on_query

    def keys(self, then: Handler) -> Handler:
        async def on_query(origin: str, content: dict[str, Any]) -> object:
            asked = content.get("device_keys", {})
            hidden = {user for user in asked if not self._knows(origin, user)}
            known = {user: devices for user, devices in asked.items() if user not in hidden}
            code, answer = await then(origin, {**content, "device_keys": known})
            empty: dict[str, dict[str, object]] = {user: {} for user in hidden}
            return code, {**answer, "device_keys": {**answer.get("device_keys", {}), **empty}}

        return on_query

    def claims(self, then: Handler) -> Handler:
        async def on_claim(query: list[tuple[str, str, str, int]], **more: object) -> object:
            server = _asking_server()
            return await then([one for one in query if self._knows(server, one[0])], **more)

        return on_claim


def _asking_server() -> str | None:
    asked = asked_request()
    return None if asked is None else asked[2]
