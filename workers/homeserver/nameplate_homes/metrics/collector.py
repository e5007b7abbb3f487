"""Asks for the figures at each look. A host that is down is a figure of its own, not a failed look."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from prometheus_client.core import Metric
from prometheus_client.registry import Collector

from ..ask_host import HostAway, ask_host
from ..layout import Layout
from .backups import backup_families
from .host import away_families, host_families

# Whoever looks more often gets the same figures again: the host's loop has homes to serve.
_FRESH_SECONDS = 1.0


class Figures(Collector):
    def __init__(self, layout: Layout, now: Callable[[], float] = time.time) -> None:
        self._layout = layout
        self._now = now
        self._looking = threading.Lock()
        self._looked = 0.0
        self._seen: list[Metric] = []

    def describe(self) -> Iterable[Metric]:
        """Nothing: registering must not ask the host."""
        return []

    def collect(self) -> Iterator[Metric]:
        with self._looking:
            if time.monotonic() - self._looked > _FRESH_SECONDS or not self._seen:
                self._seen = [*self._host(), *backup_families(self._layout, self._now())]
                self._looked = time.monotonic()
            seen = self._seen
        yield from seen

    def _host(self) -> Iterator[Metric]:
        try:
            answer: dict[str, Any] = ask_host(self._layout.settings.host_socket, "metrics")
        except HostAway:
            return away_families()
        return host_families(answer)
