"""Where everything lies. The worker writes manifests/ and secrets/, the host alone writes homes/."""

from dataclasses import dataclass
from pathlib import Path

from .files import close_to_others, make_folder
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
    def rules(self) -> Path:
        """Its household's rules: the home reads them, and alone."""
        return self.folder / "rules.json"

    @property
    def household(self) -> Path:
        """What the home itself keeps of its household's affairs: a copy of the rules, a note that somebody asked."""
        return self.folder / "household"

    @property
    def asked(self) -> Path:
        """Its time is when somebody last asked the parents something."""
        return self.household / "asked"

    @property
    def output(self) -> Path:
        """What the process prints, from its latest start on: where the reason of a crash is read."""
        return self.folder / "output.log"

    @property
    def used(self) -> Path:
        """Its time is when somebody known last used the home; written by the home itself (use_log.py)."""
        return self.logs / "used"

    @property
    def tended(self) -> Path:
        """Its time is when the home was last awake for as long as its own housekeeping needs."""
        return self.folder / "tended"

    @property
    def prepared(self) -> Path:
        """What the configuration was made from (stamp.py)."""
        return self.folder / "prepared"

    @property
    def pid(self) -> Path:
        return self.folder / "home.pid"

    @property
    def is_outdated(self) -> bool:
        """Whether its process, which writes `pid` as it starts, runs on an older config than the one that is there."""
        started = self.pid.stat().st_mtime_ns
        return any(path.stat().st_mtime_ns > started for path in (self.config, self.log_config))

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
    def edge_ca(self) -> Path:
        """The edge's root certificate, where every home can read it: Caddy keeps its own in closed folders."""
        return self.settings.homes_folder / "edge-ca.crt"

    @property
    def next_uid(self) -> Path:
        """The next number of TENANT_UIDS to give away."""
        return self.settings.homes_folder / "next-uid"

    @property
    def host_lock(self) -> Path:
        return self.settings.homes_folder / "host.lock"

    @property
    def host_version(self) -> Path:
        """The Synapse version that the host is to serve, once an upgrade has chosen one."""
        return self.settings.homes_folder / "host-version"

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
        for closed in (self.manifests, root / "secrets"):
            closed.mkdir(mode=0o700, exist_ok=True)
            close_to_others(closed)
        make_folder(self.homes, 0o711)
        # The edge, if it has a user of its own, needs only to pass through; who may connect is the sockets' own affair.
        self.settings.socket_folder.parent.mkdir(parents=True, exist_ok=True)
        make_folder(self.settings.socket_folder, 0o711)
