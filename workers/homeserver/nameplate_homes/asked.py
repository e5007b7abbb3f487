"""Which homes asked parents something: each touches a file for every new question (nameplate_rules/asks.py)."""

from collections.abc import Iterable
from contextlib import suppress

from .home import Home
from .layout import Layout


class Asked:
    """Whoever is told looks at all questions there are: one that nobody was told of is only heard later."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        # Nanoseconds; 0 for a home that never asked.
        self._seen: dict[str, int] = {}

    def look(self, homes: Iterable[Home]) -> list[str]:
        """Names of homes that asked since the last look; a sleeper cannot, but may have on its way to sleep."""
        with_children = [home.name for home in homes if home.manifest is not None and home.manifest.has_children]
        now = {name: self._touched(name) for name in with_children}
        new = [name for name, at in now.items() if at > self._seen.get(name, at)]
        self._seen = now
        return new

    def _touched(self, name: str) -> int:
        with suppress(OSError):
            return self._layout.home(name).asked.stat().st_mtime_ns
        return 0
