"""Starts the host: first the clerk, which keeps all credentials, then this process becomes the parent.

The parent is entered by exec and without them, because a forked home inherits all of its memory, and the environment a
process was started with stays readable in it for ever.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping

from .backup.settings import BACKUP_VARIABLES, read_backup_settings
from .database import Cluster
from .layout import Layout
from .settings import SettingsProblem, read_settings
from .successor import enter_chosen_version

_CREDENTIALS = "TENANT_DATABASE_URL"
# Whatever else this process was started with, such as another process's secrets, is not for a home to find.
_KEPT = (
    *("HOMES_FOLDER", "SOCKET_FOLDER", "HOST_SOCKET", "RELAY_URL", "EDGE_CA_FILE", "SANDBOX_LOOPBACK"),
    *("TENANT_UIDS", "EDGE_GROUP", "READY_DATABASES", "SYNAPSE_VERSIONS"),
    *("SLEEP_AFTER_SECONDS", "HOUSEKEEPING_EVERY_SECONDS", "HOUSEKEEPING_SECONDS", "RUNAWAY_SECONDS", "MERGE_PAGES"),
    *("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"),
)


def main() -> None:
    problems = ""
    for read in (_read_credentials, read_settings, read_backup_settings):
        try:
            read(os.environ)
        except SettingsProblem as more:
            problems += f"{more}\n"
    if problems:
        sys.exit(f"The tenant host cannot start. Settings to mend:\n{problems.rstrip()}")
    enter_chosen_version(Layout(read_settings(os.environ)), os.environ)
    ours, theirs = socket.socketpair()
    kept = {key: os.environ[key] for key in _KEPT if key in os.environ}
    backups = {key: os.environ[key] for key in BACKUP_VARIABLES if key in os.environ}
    subprocess.Popen(
        [sys.executable, "-m", f"{__package__}.clerk", str(theirs.fileno())],
        env={**kept, **backups, _CREDENTIALS: os.environ[_CREDENTIALS]},
        pass_fds=[theirs.fileno()],
    )
    theirs.close()
    ours.set_inheritable(True)
    # Synapse asks git for its own version and would tell the world this repository's branch and commit.
    environment = {**kept, "GIT_DIR": os.devnull}
    command = [sys.executable, "-m", f"{__package__}.parent", str(ours.fileno())]
    os.execve(sys.executable, command, environment)


def _read_credentials(env: Mapping[str, str]) -> None:
    if not env.get(_CREDENTIALS):
        raise SettingsProblem(f"  {_CREDENTIALS} is missing")
    Cluster(env[_CREDENTIALS])


if __name__ == "__main__":
    main()
