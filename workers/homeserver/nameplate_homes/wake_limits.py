"""Who may wake a sleeping home, and how often: strangers who look at every name must not keep hundreds of homes awake.

A wake costs 0.4 s of one core and some 40 MB until the home sleeps again, a minute later when nobody signed in.
All tables are bounded, and forgotten when the host ends. What an address does to homes that are awake is not counted.
"""

import ipaddress
from collections import OrderedDict
from collections.abc import Callable, Iterable

from .caller import Head

# Anybody, even with a token, whose worth only the home can tell: 60 wakes at once, for a large server that writes to
# many families, then one in 10 s: at most 4 % of a core for an address.
_ADDRESS = (60, 10.0)
# Without a token, one address and one home, unless somebody of the family was there before: signing in with a new app
# takes one wake; three, then one in 20 minutes.
_PAIR = (3, 1200.0)
# Without a token, one home, whoever asks: other servers ask for keys, relatives sign in. Ten, then one in 5 minutes,
# which leaves a home that the whole world looks at asleep for four fifths of the time.
_HOME = (10, 300.0)
# About 2 MB if ever full; then those go first that were quiet longest, who have all their wakes again anyhow.
_LARGEST_TABLE = 10_000


class Buckets:
    """Each key may do `burst` things at once, and one more every `seconds`."""

    def __init__(self, burst: int, seconds: float) -> None:
        self._burst = burst
        self._seconds = seconds
        self._tables: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str, now: float) -> float:
        """Seconds until this key may; 0 when it may now."""
        return max(0.0, (1.0 - self._level(key, now)) * self._seconds)

    def take(self, key: str, now: float) -> None:
        self._tables[key] = (self._level(key, now) - 1.0, now)
        self._tables.move_to_end(key)
        if len(self._tables) > _LARGEST_TABLE:
            self._tables.popitem(last=False)

    def _level(self, key: str, now: float) -> float:
        level, when = self._tables.get(key, (float(self._burst), now))
        return min(float(self._burst), level + (now - when) / self._seconds)


class WakeLimits:
    def __init__(self) -> None:
        self._address = Buckets(*_ADDRESS)
        self._pair = Buckets(*_PAIR)
        self._home = Buckets(*_HOME)

    def judge(self, home: str, head: Head, now: float, family: Callable[[], Iterable[str]]) -> float:
        """0: it may wake this home, and that is counted. Otherwise the seconds until it is worth trying again.

        `family` tells from which addresses the home's own people used it lately.
        """
        who = neighbourhood(head.address)
        if who is None:
            return 0.0
        asked = [(self._address, who)]
        if not head.has_token and who not in map(neighbourhood, family()):
            asked += [(self._pair, f"{who} {home}"), (self._home, home)]
        wait = max(buckets.wait(key, now) for buckets, key in asked)
        if wait == 0.0:
            for buckets, key in asked:
                buckets.take(key, now)
        return wait


def neighbourhood(address: str) -> str | None:
    """Whom an address stands for: an IPv6 household has 2^64 of them. None: this machine itself, our own worker say."""
    if not address:
        return None
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unreadable"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is None:
            return None if parsed.is_loopback else str(ipaddress.ip_network((parsed, 64), strict=False))
        parsed = parsed.ipv4_mapped
    return None if parsed.is_loopback else str(parsed)
