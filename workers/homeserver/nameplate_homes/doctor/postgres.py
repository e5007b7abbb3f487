"""PostgreSQL under all homes: whether it can be reached, who may enter what, and what it writes into its log."""

from collections.abc import Iterator

import psycopg2

from ..database import TABLES_ROLE, Cursor, open_doors, role_exists
from .finding import Finding, note, unseen, well, wrong
from .settings import DoctorSettings

# A home that is awake holds three connections at most; below this many free ones the next wakes would fail.
_FEW_CONNECTIONS = 15
# Settings under which a failing statement is written out with its values, which are people's messages.
_QUIET = ("log", "fatal", "panic")


def check_postgres(settings: DoctorSettings) -> Iterator[Finding]:
    if settings.cluster is None:
        yield unseen("PostgreSQL", "PostgreSQL was not looked at: TENANT_DATABASE_URL is not set")
        return
    try:
        with settings.cluster.visit() as cursor:
            findings = [*_server(cursor), *_role(cursor), *_doors(cursor), *_log(cursor)]
    except psycopg2.Error as error:
        words = f"PostgreSQL cannot be entered ({reason(error)}): no home works without it"
        yield wrong("PostgreSQL", words, "Start PostgreSQL, or mend TENANT_DATABASE_URL.")
        return
    yield from findings


def reason(error: psycopg2.Error) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__


def _server(cursor: Cursor) -> Iterator[Finding]:
    version, used, most = _row(
        cursor,
        "SELECT current_setting('server_version'), (SELECT count(*) FROM pg_stat_activity WHERE backend_type ="
        " 'client backend'), current_setting('max_connections')::int"
        " - current_setting('superuser_reserved_connections')::int",
    )
    words = f"PostgreSQL {str(version).split()[0]} answers, {used} of {most} connections in use"
    if int(str(most)) - int(str(used)) < _FEW_CONNECTIONS:
        yield wrong("PostgreSQL", f"{words}: too few are left", "Raise max_connections, or let homes sleep sooner.")
    else:
        yield well("PostgreSQL", words)


def _role(cursor: Cursor) -> Iterator[Finding]:
    name, makes_databases, makes_roles, is_super = _row(
        cursor, "SELECT rolname, rolcreatedb, rolcreaterole, rolsuper FROM pg_roles WHERE rolname = CURRENT_USER"
    )
    if not is_super and not (makes_databases and makes_roles):
        words = f"The host's role {name} may not make databases and roles: no home can be born"
        yield wrong("PostgreSQL", words, f"Run as a superuser: ALTER ROLE {name} CREATEDB CREATEROLE")
    elif is_super:
        yield note("PostgreSQL", f"The host's role {name} is a superuser, which is more than it needs")


def _doors(cursor: Cursor) -> Iterator[Finding]:
    if not role_exists(cursor, TABLES_ROLE):
        return
    if doors := open_doors(cursor):
        words = f"Every home's role may enter these databases, which are not its own: {', '.join(doors)}"
        do = f"Run as their owner: REVOKE CONNECT ON DATABASE {', '.join(doors)} FROM PUBLIC"
        yield wrong("databases", words, do)
    else:
        yield well("databases", "No home's role may enter a database that is not its own")


def _log(cursor: Cursor) -> Iterator[Finding]:
    failing, every = _row(cursor, "SELECT current_setting('log_min_error_statement'), current_setting('log_statement')")
    if failing in _QUIET and every in ("none", "ddl"):
        yield well("PostgreSQL's log", "PostgreSQL writes no statement, and so no message, into its log")
    else:
        words = "PostgreSQL writes statements that fail, and people's messages in them, into its log"
        do = "Set log_min_error_statement = panic, log_error_verbosity = terse and log_statement = none."
        yield wrong("PostgreSQL's log", words, do)


def _row(cursor: Cursor, question: str) -> tuple[object, ...]:
    cursor.execute(question)
    row = cursor.fetchone()
    if row is None:
        raise psycopg2.DataError("no row")
    return row
