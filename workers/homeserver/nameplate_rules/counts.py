"""How many messages between devices came for a child from whom: passed on or kept out. Never what they say."""

from collections import OrderedDict
from dataclasses import dataclass

# Of senders that were heard last: whoever asks (one_stranger.py) does it within seconds.
_MOST = 256


@dataclass
class Count:
    passed: int = 0
    kept_out: int = 0


class Counts:
    """In memory alone: nobody is to read later who tried to write to a child."""

    def __init__(self) -> None:
        self._counts: OrderedDict[tuple[str, str], Count] = OrderedDict()

    def note(self, child: str, sender: str, *, passed: bool) -> None:
        count = self._counts.setdefault((child, sender), Count())
        self._counts.move_to_end((child, sender))
        if passed:
            count.passed += 1
        else:
            count.kept_out += 1
        if len(self._counts) > _MOST:
            self._counts.popitem(last=False)

    def of(self, child: str, sender: str) -> Count:
        return self._counts.get((child, sender), Count())

    def forget(self, child: str, sender: str) -> None:
        self._counts.pop((child, sender), None)
