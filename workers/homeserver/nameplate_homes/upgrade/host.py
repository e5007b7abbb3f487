"""The running host, as an upgrade asks it."""

import time
from typing import Any

from ..ask_host import HostAway, ask_host
from ..layout import Layout
from .homes import Known, known_home, known_homes
from .problem import UpgradeProblem
from .wish import wish

# The clerk finishes what it has, then importing Synapse takes a second; building a template may take much longer.
_LONGEST_SECONDS, _LOOK_SECONDS = 180.0, 0.05
# Without that a start takes two seconds; where there is no host at all, nobody wants to wait long to hear of it.
_ON_ITS_WAY_SECONDS = 5.0


class RunningHost:
    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def wait(self) -> None:
        """A host that an earlier run of this command asked to become another may be on its way."""
        end = time.monotonic() + _ON_ITS_WAY_SECONDS
        while True:
            try:
                self._list()
                return
            except HostAway:
                if time.monotonic() > end:
                    raise
                time.sleep(_LOOK_SECONDS)

    def version(self) -> str:
        return str(self._list()["version"])

    def homes(self) -> list[Known]:
        return known_homes(self._layout, self._list()["homes"])

    def home(self, name: str) -> Known | None:
        """As it is now; None when it is gone."""
        return known_home(
            self._layout, ask_host(self._layout.settings.host_socket, "state", name=name) | {"name": name}
        )

    def become(self, version: str) -> None:
        """Have it serve this version. Homes stay on theirs, which their manifests name from now on."""
        for home in self.homes():
            if home.wish is None and home.state not in ("stopped", "gone"):
                wish(self._layout, home.name, home.version or self.version())
        answer = ask_host(self._layout.settings.host_socket, "become", version=version)
        if "error" in answer:
            raise UpgradeProblem(f"The host cannot become one of {version}: {answer['error']}.")
        end = time.monotonic() + _LONGEST_SECONDS
        while not self._serves(version):
            if time.monotonic() > end:
                raise UpgradeProblem(f"No host of {version} answers: see its log, start it, then run this again.")
            time.sleep(_LOOK_SECONDS)

    def _serves(self, version: str) -> bool:
        try:
            return self.version() == version
        except HostAway:
            return False  # on its way

    def _list(self) -> dict[str, Any]:
        return ask_host(self._layout.settings.host_socket, "list")
