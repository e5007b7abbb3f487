"""Whether there is room for a restored home: nothing that lives may be in its way, and no other key."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path

from ..database import Cluster, check_owner, exists
from ..files import read_if_there
from ..layout import HomeFiles, Layout
from ..manifest import read_manifest
from ..record import read_record
from .archive import Contents
from .backup_home import key_id
from .problem import BackupProblem


@contextmanager
def held(files: HomeFiles) -> Iterator[None]:
    """The home's lock, which a running home holds all its life. A folder that was only made for it goes again."""
    made = not files.folder.exists()
    files.folder.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(files.lock, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupProblem("this home is running here, or being restored: nothing was touched") from error
        yield
    except BaseException:
        if made and [path.name for path in files.folder.iterdir()] == [files.lock.name]:
            files.lock.unlink()
            files.folder.rmdir()
        raise
    finally:
        os.close(lock)


def check_room(layout: Layout, cluster: Cluster, name: str, contents: Contents, database: str) -> None:
    """Before anything is written."""
    if contents.name != name:
        raise BackupProblem(f"the archive is of {contents.name}, not of {name}")
    if contents.schema > (ours := _our_schema()):
        raise BackupProblem(
            f"the archive comes from a newer Synapse ({contents.synapse}, schema {contents.schema}) than the one here"
            f" (schema {ours}): restore it with {contents.synapse} or newer"
        )
    if layout.manifest(name).exists() and read_manifest(layout.manifest(name)).want != "stopped":
        raise BackupProblem(f"{name} has a manifest here that wants it: say want: stopped there, or take the file away")
    record = read_record(layout.home(name))
    if record is not None and record.database != database:
        raise BackupProblem(f"{name} is known here with the database {record.database}, not {database}")
    with cluster.visit() as cursor:
        if not exists(cursor, database):
            return
        check_owner(cursor, database, name)
    if not is_unused(cluster, database):
        raise BackupProblem(f"{name} has a database here ({database}) with rooms in it: nothing was touched")


def is_unused(cluster: Cluster, database: str) -> bool:
    """Born and never lived in: no room was ever made. Accounts may be there, for the worker makes them at once."""
    with cluster.visit(database) as cursor:
        cursor.execute("SELECT 1 FROM events LIMIT 1")
        return cursor.fetchone() is None


def refuse_other_key(files: HomeFiles, signing_key: str) -> None:
    """Another server's signature under the same name would be a second server: the world would believe neither."""
    for path in (files.signing_key, files.secrets / "signing.key"):
        there = read_if_there(path)
        if there is not None and there.split() != signing_key.split():
            raise BackupProblem(
                f"there is another signing key for this name: {path} holds {key_id(there)},"
                f" the archive {key_id(signing_key)}. A key is never replaced"
            )


def _our_schema() -> int:
    """The number stands in a module that imports nothing; imported, it would bring all of Synapse's storage along."""
    package = find_spec("synapse")
    if package is None or package.origin is None:
        raise BackupProblem("there is no Synapse here")
    schema = run_path(str(Path(package.origin).parent / "storage/schema/__init__.py"))["SCHEMA_VERSION"]
    if not isinstance(schema, int):
        raise BackupProblem("this Synapse does not say its schema's version")
    return schema
