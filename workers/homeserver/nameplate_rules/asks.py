"""Questions to the parents, in the home's own database: kept until they are answered, and their answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from synapse.module_api import ModuleApi
from synapse.storage.database import LoggingTransaction

# invited: somebody wants to write to the child. wanted: the child wants to write to somebody.
Kind = Literal["invited", "wanted"]
# later: not now, the invite stays and may still be allowed. never: the parents' rules say so from now on.
Answer = Literal["allow", "later", "never"]

# As every table of a home's database: a restored one belongs to this role, too (nameplate_homes/database.py).
_TABLES_ROLE = "tenant_tables"
# A stranger's server may make rooms without end. What is above this is hidden like all the rest, and asks nobody.
_MOST_OPEN_OF_A_SERVER, _MOST_OPEN = 20, 200


@dataclass(frozen=True)
class Ask:
    kind: Kind
    # Local part.
    child: str
    # Matrix id of the other.
    who: str
    # Empty for a wish.
    room: str
    room_name: str | None
    # Unix time in milliseconds, as all of these.
    asked: int
    answer: Answer | None
    answered: int | None
    # When an allowed child was in the room.
    done: int | None


class Asks:
    def __init__(self, api: ModuleApi, tell: Callable[[], None]) -> None:
        """`tell` says that there is something new."""
        self._api = api
        self._tell = tell
        self._is_ready = False

    async def keep(self, kind: Kind, child: str, who: str, room: str, room_name: str | None) -> None:
        """Before the invite is taken, so that none is hidden without a question. Asked again, it stays as it was."""
        await self._prepare()
        values = (kind, child, who, room, room_name, self._now())
        if await self._api.run_db_interaction("nameplate_asks_keep", _insert, values):
            self._tell()

    async def all(self) -> list[Ask]:
        await self._prepare()
        return await self._api.run_db_interaction("nameplate_asks_all", _select)

    async def answer(self, child: str, who: str, answer: Answer) -> bool:
        """Whether there is such a question. An answer may be changed."""
        await self._prepare()
        values = (answer, self._now(), child, who)
        return await self._api.run_db_interaction("nameplate_asks_answer", _update, values) > 0

    async def finish(self, ask: Ask) -> None:
        values = (self._now(), ask.child, ask.who, ask.room)
        await self._api.run_db_interaction("nameplate_asks_finish", _finish, values)

    async def forget(self, child: str, who: str) -> None:
        await self._prepare()
        await self._api.run_db_interaction("nameplate_asks_forget", _forget, (child, who))

    async def _prepare(self) -> None:
        if not self._is_ready:
            await self._api.run_db_interaction("nameplate_asks_make", _make)
            self._is_ready = True

    def _now(self) -> int:
        return self._api.get_current_time_msec()


def _make(cursor: LoggingTransaction) -> None:
    cursor.execute("SELECT to_regclass('public.nameplate_asks') IS NOT NULL")
    row = cursor.fetchone()
    if row is not None and row[0]:
        return
    cursor.execute(f"SET LOCAL ROLE {_TABLES_ROLE}")
    cursor.execute(
        "CREATE TABLE IF NOT EXISTS nameplate_asks (kind text NOT NULL, child text NOT NULL, who text NOT NULL,"
        " room text NOT NULL, room_name text, asked bigint NOT NULL, answer text, answered bigint, done bigint,"
        " PRIMARY KEY (child, who, room))"
    )


def _insert(cursor: LoggingTransaction, values: tuple[object, ...]) -> bool:
    _, child, who, *_ = values
    server = str(who).partition(":")[2]
    cursor.execute(
        "SELECT count(*) FILTER (WHERE split_part(who, ':', 2) = split_part(?, ':', 1)), count(*)"
        " FROM nameplate_asks WHERE child = ? AND answer IS NULL",
        (server, child),
    )
    row = cursor.fetchone()
    if row is not None and (row[0] >= _MOST_OPEN_OF_A_SERVER or row[1] >= _MOST_OPEN):
        return False
    cursor.execute(
        "INSERT INTO nameplate_asks (kind, child, who, room, room_name, asked) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        values,
    )
    return cursor.rowcount > 0


def _select(cursor: LoggingTransaction) -> list[Ask]:
    cursor.execute(
        "SELECT kind, child, who, room, room_name, asked, answer, answered, done FROM nameplate_asks ORDER BY asked"
    )
    return [Ask(*row) for row in cursor.fetchall()]


def _update(cursor: LoggingTransaction, values: tuple[object, ...]) -> int:
    cursor.execute("UPDATE nameplate_asks SET answer = ?, answered = ? WHERE child = ? AND who = ?", values)
    return cursor.rowcount


def _forget(cursor: LoggingTransaction, values: tuple[object, ...]) -> None:
    cursor.execute("DELETE FROM nameplate_asks WHERE child = ? AND who = ?", values)


def _finish(cursor: LoggingTransaction, values: tuple[object, ...]) -> None:
    cursor.execute("UPDATE nameplate_asks SET done = ? WHERE child = ? AND who = ? AND room = ?", values)
