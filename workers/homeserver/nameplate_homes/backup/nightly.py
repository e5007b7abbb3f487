"""Runs the nightly backups, each in its own moment of the night, in a process of their own and behind everything else.

The clerk keeps this thread: it has the credentials, and the parent's loop is not to wait. The work is another
process's, so that the clerk does not grow by what only backups load.
"""

import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime

from ..layout import Layout
from ..log import say
from .due import due_homes
from .settings import BackupSettings

# Moments are spread over hours; nobody sees whether one is a minute late.
_LOOK_SECONDS = 60.0
# When not even one home could be tried, for instance because a module is missing.
_AGAIN_SECONDS = 900.0


def keep_backups(layout: Layout, settings: BackupSettings | None) -> None:
    """Never returns, unless no backups are wanted."""
    if settings is None:
        say("NO BACKUPS are made: BACKUP_TO is not set", "warn")
        return
    say("backups are made each night", to=str(settings.to), from_hour=settings.from_hour, hours=settings.hours)
    while True:
        try:
            due = due_homes(layout, settings, datetime.now(UTC))
        except OSError as error:
            say("the homes cannot be listed for their backups", "error", reason=str(error))
            due = []
        time.sleep(_LOOK_SECONDS if not due or _run() else _AGAIN_SECONDS)


def _run() -> bool:
    """Back up what is due. Failures of single homes are said and written down by the process itself."""
    polite = [*_if_there("nice", "-n", "19"), *_if_there("ionice", "-c", "3")]
    done = subprocess.run(
        [*polite, sys.executable, "-m", __package__ or "", "backup", "--due"], stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode not in (0, 1):
        say("the backups could not be run", "error", code=done.returncode)
    return done.returncode in (0, 1)


def _if_there(command: str, *arguments: str) -> tuple[str, ...]:
    return (command, *arguments) if shutil.which(command) else ()
