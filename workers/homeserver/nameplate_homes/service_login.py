"""A module of Synapse's own kind: how our worker signs in to a home, and on the first time makes its service account.

No password is involved, so nobody waits for one to be hashed (0.25 s), and none can be guessed. The proof is made from
the home's registration secret, which lets its holder make administrators anyhow.
"""

import hmac
from typing import Any

from synapse.api.errors import Codes, SynapseError
from synapse.module_api import ModuleApi

from .service_proof import LOGIN_TYPE

# As the worker calls it (lib/synapse/service-account.ts).
SERVICE_PART = "nameplate-service"
# After PostgreSQL was started again each connection that was kept fails once, of which there are at most three
# (config.py), and it is back within seconds. Synapse takes a failure of ours for a wrong proof.
_TRIES, _PAUSE_SECONDS = 9, 0.25


class ServiceLogin:
    def __init__(self, config: str, api: ModuleApi) -> None:
        self._proof = config
        self._api = api
        api.register_password_auth_provider_callbacks(auth_checkers={(LOGIN_TYPE, ("proof",)): self.check})

    @staticmethod
    def parse_config(config: dict[str, Any]) -> str:
        return str(config["proof"])

    async def check(self, username: str, _type: str, given: dict[str, Any]) -> tuple[str, None] | None:
        user_id = self._api.get_qualified_user_id(SERVICE_PART)
        if self._api.get_qualified_user_id(username) != user_id:
            return None
        if not hmac.compare_digest(str(given["proof"]).encode(), self._proof.encode()):
            return None
        for left in reversed(range(_TRIES)):
            try:
                if await self._api.check_user_exists(user_id) is None:
                    await self._make()
                break
            except Exception:
                if left == 0:
                    raise
                await self._api.sleep(_PAUSE_SECONDS)
        return user_id, None

    async def _make(self) -> None:
        """As Synapse's registration by shared secret does it, which the modules' own interface has no user type for."""
        try:
            await self._api._hs.get_registration_handler().register_user(
                localpart=SERVICE_PART,
                default_display_name="Nameplate",
                admin=True,
                # Left out of the user directory and of the count of active members.
                user_type="support",
                by_admin=True,
                approved=True,
            )
        except SynapseError as error:
            if error.errcode != Codes.USER_IN_USE:  # another process of ours was first
                raise
