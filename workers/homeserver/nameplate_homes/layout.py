"""Where everything lies. The worker writes manifests/ and secrets/, the host alone writes homes/."""

import os
from dataclasses import dataclass
from pathlib import Path

from .settings import Settings


@dataclass(frozen=True)
class HomeFiles:
    """One home's files. `folder` stands as long as a process or a database of the home may."""

    folder: Path
    secrets: Path
    socket: Path

    @property
    def socket_lock(self) -> Path:
        """Twisted's: a link that names the pid behind the socket."""
        return self.socket.with_name(f"{self.socket.name}.lock")

    @property
    def leaves_traces(self) -> bool:
        """Whether removing has anything to do."""
        return self.folder.exists() or self.secrets.exists()

    @property
    def record(self) -> Path:
        return self.folder / "home.json"

    @property
    def signing_key(self) -> Path:
        return self.folder / "signing.key"

    @property
    def database_password(self) -> Path:
        return self.folder / "database.password"

    @property
    def config(self) -> Path:
        return self.folder / "homeserver.yaml"

    @property
    def log_config(self) -> Path:
        return self.folder / "log.yaml"

    @property
    def media(self) -> Path:
        return self.folder / "media"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def output(self) -> Path:
        """What the process prints, from its latest start on: where the reason of a crash is read."""
        return self.folder / "output.log"

    @property
    def pid(self) -> Path:
        return self.folder / "home.pid"

    @property
    def lock(self) -> Path:
        return self.folder / "home.lock"


@dataclass(frozen=True)
class Layout:
    settings: Settings

    @property
    def manifests(self) -> Path:
        return self.settings.homes_folder / "manifests"

    @property
    def homes(self) -> Path:
        return self.settings.homes_folder / "homes"

    @property
    def host_lock(self) -> Path:
        return self.settings.homes_folder / "host.lock"

    def manifest(self, name: str) -> Path:
        return self.manifests / f"{name}.yaml"

    def home(self, name: str) -> HomeFiles:
        return HomeFiles(
            folder=self.homes / name,
            secrets=self.settings.homes_folder / "secrets" / name,
            socket=self.settings.socket_folder / f"{name}.sock",
        )

    def make_folders(self) -> None:
        """Traversable by a home's own user, listed by nobody else; secrets closed."""
        root = self.settings.homes_folder
        root.mkdir(parents=True, exist_ok=True)
        self.manifests.mkdir(exist_ok=True)
        (root / "secrets").mkdir(mode=0o700, exist_ok=True)
        self.homes.mkdir(mode=0o711, exist_ok=True)
        # The homes make their sockets themselves. The edge, if it has a user of its own, needs only to pass through.
        self.settings.socket_folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        if (owner := self.settings.tenant_user) is not None:
            os.chown(self.settings.socket_folder, owner.uid, owner.gid)
