"""What a home has before it lives and loses when it is gone: record, files, database and role.

All of it may be repeated after a crash at any point, by several threads for several homes.
"""

import shutil
import threading
from collections.abc import Callable
from secrets import token_urlsafe

from .config import homeserver_config, log_config
from .database import Cluster, Connection, drop_database, ensure_database
from .files import hand_over, make_folder, read_if_there, write_private
from .home_secrets import SecretsProblem, read_secrets, settle_signing_key
from .household import forget_rules, settle_rules
from .layout import HomeFiles, Layout
from .manifest import Manifest
from .record import RecordBook, read_record
from .settings import Owner


class Births:
    def __init__(self, layout: Layout, cluster: Cluster, template: Callable[[], str]) -> None:
        """`template` waits for the database that homes' databases are copied from, and names it."""
        self._layout = layout
        self._cluster = cluster
        self._template = template
        self._book = RecordBook(layout)
        # Held to write what all homes share.
        self._sharing = threading.Lock()

    def prepare(self, manifest: Manifest) -> None:
        """All a home needs before its process starts. Repeated, it writes nothing."""
        name, files = manifest.name, self._layout.home(manifest.name)
        files.folder.mkdir(mode=0o700, exist_ok=True)
        record = self._book.keep(name, manifest.database)
        owner = Owner(record.uid) if record.uid is not None else None
        if owner is not None:
            # Its own group may pass through and read nothing but what is its own; the folder stays root's.
            make_folder(files.folder, 0o710, gid=owner.gid)
        settle_signing_key(files, owner)
        secrets = read_secrets(files)
        for folder in (files.media, files.logs):
            folder.mkdir(mode=0o700, exist_ok=True)
            if owner is not None:
                hand_over(folder, owner)
        settle_rules(manifest, files, owner)
        self._settle_edge_ca()
        connection = self._settle_database(manifest, files)
        text = homeserver_config(manifest, files, secrets, connection, self._layout.settings)
        write_private(files.config, text, owner)
        write_private(files.log_config, log_config(files, manifest), owner)
        forget_rules(manifest, files)

    def _settle_edge_ca(self) -> None:
        given = self._layout.settings.edge_ca_file
        if given is None:
            return
        text = read_if_there(given)
        if text is None:
            raise SecretsProblem("no-edge-ca", f"the edge's root certificate is not there yet: {given}")
        with self._sharing:
            write_private(self._layout.edge_ca, text)
            self._layout.edge_ca.chmod(0o644)

    def _settle_database(self, manifest: Manifest, files: HomeFiles) -> Connection:
        """The password is written down first: a role made with one that nobody knows would have to be mended."""
        password = read_if_there(files.database_password)
        if password is None:
            password = token_urlsafe(32)
            write_private(files.database_password, password)
        ensure_database(self._cluster, self._template(), manifest.database, manifest.name, password)
        return self._cluster.home_connection(manifest.database, password)

    def remove(self, name: str) -> None:
        """Database and role first, the home's folder last: while it stands, removing is not finished."""
        files = self._layout.home(name)
        record = read_record(files)
        if record is not None:
            drop_database(self._cluster, record.database, name)
        files.socket.unlink(missing_ok=True)
        files.socket_lock.unlink(missing_ok=True)
        for folder in (files.secrets, files.folder):
            shutil.rmtree(folder, ignore_errors=False, onerror=_unless_gone)
        if record is not None:
            self._book.forget(record)


def _unless_gone(_function: object, _path: object, info: tuple[type, BaseException, object]) -> None:
    if not isinstance(info[1], FileNotFoundError):
        raise info[1]
