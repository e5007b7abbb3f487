"""The drill: a backup is restored aside, started where nobody hears it, looked at, and removed again without a trace.

The copy holds the family's key, so it must reach nobody: two servers under one name and key would tear rooms apart. It
federates with no server, pushes to no telephone, its only way out is a port where nobody listens, and its socket lies
in a folder of ours.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex
from tempfile import mkdtemp

from pyrage import x25519

from ..config import homeserver_config, log_config
from ..database import Cluster, drop_database
from ..files import hand_over, make_folder, read_if_there, write_private
from ..home_secrets import read_secrets
from ..household import settle_rules
from ..layout import HomeFiles, Layout
from ..record import read_record
from ..settings import Owner
from .drill_checks import look_at
from .drill_home import DrillHome
from .problem import BackupProblem
from .report import Report
from .restore import Restored, restore
from .store import Source

# The discard port, where nothing of ours listens; the home's own lists refuse everybody before that.
_NOWHERE = "http://127.0.0.1:9"
# Names the folder of the copy's socket, for whoever clears up.
_SOCKETS = "sockets"


@dataclass(frozen=True)
class Stage:
    """Where a drill's home lives."""

    layout: Layout
    database: str
    owner: Owner | None


def drill(layout: Layout, cluster: Cluster, name: str, source: Source, identities: Sequence[x25519.Identity]) -> Report:
    """Raises BackupProblem when the archive cannot even be restored."""
    report = Report(name)
    with _stage(layout, cluster, name) as stage:
        done = restore(stage.layout, cluster, name, source, identities, as_database=stage.database)
        report.restored(done)
        files = stage.layout.home(name)
        _compare_keys(report, layout.home(name), files)
        _configure(stage, cluster, done, files)
        with DrillHome(name, files, stage.owner) as home:
            report.started(done.contents.synapse, home.seconds)
            look_at(report, home, cluster, stage.database, done.contents, files)
    return report


@contextmanager
def _stage(layout: Layout, cluster: Cluster, name: str) -> Iterator[Stage]:
    root = layout.settings.homes_folder / "drilling"
    root.mkdir(mode=0o711, parents=True, exist_ok=True)
    lock = os.open(root / "lock", os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(lock)
        raise BackupProblem("another drill is under way here") from error
    try:
        _remove(root, cluster)  # what a drill that was killed left
        folder = root / token_hex(4)
        folder.mkdir(mode=0o711)
        # A socket's path ends at 107 bytes, so it cannot lie in there.
        sockets = Path(mkdtemp(prefix="drill-"))
        write_private(folder / _SOCKETS, str(sockets))
        settings = replace(layout.settings, homes_folder=folder, socket_folder=sockets, relay_url=_NOWHERE)
        stage = Stage(Layout(settings), f"t_drill_{token_hex(8)}", _owner(layout, name))
        stage.layout.make_folders()
        yield stage
    finally:
        _remove(root, cluster)
        os.close(lock)


def _remove(root: Path, cluster: Cluster) -> None:
    for folder in root.iterdir():
        if not folder.is_dir():
            continue
        for home in (folder / "homes").glob("*/home.json"):
            record = json.loads(home.read_text())
            drop_database(cluster, record["database"], record["name"])
        if (sockets := read_if_there(folder / _SOCKETS)) is not None:
            shutil.rmtree(sockets, ignore_errors=True)
        shutil.rmtree(folder)


def _owner(layout: Layout, name: str) -> Owner | None:
    """As root, the home's own user if it lives here, and otherwise the last number there is: never another home's."""
    if os.geteuid() != 0:
        return None
    record = read_record(layout.home(name))
    if record is not None and record.uid is not None:
        return Owner(record.uid)
    return Owner(layout.settings.tenant_uids.stop - 1)


def _compare_keys(report: Report, lives: HomeFiles, restored: HomeFiles) -> None:
    here = read_if_there(lives.signing_key) or read_if_there(lives.secrets / "signing.key")
    if here is None:
        report.note("the home does not live here: its key could not be compared with the living one")
        return
    same = here.split() == (read_if_there(restored.signing_key) or "").split()
    report.check("the signing key is the one the home lives with", same)


def _configure(stage: Stage, cluster: Cluster, done: Restored, files: HomeFiles) -> None:
    for folder in (files.media, files.logs):
        folder.mkdir(mode=0o700, exist_ok=True)
    password = (read_if_there(files.database_password) or "").strip()
    connection = cluster.home_connection(stage.database, password)
    settle_rules(done.manifest, files, stage.owner)
    text = homeserver_config(done.manifest, files, read_secrets(files), connection, stage.layout.settings)
    config = {**json.loads(text), **_alone(files)}
    write_private(files.config, json.dumps(config), stage.owner)
    write_private(files.log_config, log_config(files, done.manifest), stage.owner)
    if stage.owner is not None:
        make_folder(files.folder, 0o710, gid=stage.owner.gid)
        os.chown(files.signing_key, stage.owner.uid, stage.owner.gid)
        for folder in (files.media, files.logs):
            hand_over(folder, stage.owner)
        os.chown(files.socket.parent, stage.owner.uid, stage.owner.gid)


def _alone(files: HomeFiles) -> dict[str, object]:
    """What keeps the copy from everybody."""
    return {
        "federation_domain_whitelist": [],
        "send_federation": False,
        "start_pushers": False,
        "http_proxy": _NOWHERE,
        "https_proxy": _NOWHERE,
        "no_proxy_hosts": [],
        # No key of another server is asked for, and none of its media is forgotten.
        "trusted_key_servers": [],
        "media_retention": {},
        "retention": {"enabled": False},
        "listeners": [
            {"path": str(files.socket), "type": "http", "mode": 0o600, "resources": [{"names": ["client", "keys"]}]}
        ],
    }
