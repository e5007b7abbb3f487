"""A home's database as one moment saw it: the counts and pg_dump's stream are of the same snapshot.

Nothing stops meanwhile. Left out are the one-time keys (a restored one would be handed out twice, and messages
encrypted to it never open; devices upload new ones when they see none left) and the unlogged locks of the old process.
Fallback keys stay: they are made to be handed out more than once, and carry a device that is offline until it is back.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import IO

from psycopg2 import sql
from psycopg2.extensions import make_dsn

from ..database import Cluster, Connection, Cursor
from .archive import DATABASE_PIECE_BYTES, Counts, Message
from .problem import BackupProblem

_LEFT_OUT = ("e2e_one_time_keys_json",)


@dataclass(frozen=True)
class Snapshot:
    id: str
    schema: int
    counts: Counts


@contextmanager
def snapshot(cluster: Cluster, database: str) -> Iterator[Snapshot]:
    """Valid as long as the block runs."""
    with cluster.visit(database) as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        identifier = str(_one(cursor))
        cursor.execute("SELECT max(version) FROM schema_version")
        schema = _one(cursor)
        if not isinstance(schema, int):
            raise BackupProblem(f"the database {database} holds no Synapse schema")
        yield Snapshot(identifier, schema, count(cursor))
        cursor.execute("COMMIT")


def count(cursor: Cursor) -> Counts:
    numbers = []
    for table in ("users", "rooms", "events", "local_media_repository"):
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        numbers.append(int(str(_one(cursor))))
    users, rooms, events, media = numbers
    return Counts(users, rooms, events, media, _latest_message(cursor))


def _latest_message(cursor: Cursor) -> Message | None:
    """Encrypted ones too: what has to come back is what the server holds. Redacted ones are served without content."""
    cursor.execute(
        "SELECT e.room_id, e.event_id, j.json FROM events e JOIN event_json j USING (event_id)"
        " WHERE e.type IN ('m.room.message', 'm.room.encrypted') AND e.rejection_reason IS NULL AND NOT e.outlier"
        " AND NOT EXISTS (SELECT 1 FROM redactions r WHERE r.redacts = e.event_id)"
        " ORDER BY e.stream_ordering DESC LIMIT 1"
    )
    row = cursor.fetchone()
    return None if row is None else Message(row[0], row[1], content_hash(json.loads(row[2])["content"]))


def content_hash(content: object) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _one(cursor: Cursor) -> object:
    row = cursor.fetchone()
    return None if row is None else row[0]


def dump(connection: Connection, snapshot_id: str) -> Iterator[bytes]:
    """pg_dump's stream in pieces of DATABASE_PIECE_BYTES, the last one shorter."""
    command = ["pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot_id}"]
    command += ["--no-unlogged-table-data", *(f"--exclude-table-data={table}" for table in _LEFT_OUT)]
    with running(command, connection, pipe_out=True) as process:
        stream = _pipe(process.stdout)
        while piece := stream.read(DATABASE_PIECE_BYTES):
            yield piece


@contextmanager
def running(
    command: list[str], connection: Connection, pipe_in: bool = False, pipe_out: bool = False
) -> Iterator[subprocess.Popen[bytes]]:
    """One of PostgreSQL's own tools. Its failure is a BackupProblem in its own words; it never outlives the block."""
    public = {key: value for key, value in connection.items() if key != "password"}
    # Not on the command line, which every user of the machine can read.
    environment = {**os.environ, "PGPASSWORD": connection.get("password", "")}
    try:
        process = subprocess.Popen(
            [*command, f"--dbname={make_dsn(**public)}"],
            stdin=subprocess.PIPE if pipe_in else subprocess.DEVNULL,
            stdout=subprocess.PIPE if pipe_out else subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
        )
    except FileNotFoundError as error:
        raise BackupProblem(f"{command[0]} is not installed on this machine") from error
    with process:
        try:
            yield process
        except BrokenPipeError:
            pass  # it ended early: its own words say why
        except BaseException:
            process.kill()
            raise
        said = _finish(process)
        if process.returncode != 0:
            raise BackupProblem(f"{command[0]} failed: {' '.join(said.split())[-300:] or process.returncode}")


def _finish(process: subprocess.Popen[bytes]) -> str:
    if process.stdin is not None:
        with suppress(BrokenPipeError):  # as above
            process.stdin.close()
    if process.stdout is not None:
        process.stdout.close()
    said = _pipe(process.stderr).read().decode(errors="replace")
    process.wait()
    return said


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise RuntimeError("the process was started without this pipe")
    return stream
