"""What schema a home's database has, read without its home.

Synapse migrates at its start, before it answers anybody (synapse/storage/prepare_database.py). First it writes down
`schema_compat_version`, the oldest schema whose Synapse may still use the database: a version whose own schema is older
refuses it from then on. Then come the deltas, each noted when it is applied. They look like one transaction and are
not: on PostgreSQL each file commits what came before it (`executescript` in synapse/storage/engines/postgres.py). A
migration that fails half-way leaves the first half done, and the next start goes on with the rest.
"""

import time
from dataclasses import dataclass

from ..database import Cluster, Cursor
from .problem import UpgradeProblem

# PostgreSQL notices within milliseconds that a killed process is gone, unless a statement runs on.
_LEAVING_SECONDS, _LOOK_SECONDS = 30.0, 0.05


@dataclass(frozen=True)
class Schema:
    version: int
    # The oldest schema whose Synapse may use the database.
    compat: int
    deltas: int

    def __str__(self) -> str:
        return f"schema {self.version} with {self.deltas} deltas"


def read_schema(cluster: Cluster, database: str) -> Schema:
    """When nobody is connected any more whose transaction could still end either way, if a home was just killed."""
    with cluster.visit(database) as cursor:
        return Schema(
            version=_number(cursor, "SELECT version FROM schema_version"),
            compat=_number(cursor, "SELECT COALESCE(MAX(compat_version), 0) FROM schema_compat_version"),
            deltas=_number(cursor, "SELECT count(*) FROM applied_schema_deltas"),
        )


def wait_until_left(cluster: Cluster, database: str) -> None:
    """Until no connection of the home's role is left: a transaction of a killed process may still end either way."""
    end = time.monotonic() + _LEAVING_SECONDS
    with cluster.visit() as cursor:
        while _number(cursor, "SELECT count(*) FROM pg_stat_activity WHERE usename = %s", database):
            if time.monotonic() > end:
                raise UpgradeProblem(f"Somebody is still connected as {database} after {_LEAVING_SECONDS:.0f} s.")
            time.sleep(_LOOK_SECONDS)


def _number(cursor: Cursor, question: str, *values: object) -> int:
    cursor.execute(question, values)
    row = cursor.fetchone()
    if row is None:
        raise UpgradeProblem(f"The database does not answer: {question}")
    return int(row[0])
