"""Which archives have had their time."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from .store import Kept


def outdated(archives: Iterable[Kept], now: datetime, keep_daily: int, keep_weekly: int, lives: bool) -> list[Kept]:
    """Archives of one name that may go. Kept are the newest of each of the last `keep_daily` days and of the last
    `keep_weekly` weeks, and of a home that lives the newest whatever its age: the last backup is never deleted because
    newer ones fail."""
    newest_first = sorted(archives, key=lambda kept: kept.made, reverse=True)
    keep = set(newest_first[:1]) if lives else set()
    for since, period in (
        (now - timedelta(days=keep_daily), _day),
        (now - timedelta(weeks=keep_weekly), _week),
    ):
        keep |= _newest_of_each(newest_first, since, period)
    return [kept for kept in newest_first if kept not in keep]


def _newest_of_each(newest_first: list[Kept], since: datetime, period: Callable[[datetime], object]) -> set[Kept]:
    newest: dict[object, Kept] = {}
    for kept in newest_first:
        if kept.made > since:
            newest.setdefault(period(kept.made), kept)
    return set(newest.values())


def _day(moment: datetime) -> object:
    return moment.date()


def _week(moment: datetime) -> object:
    return moment.isocalendar()[:2]
