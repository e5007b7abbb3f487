"""Restores a home from an archive where there is none: all of it or, whatever goes wrong on the way, nothing."""

import json
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex, token_urlsafe

import psycopg2
from pyrage import x25519

from ..database import Cluster, DatabaseProblem
from ..files import write_private
from ..home_secrets import SecretsProblem, check_key, parse_secrets
from ..layout import HomeFiles, Layout
from ..manifest import BrokenManifest, Manifest, is_home_name, read_manifest
from .archive import Contents
from .backup_home import key_id
from .crypt import decrypted
from .problem import BackupProblem
from .restore_database import StagedDatabase, make_room
from .room import check_room, held, refuse_other_key
from .store import Source
from .unpack import Unpacked, unpack


@dataclass(frozen=True)
class Restored:
    contents: Contents
    manifest: Manifest
    # As it was written, defaults left out.
    manifest_text: str
    media_files: int
    seconds: float


def restore(
    layout: Layout,
    cluster: Cluster,
    name: str,
    source: Source,
    identities: Sequence[x25519.Identity],
    as_database: str | None = None,
) -> Restored:
    """Everything but the manifest, which is the caller's to write. Raises BackupProblem.

    `as_database` is for a drill, whose home lives beside the real one.
    """
    begun = time.monotonic()
    if not is_home_name(name):
        raise BackupProblem(f"a home cannot be called {name[:100]}")
    layout.make_folders()
    files = layout.home(name)
    try:
        with held(files), _staging(layout, name) as folder, _staged(cluster, name) as staged:

            def check(contents: Contents) -> None:
                check_room(layout, cluster, name, contents, as_database or contents.database)

            with decrypted(source, identities) as plain:
                found = unpack(plain, folder, check, staged.load)
            manifest, text = _manifest(found, folder, as_database)
            _check_found(staged, found)
            refuse_other_key(files, found.signing_key)
            _settle(files, cluster, staged, found, manifest.database)
            return Restored(found.contents, manifest, text, found.media_files, time.monotonic() - begun)
    except (DatabaseProblem, SecretsProblem, psycopg2.Error, OSError) as problem:
        raise BackupProblem(" ".join(str(problem).split())) from problem


@contextmanager
def _staging(layout: Layout, name: str) -> Iterator[Path]:
    """A folder on the homes' own disk: files need only be renamed. What an interrupted restore left goes first."""
    folder = layout.settings.homes_folder / "restoring" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def _staged(cluster: Cluster, name: str) -> Iterator[StagedDatabase]:
    staged = StagedDatabase(cluster, name)
    try:
        yield staged
    finally:
        staged.drop()


def _manifest(found: Unpacked, folder: Path, as_database: str | None) -> tuple[Manifest, str]:
    """The home's manifest as this host understands it."""
    contents = found.contents
    text = found.manifest or json.dumps(
        {"version": 1, "name": contents.name, "database": contents.database, "want": "running"}
    )
    path = folder / f"{contents.name}.yaml"
    write_private(path, text)
    try:
        manifest = read_manifest(path)
    except BrokenManifest as problem:
        raise BackupProblem(f"the archive's manifest is none for this host: {problem}") from problem
    if manifest.database != contents.database:
        raise BackupProblem(f"the archive's manifest names the database {manifest.database}, not {contents.database}")
    return (manifest if as_database is None else replace(manifest, database=as_database)), text


def _check_found(staged: StagedDatabase, found: Unpacked) -> None:
    check_key(found.signing_key, Path("signing.key"))
    if found.secrets is not None:
        parse_secrets(found.secrets)
    if key_id(found.signing_key) != found.contents.key_id:
        raise BackupProblem(f"the archive's key is {key_id(found.signing_key)}, not {found.contents.key_id}")
    if (counts := staged.count()) != found.contents.counts:
        raise BackupProblem(
            f"the restored database holds {counts}, and the archive should hold {found.contents.counts}"
        )


def _settle(files: HomeFiles, cluster: Cluster, staged: StagedDatabase, found: Unpacked, database: str) -> None:
    """From beside into place. What fails half-way here may be repeated: files are added, never replaced, and the
    database comes last."""
    write_private(files.record, json.dumps({"name": found.contents.name, "database": database}))
    _place_key(files, found.signing_key)
    _place_media(found.media, files.media)
    if not (files.secrets / "secrets.json").exists():
        # Otherwise the worker was here already. Both are the same, unless the service has another master key by now.
        files.secrets.mkdir(mode=0o700, exist_ok=True)
        write_private(files.secrets / "secrets.json", found.secrets or _fresh_secrets())
    password = token_urlsafe(32)
    write_private(files.database_password, password)
    # What an earlier life here was configured with no longer fits.
    files.config.unlink(missing_ok=True)
    make_room(cluster, database, found.contents.name)
    staged.settle(database, password)


def _fresh_secrets() -> str:
    """For a home that had lost them: access tokens and passwords need none, and what they sign lives for minutes."""
    return json.dumps({key: token_hex(32) for key in ("registrationSecret", "macaroonSecret", "formSecret")})


def _place_key(files: HomeFiles, text: str) -> None:
    if files.signing_key.exists():
        return  # the same, as was checked
    beside = files.signing_key.with_name("signing.key.restored")
    write_private(beside, text)
    files.signing_key.hardlink_to(beside)
    beside.unlink()


def _place_media(fresh: Path, media: Path) -> None:
    """The home's next start gives them to its own user, unless the folder has him already."""
    media.mkdir(mode=0o700, exist_ok=True)
    owner = media.stat()
    for folder, _, names in os.walk(fresh):
        place = media / Path(folder).relative_to(fresh)
        if not place.is_dir():
            place.mkdir(mode=0o700)
            os.chown(place, owner.st_uid, owner.st_gid)
        for name in names:
            # Synapse never writes a file of its media anew: one that is there is the same.
            if not (place / name).exists():
                Path(folder, name).rename(place / name)
                os.chown(place / name, owner.st_uid, owner.st_gid)
