"""What we read of Synapse beside its modules' interface."""

from typing import Any

from synapse.module_api import ModuleApi
from synapse.storage.invite_rule import InviteRule

from .inside import home_of


class Looks:
    """Reads; all but the invite come from Synapse's caches."""

    def __init__(self, api: ModuleApi) -> None:
        # Its cached functions have no types of use to a caller.
        self._store: Any = home_of(api).get_datastores().main
        # As it is before hidden ones are left out of it.
        self._invites: Any = self._store.get_invited_rooms_for_local_user
        self._server = api.server_name

    async def rooms_of(self, user: str) -> frozenset[str]:
        return frozenset(await self._store.get_rooms_for_user(user))

    async def inviter(self, user: str, room: str) -> str | None:
        """Of an invite that nobody took back or answered, hidden or not."""
        return next((str(invite.sender) for invite in await self._invites(user) if invite.room_id == room), None)

    async def invites_by(self, user: str, who: str) -> frozenset[str]:
        """Rooms to which they were invited by somebody, hidden or not."""
        return frozenset(invite.room_id for invite in await self._invites(user) if invite.sender == who)

    async def shown_invites_by(self, user: str, who: str) -> frozenset[str]:
        """Those that an app is shown: asked as both syncs and the number on its icon ask it, hooks included."""
        rule = (await self._store.get_invite_config_for_user(user)).get_invite_rule(who)
        counted = {one.room_id for one in await self._store.get_invited_rooms_for_local_user(user) if one.sender == who}
        return await self.invites_by(user, who) if rule is not InviteRule.IGNORE else frozenset(counted)

    async def rooms_with(self, user: str, who: str) -> frozenset[str]:
        """Rooms that both are in."""
        return frozenset([room for room in await self.rooms_of(user) if who in await self.members(room)])

    async def device_with_keys(self, user: str) -> str | None:
        """One whose keys somebody could take to begin a sealed chat."""
        for device in await self._store.get_devices_by_user(user):
            if any((await self._store.count_e2e_one_time_keys(user, device)).values()):
                return str(device)
        return None

    async def is_known(self, room: str) -> bool:
        """Whether somebody of this home is in it, so that its state is kept here."""
        return bool(await self._store.is_host_joined(room, self._server))

    async def is_partial(self, room: str) -> bool:
        return bool(await self._store.is_partial_state_room(room))

    async def members(self, room: str) -> frozenset[str]:
        return frozenset(await self._store.get_users_in_room(room))
