"""The template database: Synapse's schema applied once for each Synapse version, then closed to everybody.

Tables are created as `tenant_tables` from the first statement on (the connection's own `role`), so that nothing has to
change hands afterwards: REASSIGN OWNED would also move whole databases.
"""

import json
import os
import subprocess
import sys
from base64 import b64encode
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from psycopg2 import sql

from .database import TABLES_ROLE, Cluster, Cursor, DatabaseProblem, exists, role_exists
from .files import write_private
from .log import say

# Any number of ours: two hosts must not build the same template at once.
_BUILDING_LOCK = 7_202_611
# Building takes about three seconds here; a machine forty times slower still gets there.
_LONGEST_BUILD_SECONDS = 120


def template_name() -> str:
    return f"synapse_{version('matrix-synapse').replace('.', '_').replace('+', '_')}"


def ensure_template(cluster: Cluster) -> str:
    """The template's name, built first if this is the first host of this Synapse version on the cluster."""
    name = template_name()
    with cluster.visit() as cursor:
        ensure_tables_role(cursor)
        if exists(cursor, name):
            return name
        cursor.execute("SELECT pg_advisory_lock(%s)", (_BUILDING_LOCK,))  # let go with the connection
        if not exists(cursor, name):
            say("building the template database", template=name)
            _build(cluster, cursor, name)
    return name


def ensure_tables_role(cursor: Cursor) -> None:
    if not role_exists(cursor, TABLES_ROLE):
        cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(TABLES_ROLE)))
    cursor.execute("SELECT 1 WHERE pg_has_role(CURRENT_USER, %s, 'MEMBER')", (TABLES_ROLE,))
    if cursor.fetchone() is None:
        cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(TABLES_ROLE)))


def _build(cluster: Cluster, cursor: Cursor, name: str) -> None:
    building = f"{name}_building"
    template, unfinished = sql.Identifier(name), sql.Identifier(building)
    cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(unfinished))
    # Synapse asks for the C locale, which only the empty template0 can be copied into.
    # Closed until only we may connect: a home could write into the tables of every home to come.
    for statement in (
        "CREATE DATABASE {} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0 ALLOW_CONNECTIONS false",
        "REVOKE CONNECT, TEMPORARY ON DATABASE {} FROM PUBLIC",
        "ALTER DATABASE {} ALLOW_CONNECTIONS true",
    ):
        cursor.execute(sql.SQL(statement).format(unfinished))
    with cluster.visit(building) as inside:
        inside.execute(sql.SQL("GRANT USAGE, CREATE ON SCHEMA public TO {}").format(sql.Identifier(TABLES_ROLE)))
    _apply_schema(cluster, building)
    with cluster.visit(building) as inside:
        inside.execute("VACUUM (ANALYZE, FREEZE)")
    cursor.execute(sql.SQL("ALTER DATABASE {} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false").format(unfinished))
    # Last, so that the name stands for a finished template.
    cursor.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(unfinished, template))


def _apply_schema(cluster: Cluster, database: str) -> None:
    """Synapse's own script, background updates included. What it writes names no server."""
    with TemporaryDirectory(prefix="homes-template-") as folder:
        config, key = Path(folder) / "template.yaml", Path(folder) / "unused.key"
        # The script starts no server and signs nothing, but insists on a key.
        write_private(key, f"ed25519 a_none {b64encode(os.urandom(32)).decode().rstrip('=')}\n")
        args = {**cluster.admin_connection(database), "options": f"-c role={TABLES_ROLE}", "cp_min": 1, "cp_max": 2}
        wanted = {
            "server_name": "template.invalid",
            "report_stats": False,
            "trusted_key_servers": [],
            "suppress_key_server_warning": True,
            "media_store_path": folder,
            "signing_key_path": str(key),
            "database": {"name": "psycopg2", "args": args},
            "macaroon_secret_key": "unused",
            "form_secret": "unused",
        }
        write_private(config, json.dumps(wanted))
        script = [sys.executable, "-m", "synapse._scripts.update_synapse_database", "--run-background-updates"]
        done = subprocess.run(
            [*script, "--database-config", str(config)],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=_LONGEST_BUILD_SECONDS,
            check=False,
        )
        if done.returncode != 0:
            last = " ".join(done.stderr.strip().splitlines()[-1:])
            raise DatabaseProblem(f"Synapse's schema could not be applied to {database}: {last[:300]}")


def main() -> None:
    """For an upgrade, in the interpreter of the version that is to come."""
    sys.stdout.write(f"{ensure_template(Cluster(os.environ['TENANT_DATABASE_URL']))}\n")


if __name__ == "__main__":
    main()
