"""A module of Synapse's own kind: refuses an upload that would take all of a home's files above its manifest's total.

Synapse's `media_upload_limits` count each person alone, and only after the file has been stored; this is asked before.
"""

from typing import Any

from synapse.module_api import ModuleApi
from synapse.storage.database import LoggingTransaction

_MEGABYTE = 1024 * 1024


class MediaTotal:
    def __init__(self, config: int, api: ModuleApi) -> None:
        self._most = config
        self._api = api
        api.register_media_repository_callbacks(is_user_allowed_to_upload_media_of_size=self.fits)

    @staticmethod
    def parse_config(config: dict[str, Any]) -> int:
        return int(config["megabytes"]) * _MEGABYTE

    async def fits(self, _user: str, size: int) -> bool:
        return await self._api.run_db_interaction("media_total", _stored) + size <= self._most


def _stored(cursor: LoggingTransaction) -> int:
    """What people of this home uploaded; copies of others' files can be fetched again and do not count."""
    cursor.execute("SELECT COALESCE(SUM(media_length), 0) FROM local_media_repository")
    row = cursor.fetchone()
    return int(row[0]) if row is not None else 0
