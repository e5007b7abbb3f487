"""A child's sign-ins and uploads, and that the account is not the child's to end."""

from collections.abc import Collection
from typing import Literal

from synapse.api.errors import Codes
from synapse.module_api import NOT_SPAM

from .judge import Judge

_MEGABYTE = 1024 * 1024


class OwnAccount:
    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    async def check_login_for_spam(
        self,
        user: str,
        _device: str | None,
        _device_name: str | None,
        _addresses: Collection[tuple[str | None, str]],
        _provider: str | None = None,
    ) -> Literal["NOT_SPAM"] | Codes:
        child = self._judge.child(user)
        return NOT_SPAM if child is None or child.devices == "any" else Codes.FORBIDDEN

    async def may_upload(self, user: str, size: int) -> bool:
        child = self._judge.child(user)
        if child is None or child.upload_megabytes is None:
            return True
        return child.upload_megabytes > 0 and size <= child.upload_megabytes * _MEGABYTE

    async def check_can_deactivate_user(self, user: str, by_admin: bool) -> bool:
        return by_admin or self._judge.child(user) is None
