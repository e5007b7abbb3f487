"""One database and one role a home. The role may connect to its own database and to no other.

Databases are copies of the template (template.py), made ahead as spares and renamed when a home is born. All their
tables belong to the role `tenant_tables`, which cannot log in and of which each home's role is a member; the wall is
CONNECT, which PostgreSQL checks for the role that logs in.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol
from uuid import uuid4

import psycopg2
from psycopg2 import errors, sql
from psycopg2.extensions import encrypt_password, parse_dsn

from .settings import SettingsProblem

TABLES_ROLE = "tenant_tables"
_SPARE = "spare_"
# A server on the same machine or network answers in milliseconds, or is in trouble.
_CONNECT_SECONDS = 5
Connection = dict[str, str]


class Cursor(Protocol):
    """The part of psycopg2's cursor we use; it ships no types."""

    @property
    def connection(self) -> object: ...
    def execute(self, query: object, values: Sequence[object] = ..., /) -> None: ...
    def fetchone(self) -> tuple[Any, ...] | None: ...
    def fetchall(self) -> list[tuple[Any, ...]]: ...


class DatabaseProblem(Exception):
    """The sentence says what stands in the way."""


class Cluster:
    """Short visits to the cluster as the role that may create databases and roles."""

    def __init__(self, url: str) -> None:
        try:
            self._admin = parse_dsn(url)
        except psycopg2.ProgrammingError:
            # Its own words hold the whole text, password and all.
            raise SettingsProblem("  TENANT_DATABASE_URL is not a PostgreSQL address") from None

    @contextmanager
    def visit(self, database: str | None = None) -> Iterator[Cursor]:
        """A cursor; each statement commits by itself."""
        connection = psycopg2.connect(
            **{**self._admin, **({"dbname": database} if database else {})}, connect_timeout=5
        )
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    def admin_connection(self, database: str) -> Connection:
        return {**self._admin, "dbname": database}

    def home_connection(self, database: str, password: str) -> Connection:
        """What a home is given: the same server, its own role and nothing of ours."""
        kept = {key: value for key, value in self._admin.items() if key not in ("user", "password", "dbname")}
        return {**kept, "user": database, "password": password, "dbname": database}


def exists(cursor: Cursor, database: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,))
    return cursor.fetchone() is not None


def role_exists(cursor: Cursor, role: str) -> bool:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,))
    return cursor.fetchone() is not None


def make_spare(cursor: Cursor, template: str) -> str:
    """Copy the template, about 0.12 s; wal_log, PostgreSQL's own choice, was the fastest for 14 MB.

    Closed to everybody until it is somebody's: any home's role could write into the tables of the next one otherwise.
    """
    name = f"{_SPARE}{template}_{uuid4().hex[:12]}"
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} ALLOW_CONNECTIONS false")
    cursor.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
    return name


def spares(cursor: Cursor, template: str) -> list[str]:
    return [name for name, is_open in _own_spares(cursor) if name.startswith(f"{_SPARE}{template}_") and not is_open]


def drop_spares_of_others(cursor: Cursor, template: str) -> None:
    """Copies of another version's template would only be migrated at birth: slower than a fresh copy.

    One that was ever open may have been written to.
    """
    for name, is_open in _own_spares(cursor):
        if is_open or not name.startswith(f"{_SPARE}{template}_"):
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _own_spares(cursor: Cursor) -> list[tuple[str, bool]]:
    """With whether it can be entered. Only an owner may rename a database: what another role made ahead is no use."""
    cursor.execute(
        "SELECT datname, datallowconn FROM pg_database"
        " WHERE datname LIKE %s AND pg_get_userbyid(datdba) = CURRENT_USER",
        (f"{_SPARE}%",),
    )
    return [(row[0], row[1]) for row in cursor.fetchall()]


def ensure_database(cluster: Cluster, template: str, database: str, home: str, password: str) -> None:
    """The home's database and role, made or repaired; may be repeated after a crash at any point."""
    with cluster.visit() as cursor:
        if not exists(cursor, database):
            _claim(cursor, template, database, home, password)
            return
        check_owner(cursor, database, home)
        if not _can_connect(cluster, database, password):
            grant(cursor, database, home, password)


def _claim(cursor: Cursor, template: str, database: str, home: str, password: str) -> None:
    for spare in [*spares(cursor, template), None]:
        try:
            become(cursor, spare or make_spare(cursor, template), database, home, password)
            return
        except (errors.InvalidCatalogName, errors.ObjectInUse):
            continue  # another birth took it first
    raise DatabaseProblem(f"no database could be made for {home}")


def become(cursor: Cursor, spare: str, database: str, home: str, password: str) -> None:
    cursor.execute("BEGIN")
    try:
        cursor.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(spare), sql.Identifier(database))
        )
        grant(cursor, database, home, password)
        cursor.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(sql.Identifier(database)))
        cursor.execute("COMMIT")
    except BaseException:
        cursor.execute("ROLLBACK")
        raise


def grant(cursor: Cursor, database: str, home: str, password: str) -> None:
    """The role with this password, and the wall: this role alone may connect."""
    name = sql.Identifier(database)
    # Hashed here, so that no server log can hold it.
    verifier = encrypt_password(password, database, cursor.connection, "scram-sha-256")
    verb = "ALTER ROLE" if role_exists(cursor, database) else "CREATE ROLE"
    cursor.execute(sql.SQL(verb + " {} LOGIN PASSWORD %s").format(name), (verifier,))
    cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(TABLES_ROLE), name))
    # So that we may end its connections when the database is dropped.
    cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(name))
    cursor.execute(sql.SQL("REVOKE CONNECT, TEMPORARY ON DATABASE {} FROM PUBLIC").format(name))
    cursor.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(name, name))
    cursor.execute(sql.SQL("COMMENT ON DATABASE {} IS %s").format(name), (home,))


def check_owner(cursor: Cursor, database: str, home: str) -> None:
    cursor.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
        (database,),
    )
    row = cursor.fetchone()
    if row is not None and row[0] != home:
        raise DatabaseProblem(f"the database {database} belongs to {row[0] or 'nobody we know'}, not to {home}")


def _can_connect(cluster: Cluster, database: str, password: str) -> bool:
    try:
        psycopg2.connect(**cluster.home_connection(database, password), connect_timeout=_CONNECT_SECONDS).close()
    except psycopg2.OperationalError:
        return False
    return True


def drop_database(cluster: Cluster, database: str, home: str) -> None:
    with cluster.visit() as cursor:
        if exists(cursor, database):
            check_owner(cursor, database, home)
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))
        if role_exists(cursor, database):
            cursor.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(database)))


def open_doors(cursor: Cursor) -> list[str]:
    """Databases that every home's role could enter because everybody may: somebody else's to close."""
    cursor.execute(
        "SELECT datname FROM pg_database WHERE datallowconn AND has_database_privilege(%s, oid, 'CONNECT')"
        " AND datname NOT LIKE %s",
        (TABLES_ROLE, f"{_SPARE}%"),
    )
    return sorted(row[0] for row in cursor.fetchall())
