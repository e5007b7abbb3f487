"""Restores a dump into a database that stands beside, and gives it its name only when all of it is there.

The dump is input like any other: it is loaded by a role of its own that may enter this one database and no other.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex, token_urlsafe
from typing import IO

from psycopg2 import errors, sql

from ..database import (
    TABLES_ROLE,
    Cluster,
    Cursor,
    become,
    drop_database,
    exists,
    grant,
    role_exists,
)
from ..template import ensure_tables_role
from .archive import Counts
from .dump import count, running
from .problem import BackupProblem
from .room import is_unused

_STAGED = "restoring_"
# A connection that was closed is gone from the server some milliseconds later: two seconds are plenty.
_LEAVING_TRIES, _LEAVING_SECONDS = 40, 0.05


class StagedDatabase:
    """`load` makes and fills it, `settle` makes it the home's."""

    def __init__(self, cluster: Cluster, home: str) -> None:
        self._cluster = cluster
        self._home = home
        self._password = token_urlsafe(32)
        self.name = f"{_STAGED}{token_hex(8)}"

    def _make(self) -> None:
        name = sql.Identifier(self.name)
        with self._cluster.visit() as cursor:
            ensure_tables_role(cursor)
            drop_left_over(cursor, self._home)
            cursor.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0").format(name))
            grant(cursor, self.name, self._home, self._password)
        with self._cluster.visit(self.name) as inside:
            inside.execute(sql.SQL("GRANT USAGE, CREATE ON SCHEMA public TO {}").format(sql.Identifier(TABLES_ROLE)))

    @contextmanager
    def load(self) -> Iterator[IO[bytes]]:
        """A pipe for pg_dump's bytes. Everything in them becomes tenant_tables', as in every home's database."""
        self._make()
        command = ["pg_restore", "--no-owner", "--no-acl", "--exit-on-error", f"--role={TABLES_ROLE}"]
        connection = self._cluster.home_connection(self.name, self._password)
        with running(command, connection, pipe_in=True) as process:
            if process.stdin is None:
                raise RuntimeError("pg_restore was started without a pipe")
            yield process.stdin

    def count(self) -> Counts:
        with self._cluster.visit(self.name) as cursor:
            return count(cursor)

    def settle(self, database: str, password: str) -> None:
        """Last: from here on the database is the home's."""
        with self._cluster.visit(self.name) as inside:
            inside.execute("ANALYZE")
            # What the loading role may do here, so that it can go.
            inside.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(self.name)))
        with self._cluster.visit() as cursor:
            self._rename(cursor, database, password)
            cursor.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(self.name)))

    def _rename(self, cursor: Cursor, database: str, password: str) -> None:
        for _ in range(_LEAVING_TRIES):
            try:
                become(cursor, self.name, database, self._home, password)
                return
            except errors.DuplicateDatabase as error:
                raise BackupProblem(f"the database {database} was made by somebody else meanwhile") from error
            except errors.ObjectInUse:
                time.sleep(_LEAVING_SECONDS)  # our own last visit is still leaving
        raise BackupProblem(f"somebody stays connected to {self.name}")

    def drop(self) -> None:
        with self._cluster.visit() as cursor:
            _drop(cursor, self.name)


def drop_left_over(cursor: Cursor, home: str) -> None:
    """What an interrupted restore of this home left. The caller holds the home's lock: none is under way."""
    cursor.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND shobj_description(oid, 'pg_database') = %s",
        (_STAGED, home),
    )
    for row in cursor.fetchall():
        _drop(cursor, row[0])


def _drop(cursor: Cursor, name: str) -> None:
    if exists(cursor, name):
        cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    if role_exists(cursor, name):
        cursor.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def make_room(cluster: Cluster, database: str, home: str) -> None:
    """Drop a database that nobody lived in, as was checked before the archive was read, and is once more."""
    with cluster.visit() as cursor:
        there = exists(cursor, database)
    if not there:
        return
    if not is_unused(cluster, database):
        raise BackupProblem(f"the database {database} came into use meanwhile: nothing was touched")
    drop_database(cluster, database, home)
