"""A place for backups, a key pair, and the command line of backups against a running host's folders."""

import json
import os
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

import pyrage
from pyrage import x25519

from .running_host import PACKAGE, Answer, RunningHost, database_url


class Keeper:
    def __init__(self, host: RunningHost, **settings: str) -> None:
        self.host = host
        self.folder = Path(tempfile.mkdtemp(prefix="keep-", dir=host.folder))
        self.archives = self.folder / "archives"
        self.identity = self.folder / "identity.txt"
        made = self._python("new-identity", str(self.identity))
        self.recipient = made.stdout.strip()
        self.settings = {"BACKUP_TO": str(self.archives), "BACKUP_RECIPIENT": self.recipient, **settings}

    def run(self, *arguments: str, host: RunningHost | None = None) -> subprocess.CompletedProcess[str]:
        return self._python(*arguments, host=host)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(self._command(*arguments), env=self.environment(), text=True)

    def backup(self, name: str) -> Path:
        """The new archive's file."""
        before = set(self.files(name))
        done = self.run("backup", name)
        assert done.returncode == 0, done.stdout + done.stderr
        (new,) = set(self.files(name)) - before
        return new

    def files(self, name: str) -> list[Path]:
        return sorted(self.archives.glob(f"{name}/*"))

    def restore(
        self, name: str, archive: Path | str, host: RunningHost, *more: str
    ) -> subprocess.CompletedProcess[str]:
        return self.run("restore", name, "--from", str(archive), "--identity", str(self.identity), *more, host=host)

    def state(self, name: str) -> Answer:
        state: Answer = json.loads(self.host.home(name, "backup.json").read_text())
        return state

    def opened(self, archive: Path) -> dict[str, bytes]:
        """What is in an archive, read by nothing of the package."""
        identity = x25519.Identity.from_str(self.identity.read_text().split()[-1])
        plain = BytesIO(pyrage.decrypt(archive.read_bytes(), [identity]))
        with tarfile.open(fileobj=plain) as tar:
            bodies = {entry.name: tar.extractfile(entry) for entry in tar}
            return {name: body.read() for name, body in bodies.items() if body is not None}

    def _python(self, *arguments: str, host: RunningHost | None = None) -> subprocess.CompletedProcess[str]:
        environment = self.environment(host)
        return subprocess.run(self._command(*arguments), env=environment, text=True, capture_output=True, timeout=120)

    @staticmethod
    def _command(*arguments: str) -> list[str]:
        return [sys.executable, "-m", "nameplate_homes.backup", *arguments]

    def environment(self, host: RunningHost | None = None) -> dict[str, str]:
        host = host or self.host
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(PACKAGE),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOMES_FOLDER": str(host.homes_folder),
            "SOCKET_FOLDER": str(host.socket_folder),
            "HOST_SOCKET": str(host.host_socket),
            "TENANT_DATABASE_URL": database_url(),
            **getattr(self, "settings", {}),
        }
