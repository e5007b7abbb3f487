"""One home as the doctor looks at it: what is asked once and used by several checks."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..ask_host import HostAway, ask_host
from ..layout import HomeFiles
from ..manifest import BrokenManifest, Limits, Manifest, read_manifest, usual_limits
from ..record import Record, read_record
from .settings import DoctorSettings

# As long as a wake may take.
_WAKE_SECONDS = 15


@dataclass(frozen=True)
class Case:
    name: str
    settings: DoctorSettings
    # Sleepers may be woken, to be asked themselves.
    wake: bool = False

    @property
    def files(self) -> HomeFiles:
        return self.settings.layout.home(self.name)

    @cached_property
    def told(self) -> dict[str, Any] | None:
        """What the host says of it; None where it does not answer."""
        socket = self.settings.layout.settings.host_socket
        try:
            if self.wake:
                return ask_host(socket, "wake", _WAKE_SECONDS, name=self.name, seconds=_WAKE_SECONDS)
            return ask_host(socket, "state", name=self.name)
        except HostAway:
            return None

    @property
    def state(self) -> str:
        return str((self.told or {}).get("state", "unknown"))

    @property
    def answers(self) -> bool:
        """Whether asking it itself wakes nobody."""
        return self.state == "running"

    @cached_property
    def manifest(self) -> Manifest | None:
        try:
            return read_manifest(self.settings.layout.manifest(self.name))
        except BrokenManifest:
            return None

    @property
    def is_wanted(self) -> bool:
        """Whether anybody is to reach it; one whose manifest is broken is left as it was."""
        return self.manifest is None or self.manifest.want == "running"

    @property
    def limits(self) -> Limits:
        return self.manifest.limits if self.manifest is not None else usual_limits()

    @cached_property
    def record(self) -> Record | None:
        try:
            return read_record(self.files)
        except (OSError, ValueError, TypeError):
            return None

    @property
    def database(self) -> str | None:
        if self.record is not None:
            return self.record.database
        return self.manifest.database if self.manifest is not None else None
