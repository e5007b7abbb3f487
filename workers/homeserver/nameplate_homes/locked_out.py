"""A module of Synapse's own kind: nothing is pushed to the phone of somebody whose account is locked.

Synapse refuses each request of theirs by itself, and goes on pushing. Before it pushes it asks whether an account has
expired, and that is answered here.
"""

from synapse.module_api import ModuleApi


class LockedOut:
    def __init__(self, _config: None, api: ModuleApi) -> None:
        self._api = api
        api.register_account_validity_callbacks(is_user_expired=self.is_user_expired)

    @staticmethod
    def parse_config(_config: object) -> None:
        return None

    async def is_user_expired(self, user: str) -> bool | None:
        """Of anybody else it says nothing. Synapse keeps what it read of each, so this costs no question of its own."""
        found = await self._api.get_userinfo_by_id(user)
        return True if found is not None and found.locked else None
