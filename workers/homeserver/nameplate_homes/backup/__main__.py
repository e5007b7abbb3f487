"""python -m nameplate_homes.backup: backup, list, restore, drill, new-identity. Answers in sentences; 0 is good."""

import argparse
import os
import signal
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from ..settings import SettingsProblem
from .command import Command
from .crypt import new_identity
from .problem import BackupProblem

_FROM = "a file, a key that list shows, or latest"
_IDENTITY = "the age identity; otherwise the file that BACKUP_IDENTITY_FILE names"

_FROM = "a file, a key that list shows, or latest"
_IDENTITY = "the age identity; otherwise the file that BACKUP_IDENTITY_FILE names"


def main(arguments: list[str], env: Mapping[str, str]) -> int:
    asked = _parser().parse_args(arguments)
    # Asked to end, it ends by the way on which everything half done is taken back.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        if asked.verb == "new-identity":
            return _new_identity(asked.file)
        command = Command(env)
        match asked.verb:
            case "backup":
                return command.backup(asked.names, everything=asked.all, due=asked.due)
            case "list":
                return command.list(asked.name)
            case "restore":
                return command.restore(asked.name, asked.source, asked.identity, stopped=asked.stopped)
            case _:
                return command.drill(asked.name, asked.source, asked.identity)
    except SettingsProblem as problem:
        sys.stderr.write(f"Settings to mend:\n{problem}\n")
    except BackupProblem as problem:
        sys.stderr.write(f"{problem}\n")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nameplate_homes.backup")
    verbs = parser.add_subparsers(dest="verb", required=True)
    backup = verbs.add_parser("backup", help="back homes up now, running or asleep")
    backup.add_argument("names", nargs="*", metavar="NAME")
    backup.add_argument("--all", action="store_true", help="every home")
    backup.add_argument("--due", action="store_true", help="homes whose moment of the night has come")
    verbs.add_parser("list", help="archives in the store").add_argument("name", nargs="?", metavar="NAME")
    restore = verbs.add_parser("restore", help="restore a home where there is none")
    restore.add_argument("name", metavar="NAME")
    restore.add_argument("--stopped", action="store_true", help="do not start it")
    drill = verbs.add_parser("drill", help="try a backup: restore it aside, look, remove everything again")
    drill.add_argument("name", nargs="?", metavar="NAME", help="without: each home in turn, one a day")
    for verb in (restore, drill):
        verb.add_argument("--from", dest="source", default="latest", metavar="ARCHIVE", help=_FROM)
        verb.add_argument("--identity", metavar="FILE", help=_IDENTITY)
    identity = verbs.add_parser("new-identity", help="a key pair: the private one into FILE, the public one printed")
    identity.add_argument("file", type=Path, metavar="FILE")
    return parser


def _new_identity(path: Path) -> int:
    """A file that is there is not touched: its key may be the only one that opens old backups."""
    private, public = new_identity()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BackupProblem(f"no identity was made: {path}: {error.strerror}") from error
    with open(handle, "w") as file:
        file.write(f"# made {datetime.now(UTC).isoformat(timespec='seconds')}\n# public key: {public}\n{private}\n")
    sys.stdout.write(f"{public}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
