"""Has homes prepared by the clerk, and knows when that is not needed: a wake is faster by some 50 ms without it."""

from collections.abc import Callable
from contextlib import suppress

from .clerk_line import ClerkLine, Problem
from .groups import Groups
from .home import Home, Phase
from .layout import Layout
from .log import say
from .stamp import is_prepared, keep_stamp, stamp
from .versions import Versions


class Preparation:
    def __init__(self, layout: Layout, clerk: ClerkLine, groups: Groups, versions: Versions) -> None:
        self._layout = layout
        self._clerk = clerk
        self._groups = groups
        self._versions = versions

    def is_done(self, home: Home) -> bool:
        """Or cannot be done, for a home whose manifest broke while it slept."""
        return home.manifest is None or is_prepared(self._layout.home(home.name), self._stamp(home))

    def distrust(self, home: Home) -> None:
        """It crashed, perhaps for what the clerk can put right, as a right its role lost: done again at the start."""
        with suppress(OSError):  # a full disk: then nothing can be put right either
            self._layout.home(home.name).prepared.unlink(missing_ok=True)

    def do(self, home: Home, done: Callable[[Home, Problem | None], None]) -> None:
        home.phase = Phase.PREPARING
        home.prepared = home.manifest
        self._clerk.ask("prepare", home.name, home.manifest, lambda problem: done(home, problem or self._keep(home)))

    def do_again(self, home: Home, outdated: Callable[[Home], None], settled: Callable[[Home], None]) -> None:
        """A running home whose manifest changed: its share at once, the rest with a restart if it takes one.

        One at a time: two would write the same files at once. Ends with either callback, unless the process has ended.
        """
        if home.manifest is None or home.changing:
            return
        home.prepared = home.manifest
        home.changing = True
        self._groups.limit(home.name, home.manifest.limits.share)

        def done(problem: Problem | None) -> None:
            if not self._is_outdated(home, problem):
                home.changing = False
                settled(home)
            elif home.process is not None:
                outdated(home)

        self._clerk.ask("prepare", home.name, home.manifest, done)

    def _is_outdated(self, home: Home, problem: Problem | None) -> bool:
        """Whether what runs has to be started again."""
        kind = problem or self._keep(home) or self._versions.kind_of(home)
        home.unmet = kind if isinstance(kind, Problem) else None
        if isinstance(kind, Problem):
            # What runs goes on as it is; the next start would fail for this reason, and says so then.
            say("not prepared for its new manifest", "warn", home=home.name, code=kind.code, reason=kind.reason)
            return False
        return self._layout.home(home.name).is_outdated or not self._versions.fits(home, kind)

    def _keep(self, home: Home) -> Problem | None:
        # A manifest that changed meanwhile is prepared for next.
        if home.manifest is not None and home.manifest == home.prepared:
            try:
                keep_stamp(self._layout.home(home.name), self._stamp(home))
            except OSError as error:
                return Problem("no-process", f"nothing can be written for this home: {error.strerror}")
        return None

    def _stamp(self, home: Home) -> str:
        assert home.manifest is not None
        return stamp(home.manifest, self._layout.home(home.name), self._layout.settings, self._versions.served)
