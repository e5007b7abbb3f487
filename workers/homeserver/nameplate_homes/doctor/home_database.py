"""A home's database and role: there, its own, closed to others, and with room for more media."""

from collections.abc import Iterator

import psycopg2

from ..database import TABLES_ROLE, Cluster, Cursor, DatabaseProblem, check_owner, exists, role_exists
from ..files import read_if_there
from .amounts import size
from .case import Case
from .finding import Finding, note, unseen, well, wrong
from .postgres import reason

_SIZES = "SELECT pg_database_size(%s), COALESCE(SUM(media_length), 0) FROM local_media_repository"
# Of the total; the next few pictures will be refused.
_NEARLY = 0.95
_RESTART = "Kill its process if it runs: before the next start the host mends what is missing."


def check_database(case: Case) -> Iterator[Finding]:
    cluster, database = case.settings.cluster, case.database
    if not case.files.config.exists():
        yield note("database", "It was not born yet, so it needs no database")
        return
    if cluster is None or database is None:
        why = "TENANT_DATABASE_URL is not set" if cluster is None else "nobody knows its name"
        yield unseen("database", f"Its database was not looked at: {why}")
        return
    try:
        with cluster.visit() as cursor:
            findings = [*_walls(cursor, database, case.name)]
        if not any(finding.level == "wrong" for finding in findings):
            findings += [*_entered(cluster, case, database)]
    except psycopg2.Error as error:
        yield wrong("database", f"PostgreSQL cannot be entered: {reason(error)}", "Start PostgreSQL.")
        return
    yield from findings


def _walls(cursor: Cursor, database: str, home: str) -> Iterator[Finding]:
    if not exists(cursor, database):
        yield wrong("database", f"The database {database} is gone", "Restore the home from its latest backup.")
        return
    try:
        check_owner(cursor, database, home)
    except DatabaseProblem as problem:
        yield wrong("database", f"Not its own: {problem}", "Find out whose it is before anything is changed.")
        return
    if not role_exists(cursor, database):
        yield wrong("database", f"The role {database} is gone", _RESTART)
        return
    cursor.execute(
        "SELECT has_database_privilege(%s, %s, 'CONNECT'), has_database_privilege(%s, %s, 'CONNECT')",
        (database, database, TABLES_ROLE, database),
    )
    own, others = cursor.fetchone() or (False, False)
    if not own:
        yield wrong("database", f"Its role may not connect to its own database {database}", _RESTART)
    if others:
        words = f"Other homes' roles may connect to {database}"
        yield wrong("database", words, f"Run as its owner: REVOKE CONNECT ON DATABASE {database} FROM PUBLIC")


def _entered(cluster: Cluster, case: Case, database: str) -> Iterator[Finding]:
    password = read_if_there(case.files.database_password)
    if password is None:
        yield wrong("database", "The password of its role is lost", _RESTART)
        return
    try:
        psycopg2.connect(**cluster.home_connection(database, password), connect_timeout=5).close()
    except psycopg2.OperationalError as error:
        yield wrong("database", f"Its role cannot log in: {reason(error)}", _RESTART)
        return
    with cluster.visit(database) as cursor:
        cursor.execute(_SIZES, (database,))
        stored, media = cursor.fetchone() or (0, 0)
    yield well("database", f"Its role alone connects to {database}, which holds {size(stored)}")
    yield from _media(int(media), case.limits.media_megabytes * 1024 * 1024)


def _media(used: int, most: int) -> Iterator[Finding]:
    words = f"{size(used)} of files were uploaded, of {size(most)} that it may hold"
    if used >= most * _NEARLY:
        do = "Let somebody delete old files, or raise limits.mediaMegabytes in its manifest."
        yield wrong("media", f"Uploads are refused or soon will be: {words}", do)
    else:
        yield well("media", words)
